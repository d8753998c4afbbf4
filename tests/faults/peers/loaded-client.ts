import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { requestFor } from '../../../bench/load-connection.ts';
import { encodeFrame, FrameReader } from '../../../src/protocol/index.ts';

const [BINARY, CLOSE] = [2, 8];

export interface LoadedClientOptions {
  readonly path: string;
  /** Of each message, in bytes: four or more. */
  readonly payloadLength: number;
  /** How many messages are on their way at a time. */
  readonly inFlight: number;
}

/** How a client saw its connection end. */
export interface LoadedEnd {
  /** Messages that came back, each in its turn. */
  readonly echoed: number;
  /** Undefined where TCP ended without a close frame. */
  readonly closeCode: number | undefined;
  /** What came back wrong, or out of turn. */
  readonly wrong: number;
}

/** Keeps a server busy: sends numbered messages without end, and answers the server's close frame. */
export class LoadedClient {
  /** Resolves when TCP is gone. */
  readonly end: Promise<LoadedEnd>;
  readonly socket: Socket;
  readonly #options: LoadedClientOptions;
  readonly #reader = new FrameReader();
  #opened = false;
  #sent = 0;
  #echoed = 0;
  #wrong = 0;
  #closeCode: number | undefined;
  #pieces: Uint8Array[] = [];

  constructor(port: number, options: LoadedClientOptions) {
    this.#options = options;
    this.socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.socket.on('connect', () => this.socket.write(requestFor(options.path)));
    this.socket.on('data', (bytes: Buffer) => this.#receive(new Uint8Array(bytes)));
    this.socket.on('error', () => {});
    const { promise, resolve } = Promise.withResolvers<LoadedEnd>();
    this.end = promise;
    this.socket.on('close', () => resolve({ echoed: this.#echoed, closeCode: this.#closeCode, wrong: this.#wrong }));
  }

  /** Waits until so many messages have come back. */
  async untilEchoed(messages: number): Promise<void> {
    while (this.#echoed < messages) await once(this.socket, 'data');
  }

  #receive(bytes: Uint8Array): void {
    let frames = bytes;
    if (!this.#opened) {
      // The server says nothing behind its 101 before it is asked.
      this.#opened = true;
      frames = new Uint8Array(0);
      for (let i = 0; i < this.#options.inFlight; i++) this.#send();
    }
    for (const { opcode, payload, ends } of this.#reader.push(frames)) {
      this.#pieces.push(payload);
      if (!ends) continue;
      const whole = Buffer.concat(this.#pieces);
      this.#pieces = [];
      if (opcode === CLOSE) this.#answerClose(whole);
      else this.#count(whole);
    }
  }

  #send(): void {
    const payload = new Uint8Array(this.#options.payloadLength);
    new DataView(payload.buffer).setUint32(0, this.#sent++);
    this.socket.write(encodeFrame({ opcode: BINARY, payload, maskingKey: 0x01020304 }));
  }

  #count(payload: Buffer): void {
    const inItsTurn = payload.length === this.#options.payloadLength && payload.readUInt32BE() === this.#echoed;
    if (inItsTurn) this.#echoed++;
    else this.#wrong++;
    if (this.#closeCode === undefined) this.#send();
  }

  #answerClose(body: Buffer): void {
    this.#closeCode = body.readUInt16BE();
    this.socket.write(encodeFrame({ opcode: CLOSE, payload: body.subarray(0, 2), maskingKey: 0x01020304 }));
  }
}
