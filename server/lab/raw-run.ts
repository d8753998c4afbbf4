import type { Socket } from 'node:net';
import { MAX_RAW_MS, type ParsedRawStep, type RawAnswer, type RawEnd } from '../../src/companion/lab.ts';
import type { Direction, WireMessage } from '../../src/inspector/wire/wire.ts';
import { RawWatch } from '../../src/lab/raw-watch.ts';
import type { Turns, Worker } from '../bounds/turns.ts';
import { plainBytes } from '../socket/plain-bytes.ts';

/** After the last step: this long without a byte, and the lab hangs up. On loopback an answer takes a few milliseconds. */
const QUIET_MS = 400;
const MOST_MESSAGES = 2048;
const MOST_RECEIVED_BYTES = 4 * 1024 * 1024;

export interface RawRunOwner {
  tell(answer: RawAnswer): void;
  /** Called once. */
  onEnded(): void;
}

/** Bytes that are to be explained. */
interface Explanation {
  readonly pieces: Iterator<readonly WireMessage[]>;
  readonly onDone: () => void;
}

/**
 * One raw connection: writes what the steps say, as it is, and tells what was on the wire.
 *
 * What is written, and what comes, is explained in pieces and in order: before it is written, and before more is read.
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
  #told = 0;
  #untold = 0;
  #receivedBytes = 0;
  #explanations: Explanation[] = [];
  #queued = false;
  #ended = false;
  readonly #turns: Turns;

  /** @param turns shared by all who explain */
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
      this.#tell(this.#watch.open(this.#timeMs));
      this.#next();
    });
    socket.on('data', (bytes: Buffer) => this.#receive(plainBytes(bytes)));
    // A server that ends before it has read all may end with a reset: that is an end like another.
    socket.on('error', () => {});
    socket.on('close', () => this.#endByServer());
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

  work(): boolean {
    const [explanation] = this.#explanations;
    this.#queued = false;
    if (explanation === undefined) return false;
    // Past what is told, nothing is explained.
    const piece = this.#untold > 0 ? undefined : explanation.pieces.next();
    if (piece !== undefined && !piece.done) {
      this.#turns.spend(piece.value.length);
      this.#tell(piece.value);
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

  /** Where this process itself was busy for so long, an answer may lie there unread: it is read before the immediate. */
  #endIfQuiet(): void {
    const receivedBytes = this.#receivedBytes;
    setImmediate(() => {
      if (this.#explanations.length > 0) this.#pause?.refresh();
      else if (this.#receivedBytes === receivedBytes) this.#end('quiet');
    });
  }

  #send(bytes: Uint8Array): void {
    this.#explain('in', bytes, () => {
      // Once the server has ended TCP nothing more can be written; its end is told as soon as it comes.
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
      if (this.#untold > 0 || this.#receivedBytes > MOST_RECEIVED_BYTES) this.#end('too-much');
      else if (this.#steps.length === 0) this.#pause?.refresh();
      this.#socket.resume();
    });
  }

  /** The server has ended TCP: first, what came before is told. */
  #endByServer(): void {
    if (this.#explanations.length === 0) this.#end('server');
    else this.#explanations.push({ pieces: [].values(), onDone: () => this.#end('server') });
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
    this.#explanations = [];
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
