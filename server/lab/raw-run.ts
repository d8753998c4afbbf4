import type { Socket } from 'node:net';
import { MAX_RAW_MS, type ParsedRawStep, type RawAnswer, type RawEnd } from '../../src/companion/lab.ts';
import type { Direction, WireMessage } from '../../src/inspector/index.ts';
import { RawWatch } from '../../src/lab/raw-watch.ts';
import type { Turns, Worker } from '../bounds/turns.ts';
import { plainBytes } from '../socket/plain-bytes.ts';

/**
 * After the last step, the lab hangs up if nothing comes for this long. On loopback an answer takes a few milliseconds.
 */
const QUIET_MS = 400;
const MAX_MESSAGES = 2048;
const MAX_RECEIVED_BYTES = 4 * 1024 * 1024;

export interface RawRunOwner {
  tell(answer: RawAnswer): void;
  /** Called once. */
  onEnded(): void;
}

/** Bytes that wait to be explained. */
interface Explanation {
  readonly pieces: Iterator<readonly WireMessage[]>;
  readonly onDone: () => void;
}

/**
 * One raw connection: writes the bytes of the steps unchanged, and reports what was on the wire.
 *
 * Bytes are explained in pieces and in order: sent bytes before they are written, received bytes before more is read.
 */
export class RawRun implements Worker {
  readonly #id: number;
  readonly #socket: Socket;
  readonly #owner: RawRunOwner;
  readonly #steps: ParsedRawStep[];
  readonly #watch: RawWatch;
  readonly #startedAtMs = performance.now();
  readonly #deadline: NodeJS.Timeout;
  #pause: NodeJS.Timeout | undefined;
  #reported = 0;
  #unreported = 0;
  #receivedBytes = 0;
  #explanations: Explanation[] = [];
  #queued = false;
  #ended = false;
  readonly #turns: Turns;

  /** @param turns shared by everything that explains bytes */
  constructor(id: number, socket: Socket, steps: readonly ParsedRawStep[], owner: RawRunOwner, turns: Turns) {
    this.#id = id;
    this.#turns = turns;
    this.#socket = socket;
    this.#owner = owner;
    this.#steps = [...steps];
    this.#watch = new RawWatch(id, 'the lab');
    this.#deadline = setTimeout(() => this.#end('time'), MAX_RAW_MS);
    socket.setNoDelay(true);
    socket.on('connect', () => {
      this.#report(this.#watch.open(this.#timeMs));
      this.#next();
    });
    socket.on('data', (bytes: Buffer) => this.#receive(plainBytes(bytes)));
    // A server that ends before it has read everything may end with a reset. That counts as an end.
    socket.on('error', () => {});
    socket.on('close', () => this.#endByServer());
  }

  /** Stops without another report, because the page is gone. */
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

  work(): boolean {
    const [explanation] = this.#explanations;
    this.#queued = false;
    if (explanation === undefined) return false;
    // Beyond the limit of reported messages, nothing is explained.
    const piece = this.#unreported > 0 ? undefined : explanation.pieces.next();
    if (piece !== undefined && !piece.done) {
      this.#turns.spend(piece.value.length);
      this.#report(piece.value);
    } else {
      this.#explanations.shift();
      explanation.onDone();
    }
    this.#queued = this.#explanations.length > 0;
    return this.#queued;
  }

  #explain(direction: Direction, bytes: Uint8Array, onDone: () => void): void {
    this.#explanations.push({ pieces: this.#watch.inPieces(direction, bytes, this.#timeMs), onDone });
    if (this.#queued) return;
    this.#queued = true;
    this.#turns.queue(this);
  }

  /** If this process was busy, an answer may wait unread. It is read before the immediate runs. */
  #endIfQuiet(): void {
    const receivedBytes = this.#receivedBytes;
    setImmediate(() => {
      if (this.#explanations.length > 0) this.#pause?.refresh();
      else if (this.#receivedBytes === receivedBytes) this.#end('quiet');
    });
  }

  #send(bytes: Uint8Array): void {
    this.#explain('in', bytes, () => {
      // After the server has ended TCP, nothing can be written. Its end is reported when it comes.
      if (!this.#socket.writable) return;
      this.#socket.write(bytes, (error) => {
        if (!error) this.#next();
      });
    });
  }

  #receive(bytes: Uint8Array): void {
    if (this.#ended) return;
    this.#receivedBytes += bytes.length;
    this.#socket.pause();
    this.#explain('out', bytes, () => {
      if (this.#unreported > 0 || this.#receivedBytes > MAX_RECEIVED_BYTES) this.#end('too-much');
      else if (this.#steps.length === 0) this.#pause?.refresh();
      this.#socket.resume();
    });
  }

  /** The server ended TCP. Everything that came before is reported first. */
  #endByServer(): void {
    if (this.#explanations.length === 0) this.#end('server');
    else this.#explanations.push({ pieces: [].values(), onDone: () => this.#end('server') });
  }

  #end(end: RawEnd): void {
    if (this.#ended) return;
    const closing = this.#watch.end(this.#timeMs);
    this.#finish();
    const { body } = this.#watch;
    if (this.#unreported > 0) this.#owner.tell({ type: 'dropped', connection: this.#id, messages: this.#unreported });
    for (const message of closing) this.#owner.tell(message);
    this.#owner.tell({ type: 'done', end, body });
  }

  #finish(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#explanations = [];
    clearTimeout(this.#deadline);
    clearTimeout(this.#pause);
    this.#socket.destroy();
    this.#owner.onEnded();
  }

  #report(messages: readonly WireMessage[]): void {
    for (const message of messages) {
      if (this.#reported < MAX_MESSAGES) this.#owner.tell(message);
      else this.#unreported++;
      this.#reported++;
    }
  }

  get #timeMs(): number {
    return Math.round((performance.now() - this.#startedAtMs) * 1000) / 1000;
  }
}
