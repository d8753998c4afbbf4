import type { Socket } from 'node:net';
import { encodeFrame, FrameReader, OPCODE } from '../src/protocol/index.ts';
import { openConnection } from './load-connection.ts';
import { keyOf } from './streams.ts';

/** What a program's clients send, beside the message itself. */
export type Dialect = 'plain' | 'socket.io';

export interface SharedLoadOptions {
  /** The servers: the connections are spread over them. */
  readonly ports: readonly number[];
  readonly dialect: Dialect;
  readonly connections: number;
  /** How many messages the one sender has in flight: those that have not yet reached all connections. */
  readonly inFlight: number;
  /** The length of a message's text, in bytes. */
  readonly byteLength: number;
}

const PATHS = { plain: '/broadcast', 'socket.io': '/socket.io/?EIO=4&transport=websocket' } as const;

/** How long a subscription may take to reach the other server. */
const MAX_WAIT_MS = 10_000;

/** One sender, and receivers at several servers. What arrives is only counted, but for the first message of each. */
export class SharedLoad {
  readonly #options: SharedLoadOptions;
  readonly #text: string;
  readonly #frame: Uint8Array;
  readonly #expected: Uint8Array;
  readonly #sockets: Socket[] = [];
  readonly #partial: number[] = [];
  readonly #heard: boolean[] = [];
  #counts = false;
  #delivered = 0;
  #onTheWay = 0;
  #sending = false;
  #onQuiet: (() => void) | undefined;

  constructor(options: SharedLoadOptions) {
    this.#options = options;
    const words = 'x'.repeat(options.byteLength);
    this.#text = options.dialect === 'plain' ? words : `42["m","${words}"]`;
    const payload = new TextEncoder().encode(this.#text);
    this.#frame = encodeFrame({ opcode: OPCODE.text, payload, maskingKey: keyOf(0) });
    this.#expected = encodeFrame({ opcode: OPCODE.text, payload });
  }

  /** Connects, and sends until a message has reached everybody: a subscription takes a moment. */
  async open(): Promise<void> {
    const { connections, ports, dialect } = this.#options;
    for (let i = 0; i < connections; i++) {
      const port = ports[i % ports.length] as number;
      const greeted = Promise.withResolvers<void>();
      const entered = Promise.withResolvers<void>();
      const onText = (text: string): void => {
        if (text === this.#text) this.#heard[i] = true;
        else if (text.startsWith('0{')) greeted.resolve();
        else if (text.startsWith('40{')) entered.resolve();
      };
      const reader = new FrameReader();
      const socket = await openConnection(port, PATHS[dialect], (bytes) => {
        if (this.#counts) this.#count(i, bytes.length);
        else for (const { payload } of reader.push(new Uint8Array(bytes))) onText(new TextDecoder().decode(payload));
      });
      if (dialect === 'socket.io') {
        await greeted.promise;
        socket.write(masked('40'));
        await entered.promise;
      }
      this.#sockets.push(socket);
      this.#partial.push(0);
      this.#heard.push(false);
    }
    const endsAtMs = performance.now() + MAX_WAIT_MS;
    while (!this.#heard.every(Boolean)) {
      if (performance.now() > endsAtMs) throw new Error(`only ${this.#heard.filter(Boolean).length} hear the others`);
      this.#sockets[0]?.write(this.#frame);
      await pause(20);
    }
    // What is still on its way must not be counted.
    await pause(200);
    this.#counts = true;
  }

  /** @returns how many messages were delivered, the last of them included */
  async run(ms: number): Promise<number> {
    this.#delivered = 0;
    this.#sending = true;
    this.#fill();
    await pause(ms);
    this.#sending = false;
    if (this.#onTheWay > 0) {
      await new Promise<void>((resolve) => {
        this.#onQuiet = resolve;
      });
    }
    return this.#delivered;
  }

  #count(i: number, byteLength: number): void {
    const total = (this.#partial[i] as number) + byteLength;
    const messages = Math.floor(total / this.#expected.length);
    this.#partial[i] = total - messages * this.#expected.length;
    this.#delivered += messages;
    this.#onTheWay -= messages;
    if (this.#sending) this.#fill();
    else if (this.#onTheWay === 0) this.#onQuiet?.();
  }

  #fill(): void {
    const { connections, inFlight } = this.#options;
    while (this.#onTheWay <= (inFlight - 1) * connections) {
      this.#onTheWay += connections;
      this.#sockets[0]?.write(this.#frame);
    }
  }
}

function masked(text: string): Uint8Array {
  return encodeFrame({ opcode: OPCODE.text, payload: new TextEncoder().encode(text), maskingKey: keyOf(0) });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
