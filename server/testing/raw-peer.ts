import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import { encodeFrame, type Frame, FrameReader } from '../../src/protocol/index.ts';
import { encodeText } from '../../src/text/utf8.ts';

export const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';

/** A complete frame, as it arrived. */
export interface ReceivedFrame {
  readonly fin: boolean;
  readonly opcode: number;
  readonly payload: Buffer;
}

/** A client that sends any bytes, correct or not, and keeps what comes back. */
export class RawPeer {
  readonly socket: Socket;
  /** Whether the server has ended its side. */
  ended = false;
  #arrived = Buffer.alloc(1024);
  #length = 0;
  #taken = 0;
  readonly #reader = new FrameReader();
  readonly #frames: ReceivedFrame[] = [];
  #pieces: Uint8Array[] = [];

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (chunk: Buffer) => this.#append(chunk));
    socket.on('end', () => {
      this.ended = true;
    });
    // A reset also counts as the end.
    socket.on('error', () => {});
  }

  static async connect(port: number, host = '127.0.0.1'): Promise<RawPeer> {
    const socket = createConnection({ port, host, allowHalfOpen: true });
    const peer = new RawPeer(socket);
    await once(socket, 'connect');
    return peer;
  }

  /** A connection after its opening handshake. */
  static async open(port: number, target: string, headers: readonly string[] = []): Promise<RawPeer> {
    const peer = await RawPeer.connect(port);
    peer.send(requestFor(target, headers));
    await peer.head();
    return peer;
  }

  /** Everything that has come. */
  get received(): Buffer {
    return this.#arrived.subarray(0, this.#length);
  }

  send(...pieces: (string | Uint8Array)[]): void {
    this.socket.write(Buffer.concat(pieces.map((piece) => Buffer.from(piece as Uint8Array))));
  }

  /** Waits for a head and returns it. */
  async head(): Promise<string> {
    await this.until(() => this.received.includes('\r\n\r\n', this.#taken));
    const end = this.received.indexOf('\r\n\r\n', this.#taken) + 4;
    const head = this.received.subarray(this.#taken, end).toString('latin1');
    this.#taken = end;
    return head;
  }

  /** Waits for the next frame and returns it. */
  async frame(): Promise<ReceivedFrame> {
    await this.until(() => {
      this.#decode();
      return this.#frames.length > 0;
    });
    return this.#frames.shift() as ReceivedFrame;
  }

  /** Waits for the next frame, which must be text, and parses its JSON. */
  async json<T>(): Promise<T> {
    return JSON.parse((await this.frame()).payload.toString()) as T;
  }

  /** Waits until a condition holds. It is checked whenever bytes come, and at the end. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) {
      if (this.ended || this.socket.destroyed) throw new Error(`the server ended after ${this.received.length} bytes`);
      const { promise, resolve } = Promise.withResolvers<void>();
      const events = ['data', 'end', 'close'] as const;
      for (const event of events) this.socket.once(event, resolve);
      await promise;
      for (const event of events) this.socket.removeListener(event, resolve);
    }
  }

  /** Waits for the server's end, then ends this side. */
  async end(): Promise<void> {
    if (!this.ended && !this.socket.destroyed) {
      await Promise.race([once(this.socket, 'end'), once(this.socket, 'close')]);
    }
    this.socket.destroy();
  }

  #append(chunk: Buffer): void {
    if (this.#length + chunk.length > this.#arrived.length) {
      this.#arrived = Buffer.concat([this.received, Buffer.alloc(this.#length + 2 * chunk.length)]);
    }
    this.#length += chunk.copy(this.#arrived, this.#length);
  }

  #decode(): void {
    const parts = this.#reader.push(new Uint8Array(this.received.subarray(this.#taken)));
    this.#taken = this.received.length;
    for (const { fin, opcode, payload, ends } of parts) {
      this.#pieces.push(payload);
      if (!ends) continue;
      this.#frames.push({ fin, opcode, payload: Buffer.concat(this.#pieces) });
      this.#pieces = [];
    }
  }
}

/** A correct request, with more headers. */
export function requestFor(target: string, headers: readonly string[] = []): string {
  const lines = [
    `GET ${target} HTTP/1.1`,
    'Host: localhost',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Key: ${KEY}`,
    'Sec-WebSocket-Version: 13',
    ...headers,
  ];
  return `${lines.join('\r\n')}\r\n\r\n`;
}

/** A frame as a client sends it. */
export function masked(frame: Frame): Uint8Array {
  return encodeFrame({ maskingKey: 0x37fa213d, ...frame });
}

/** A text message in one frame, as a client sends it. */
export function maskedText(text: string): Uint8Array {
  return masked({ opcode: 1, payload: encodeText(text) });
}
