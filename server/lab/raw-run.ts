import type { Socket } from 'node:net';
import { RawWatch } from '../../src/companion/lab/raw-watch.ts';
import { MOST_RAW_MS, type ParsedRawStep, type RawAnswer, type RawEnd } from '../../src/companion/lab.ts';
import type { WireMessage } from '../../src/inspector/wire.ts';
import { plainBytes } from '../plain-bytes.ts';

/** After the last step: this long without a byte, and the lab hangs up. On loopback an answer takes a few milliseconds. */
const QUIET_MS = 400;
const MOST_MESSAGES = 2048;
const MOST_RECEIVED_BYTES = 4 * 1024 * 1024;

export interface RawRunOwner {
  tell(answer: RawAnswer): void;
  /** Called once. */
  onEnded(): void;
}

/** One raw connection: writes what the steps say, as it is, and tells what was on the wire. */
export class RawRun {
  readonly #id: number;
  readonly #socket: Socket;
  readonly #owner: RawRunOwner;
  readonly #steps: ParsedRawStep[];
  readonly #watch: RawWatch;
  readonly #startedAtMs = performance.now();
  readonly #deadline: NodeJS.Timeout;
  #pause: NodeJS.Timeout | undefined;
  #told = 0;
  #untold = 0;
  #receivedBytes = 0;
  #ended = false;

  constructor(id: number, socket: Socket, steps: readonly ParsedRawStep[], owner: RawRunOwner) {
    this.#id = id;
    this.#socket = socket;
    this.#owner = owner;
    this.#steps = [...steps];
    this.#watch = new RawWatch(id, 'the lab');
    this.#deadline = setTimeout(() => this.#end('time'), MOST_RAW_MS);
    socket.setNoDelay(true);
    socket.on('connect', () => {
      this.#tell(this.#watch.open(this.#timeMs));
      this.#next();
    });
    socket.on('data', (bytes: Buffer) => this.#receive(plainBytes(bytes)));
    // A server that ends before it has read all may end with a reset: that is an end like another.
    socket.on('error', () => {});
    socket.on('close', () => this.#end('server'));
  }

  /** The page has gone: nothing more is told. */
  stop(): void {
    this.#finish();
  }

  #next(): void {
    if (this.#ended) return;
    const step = this.#steps.shift();
    if (step === undefined) this.#pause = setTimeout(() => this.#endIfQuiet(), QUIET_MS);
    else if ('waitMs' in step) this.#pause = setTimeout(() => this.#next(), step.waitMs);
    else this.#send(step.bytes);
  }

  /** Where this process itself was busy for so long, an answer may lie there unread: it is read before the immediate. */
  #endIfQuiet(): void {
    const receivedBytes = this.#receivedBytes;
    setImmediate(() => {
      if (this.#receivedBytes === receivedBytes) this.#end('quiet');
    });
  }

  #send(bytes: Uint8Array): void {
    // Once the server has ended TCP nothing more can be written; its end is told as soon as it comes.
    if (!this.#socket.writable) return;
    this.#tell(this.#watch.sent(bytes, this.#timeMs));
    this.#socket.write(bytes, (error) => {
      if (!error) this.#next();
    });
  }

  #receive(bytes: Uint8Array): void {
    if (this.#ended) return;
    this.#receivedBytes += bytes.length;
    this.#tell(this.#watch.received(bytes, this.#timeMs));
    if (this.#untold > 0 || this.#receivedBytes > MOST_RECEIVED_BYTES) this.#end('too-much');
    else if (this.#steps.length === 0) this.#pause?.refresh();
  }

  #end(end: RawEnd): void {
    if (this.#ended) return;
    const closing = this.#watch.end(this.#timeMs);
    this.#finish();
    const { body } = this.#watch;
    if (this.#untold > 0) this.#owner.tell({ type: 'dropped', connection: this.#id, messages: this.#untold });
    for (const message of closing) this.#owner.tell(message);
    this.#owner.tell({ type: 'done', end, body });
  }

  #finish(): void {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#deadline);
    clearTimeout(this.#pause);
    this.#socket.destroy();
    this.#owner.onEnded();
  }

  #tell(messages: readonly WireMessage[]): void {
    for (const message of messages) {
      if (this.#told < MOST_MESSAGES) this.#owner.tell(message);
      else this.#untold++;
      this.#told++;
    }
  }

  get #timeMs(): number {
    return Math.round((performance.now() - this.#startedAtMs) * 1000) / 1000;
  }
}
