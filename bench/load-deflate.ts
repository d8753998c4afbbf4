import type { Socket } from 'node:net';
import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';
import { encodeFrame, layoutOf, OPCODE } from '../src/protocol/index.ts';
import { openConnection } from './load-connection.ts';
import { keyOf } from './streams.ts';

export interface DeflateLoadOptions {
  readonly port: number;
  readonly path: string;
  readonly connections: number;
  readonly inFlight: number;
  /** The length of a message, in bytes, before it is compressed. */
  readonly byteLength: number;
}

/** How many messages there are. They are sent in turn, so that no message is the same as the one before. */
const MESSAGES = 16;
const SYNC = { finishFlush: constants.Z_SYNC_FLUSH } as const;
const TAIL = Buffer.of(0x00, 0x00, 0xff, 0xff);

/** JSON as an interface sends it: rows with the same keys and other values. */
function json(seed: number, byteLength: number): Buffer {
  const rows: object[] = [];
  let value = seed * 7919 + 1;
  for (let length = 0; length < byteLength; length += 90) {
    value = (value * 48271) % 2147483647;
    rows.push({ id: value, name: `user ${value % 1000}`, active: value % 3 === 0, score: (value % 9973) / 100 });
  }
  return Buffer.from(JSON.stringify(rows)).subarray(0, byteLength);
}

/**
 * Load for servers that compress, with little work of its own: the messages are compressed beforehand, each without the others,
 * so that they can be sent in any order, and the frames that come back are only counted. The first message of each connection
 * is inflated and compared.
 */
export class DeflateLoad {
  readonly #options: DeflateLoadOptions;
  readonly #messages: Buffer[];
  readonly #frames: Buffer[];
  readonly #peers: Peer[] = [];
  #delivered = 0;
  #onTheWay = 0;
  #sending = false;
  #onQuiet: (() => void) | undefined;
  #latencies: number[] | undefined;

  constructor(options: DeflateLoadOptions) {
    this.#options = options;
    this.#messages = Array.from({ length: MESSAGES }, (_, i) => json(i, options.byteLength));
    this.#frames = this.#messages.map((message, i) => {
      const payload = deflateRawSync(message, SYNC).subarray(0, -TAIL.length);
      return Buffer.from(encodeFrame({ opcode: OPCODE.text, rsv1: true, payload, maskingKey: keyOf(i) }));
    });
  }

  /** Connects, and verifies that the message that was sent comes back. */
  async open(): Promise<void> {
    const { connections, port, path } = this.#options;
    for (let i = 0; i < connections; i++) {
      const peer = new Peer();
      peer.socket = await openConnection(port, path, (bytes) => peer.read(bytes), 'permessage-deflate');
      const first = await new Promise<Buffer>((resolve) => {
        peer.onFrame = (frame) => resolve(Buffer.from(frame));
        peer.socket?.write(this.#frames[0] as Buffer);
      });
      const { headerLength } = layoutOf(first[1] as number);
      const payload = Buffer.concat([first.subarray(headerLength), TAIL]);
      const isRight = first[0] === 0xc1 && inflateRawSync(payload, SYNC).equals(this.#messages[0] as Buffer);
      if (!isRight) throw new Error('what came back is not what was sent, compressed');
      peer.onFrame = () => this.#count(peer);
      this.#peers.push(peer);
    }
  }

  /** @returns how many messages were delivered, the last of them included */
  async run(ms: number): Promise<number> {
    this.#delivered = 0;
    this.#sending = true;
    for (const peer of this.#peers) for (let i = 0; i < this.#options.inFlight; i++) this.#send(peer);
    await new Promise((resolve) => setTimeout(resolve, ms));
    this.#sending = false;
    await new Promise<void>((resolve) => {
      this.#onQuiet = resolve;
      if (this.#onTheWay === 0) resolve();
    });
    return this.#delivered;
  }

  /** @returns the time in ms within which 99 of 100 messages came back */
  async latency(ms: number): Promise<number> {
    const latencies: number[] = [];
    this.#latencies = latencies;
    await this.run(ms);
    this.#latencies = undefined;
    latencies.sort((a, b) => a - b);
    return latencies[Math.floor(latencies.length * 0.99)] as number;
  }

  #send(peer: Peer): void {
    this.#onTheWay++;
    peer.sentAtMs.push(performance.now());
    peer.socket?.write(this.#frames[peer.sent++ % MESSAGES] as Buffer);
  }

  #count(peer: Peer): void {
    this.#latencies?.push(performance.now() - (peer.sentAtMs.shift() as number));
    if (this.#latencies === undefined) peer.sentAtMs.shift();
    this.#delivered++;
    this.#onTheWay--;
    if (this.#sending) this.#send(peer);
    else if (this.#onTheWay === 0) this.#onQuiet?.();
  }
}

/** One connection: counts the server's frames. */
class Peer {
  socket: Socket | undefined;
  sent = 1;
  readonly sentAtMs: number[] = [];
  onFrame: (frame: Buffer) => void = () => {};
  #rest = Buffer.alloc(0);

  read(bytes: Uint8Array): void {
    let all = this.#rest.length === 0 ? Buffer.from(bytes) : Buffer.concat([this.#rest, bytes]);
    for (;;) {
      const length = frameLength(all);
      if (length === undefined || all.length < length) break;
      this.onFrame(all.subarray(0, length));
      all = all.subarray(length);
    }
    this.#rest = all;
  }
}

function frameLength(bytes: Buffer): number | undefined {
  if (bytes.length < 2) return undefined;
  const { headerLength, lengthForm } = layoutOf(bytes[1] as number);
  if (bytes.length < headerLength) return undefined;
  if (lengthForm === 7) return headerLength + (bytes[1] as number);
  return headerLength + (lengthForm === 16 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2)));
}
