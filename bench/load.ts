import type { Socket } from 'node:net';
import { encodeFrame } from '../src/protocol/index.ts';
import { openConnection } from './load-connection.ts';
import { BINARY, binary, keyOf } from './streams.ts';

export interface LoadOptions {
  readonly port: number;
  readonly path: string;
  readonly connections: number;
  /** How many messages each sending connection has in flight at a time. */
  readonly inFlight: number;
  /** The length of a message's payload, in bytes. */
  readonly byteLength: number;
  /** True: every connection gets the messages of one sender. False: each gets its own messages back. */
  readonly broadcast: boolean;
  /** Whether the server returns the masked frame itself, because it knows nothing of frames. */
  readonly raw: boolean;
}

/**
 * Makes load with little work of its own: the frames are encoded beforehand, and the bytes that come back are only counted.
 * Only the first message of each connection is compared with the one sent.
 */
export class Load {
  readonly #options: LoadOptions;
  readonly #frame: Uint8Array;
  readonly #expected: Uint8Array;
  readonly #batches: Buffer[];
  readonly #sockets: Socket[] = [];
  /** For each connection, how many bytes have arrived of an unfinished message. */
  #partial: number[] = [];
  #delivered = 0;
  #onTheWay = 0;
  #sending = false;
  #onQuiet: (() => void) | undefined;

  constructor(options: LoadOptions) {
    this.#options = options;
    const payload = binary(options.byteLength);
    this.#frame = encodeFrame({ opcode: BINARY, payload, maskingKey: keyOf(0) });
    this.#expected = options.raw ? this.#frame : encodeFrame({ opcode: BINARY, payload });
    this.#batches = Array.from({ length: options.inFlight + 1 }, (_, count) =>
      Buffer.concat(Array.from({ length: count }, () => this.#frame)),
    );
  }

  /** Connects, and verifies that the message that was sent comes back. */
  async open(): Promise<void> {
    const { connections, port, path } = this.#options;
    this.#partial = Array.from({ length: connections }, () => 0);
    for (let i = 0; i < connections; i++) {
      const first: Uint8Array[] = [];
      let verified = false;
      const verify = (bytes: Uint8Array): void => {
        first.push(Buffer.from(bytes));
        const received = Buffer.concat(first);
        if (received.length < this.#expected.length) return;
        verified = received.equals(this.#expected);
        this.#onVerified?.(verified);
      };
      this.#sockets.push(
        await openConnection(port, path, (bytes) => (verified ? this.#count(i, bytes.length) : verify(bytes))),
      );
      await this.#firstMessage(i);
    }
  }

  #onVerified: ((right: boolean) => void) | undefined;

  async #firstMessage(i: number): Promise<void> {
    // On the path for broadcasts, the earlier connections also get this connection's first message.
    const others = this.#options.broadcast ? i : 0;
    this.#onTheWay = others;
    const quiet = others > 0 ? this.#quiet() : Promise.resolve();
    const right = await new Promise((resolve) => {
      this.#onVerified = resolve;
      this.#sockets[i]?.write(this.#frame);
    });
    if (right !== true) throw new Error('what came back is not what was sent');
    await quiet;
  }

  /** @returns how many messages were delivered, the last of them included */
  async run(ms: number): Promise<number> {
    this.#delivered = 0;
    this.#sending = true;
    for (let i = 0; i < this.#senders; i++) this.#send(i, this.#options.inFlight);
    await new Promise((resolve) => setTimeout(resolve, ms));
    this.#sending = false;
    if (this.#onTheWay > 0) await this.#quiet();
    return this.#delivered;
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  get #senders(): number {
    return this.#options.broadcast ? 1 : this.#options.connections;
  }

  #send(i: number, count: number): void {
    this.#onTheWay += count * (this.#options.broadcast ? this.#options.connections : 1);
    this.#sockets[i]?.write(this.#batches[count] as Buffer);
  }

  #count(i: number, byteLength: number): void {
    const total = (this.#partial[i] as number) + byteLength;
    const messages = Math.floor(total / this.#expected.length);
    this.#partial[i] = total - messages * this.#expected.length;
    this.#delivered += messages;
    this.#onTheWay -= messages;
    if (this.#sending) this.#sendNext(i, messages);
    else if (this.#onTheWay === 0) this.#onQuiet?.();
  }

  /** Sends a message for each that has come back; for a broadcast, when all connections have it. */
  #sendNext(i: number, messages: number): void {
    if (!this.#options.broadcast) {
      if (messages > 0) this.#send(i, messages);
    } else if (this.#onTheWay === 0) this.#send(0, this.#options.inFlight);
  }

  #quiet(): Promise<void> {
    return new Promise((resolve) => {
      this.#onQuiet = resolve;
    });
  }
}
