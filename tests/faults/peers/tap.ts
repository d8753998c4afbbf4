import { masked, RawPeer } from '../../../server/testing/raw-peer.ts';
import type { WireMessage } from '../../../src/inspector/index.ts';

const [TEXT, CLOSE] = [1, 8];
const NORMAL = Uint8Array.of(0x03, 0xe8);

/** A tap that reads, or does not, or not yet. */
export class CountingTap {
  /** What it has read so far: messages, and how many more it was told that it has missed. */
  readonly told = { messages: 0, dropped: 0 };
  /** Resolves when it is told that it has missed something. */
  readonly hasMissed: Promise<void>;
  readonly #peer: RawPeer;
  readonly #onMissed: () => void;

  private constructor(peer: RawPeer) {
    this.#peer = peer;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.hasMissed = promise;
    this.#onMissed = resolve;
  }

  static async open(port: number, token: string): Promise<CountingTap> {
    return new CountingTap(await RawPeer.open(port, `/tap?watch=${token}`));
  }

  stopReading(): void {
    this.#peer.socket.pause();
  }

  resumeReading(): void {
    this.#peer.socket.resume();
  }

  hangUp(): void {
    this.#peer.socket.destroy();
  }

  /** Reads until it is told of the close of the nth connection that it has heard of; then says goodbye. */
  async readUntilClosed(nth: number): Promise<void> {
    const heardOf = new Set<number>();
    for (let closed = false; !closed; ) {
      const frame = await this.#peer.frame();
      if (frame.opcode !== TEXT) continue;
      const message = JSON.parse(frame.payload.toString()) as WireMessage;
      heardOf.add(message.connection);
      if (message.type === 'dropped') {
        this.told.dropped += message.messages;
        this.#onMissed();
      } else this.told.messages++;
      closed = message.type === 'close' && [...heardOf].indexOf(message.connection) === nth - 1;
    }
    this.#peer.send(masked({ opcode: CLOSE, payload: NORMAL }));
    await this.#peer.end();
  }
}
