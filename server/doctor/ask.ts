import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import {
  ConnectionObserver,
  createEndingFinder,
  type Direction,
  type Ending,
  type WireMessage,
} from '../../src/inspector/index.ts';
import {
  checkResponse,
  createRequest,
  encodeCloseBody,
  encodeFrame,
  encodeKey,
  formatRequestHead,
  type Header,
  headerTokens,
  headerValues,
  OPCODE,
  parseResponseHead,
  type ResponseHead,
} from '../../src/protocol/index.ts';
import { encodeText } from '../../src/text/utf8.ts';
import type { DoctorUrl } from './doctor-url.ts';

/** What one handshake asks for. */
export interface Question {
  readonly origin?: string | undefined;
  readonly deflate?: boolean;
  readonly subprotocols?: readonly string[];
}

/** What came of it. */
export interface Answer {
  /** Whether a 101 came that is right. */
  readonly opened: boolean;
  readonly head: ResponseHead | undefined;
  /** The first bytes after the head of a refusal, or the bytes that are no head. */
  readonly rest: Uint8Array;
  readonly ending: Ending;
  /** The 101 broke no rule of the core. */
  readonly problem: string | undefined;
  /** Milliseconds from the ping to its pong; undefined without one. */
  readonly pongMs: number | undefined;
  readonly tookMs: number;
  readonly deflateAgreed: boolean;
  /** Whether the deadline passed before anything decided. */
  readonly timedOut: boolean;
}

/** A server that sends more is not read any further. */
const MAX_READ_BYTES = 64 * 1024;
/** Of a body, this much is kept and shown. */
const MAX_BODY_BYTES = 2048;
/** A body may follow its head a little later. */
const BODY_WAIT_MS = 300;
/** For the pong, and for the answer to the close frame. */
const MAX_FRAME_WAIT_MS = 2000;
const HEAD_LIMITS = { maxHeadBytes: MAX_READ_BYTES, maxHeaders: 300 };

/**
 * Makes one handshake over HTTP/1.1, and on success one ping and a clean close. Reads a bounded number of bytes in a bounded
 * time.
 *
 * @param socket connected; ended here
 */
export function ask(socket: Socket, target: DoctorUrl, question: Question, timeoutMs: number): Promise<Answer> {
  return new Promise((resolve) => new Asking(socket, target, question, timeoutMs, resolve));
}

class Asking {
  readonly #socket: Socket;
  readonly #question: Question;
  readonly #resolve: (answer: Answer) => void;
  readonly #startedMs = performance.now();
  readonly #observer = new ConnectionObserver({ connection: 1, path: '', remote: '' });
  readonly #finder = createEndingFinder(1);
  readonly #key = encodeKey(new Uint8Array(randomBytes(16)));
  readonly #pingPayload = encodeText('framelight');
  #read: Uint8Array<ArrayBufferLike> = new Uint8Array(0);
  #readBytes = 0;
  #head: ResponseHead | undefined;
  #headLength = 0;
  #problem: string | undefined;
  #opened = false;
  #pingMs: number | undefined;
  #pongMs: number | undefined;
  #timer: NodeJS.Timeout;
  #deadline: NodeJS.Timeout;
  #isDone = false;
  #timedOut = false;

  constructor(
    socket: Socket,
    target: DoctorUrl,
    question: Question,
    timeoutMs: number,
    resolve: (answer: Answer) => void,
  ) {
    this.#socket = socket;
    this.#question = question;
    this.#resolve = resolve;
    this.#timer = setTimeout(() => {}, 0);
    this.#deadline = setTimeout(() => {
      this.#timedOut = this.#head === undefined;
      this.#giveUp();
    }, timeoutMs);
    socket.on('data', (bytes) => this.#receive(new Uint8Array(bytes)));
    socket.on('end', () => {
      this.#end('out', 'FIN');
      this.#finish();
    });
    socket.on('error', () => {
      this.#end('out', 'RST');
      this.#finish();
    });
    socket.on('close', () => this.#finish());
    this.#send(formatRequestHead(requestOf(target, question, this.#key)));
  }

  get #nowMs(): number {
    return performance.now() - this.#startedMs;
  }

  #send(bytes: Uint8Array): void {
    this.#observe('in', bytes);
    this.#socket.write(bytes);
  }

  #observe(direction: Direction, bytes: Uint8Array): WireMessage[] {
    const messages = this.#observer.chunk(direction, bytes, this.#nowMs);
    for (const message of messages) this.#finder.take(message);
    return messages;
  }

  #end(direction: Direction, how: 'FIN' | 'RST'): void {
    if (this.#isDone) return;
    for (const message of this.#observer.close(this.#nowMs, { closeCode: 1006, reason: '', clean: false })) {
      if (message.type !== 'close') this.#finder.take(message);
    }
    this.#finder.take({ type: 'tcp', connection: 1, direction, timeMs: this.#nowMs, how });
  }

  #receive(bytes: Uint8Array): void {
    if (this.#isDone) return;
    this.#readBytes += bytes.length;
    const messages = this.#observe('out', bytes);
    if (this.#head === undefined || !this.#opened) this.#keep(bytes);
    if (this.#head === undefined) this.#readHead();
    for (const message of messages)
      if (message.type === 'frame' && message.direction === 'out') this.#frame(message.opcode);
    if (this.#readBytes >= MAX_READ_BYTES) this.#giveUp();
  }

  #keep(bytes: Uint8Array): void {
    const joined = new Uint8Array(this.#read.length + bytes.length);
    joined.set(this.#read);
    joined.set(bytes, this.#read.length);
    this.#read = joined;
  }

  #readHead(): void {
    const result = parseResponseHead(this.#read, HEAD_LIMITS);
    if (result.kind === 'incomplete') return;
    if (result.kind === 'refused') {
      // What is no head can go on for a while: its beginning tells what it is.
      this.#wait(BODY_WAIT_MS, () => this.#giveUp());
      return;
    }
    const { httpStatus } = result.head;
    if (httpStatus >= 100 && httpStatus < 200 && httpStatus !== 101) {
      this.#read = this.#read.slice(result.byteLength);
      this.#readHead();
      return;
    }
    this.#head = result.head;
    this.#headLength = result.byteLength;
    if (httpStatus === 101) this.#open(result.head);
    else this.#wait(BODY_WAIT_MS, () => this.#giveUp());
  }

  #open(head: ResponseHead): void {
    this.#problem = problemOf(head, this.#key, this.#question);
    if (this.#problem !== undefined) {
      this.#giveUp();
      return;
    }
    this.#opened = true;
    this.#ping();
  }

  #ping(): void {
    this.#pingMs = this.#nowMs;
    this.#send(encodeFrame({ opcode: OPCODE.ping, payload: this.#pingPayload, maskingKey: randomKey() }));
    this.#wait(MAX_FRAME_WAIT_MS, () => this.#close());
  }

  #frame(opcode: number | undefined): void {
    if (opcode === OPCODE.pong && this.#pongMs === undefined && this.#pingMs !== undefined) {
      this.#pongMs = this.#nowMs - this.#pingMs;
      this.#close();
    }
    if (opcode === OPCODE.close) this.#giveUp();
  }

  #close(): void {
    const payload = encodeCloseBody(1000, 'framelight doctor');
    this.#send(encodeFrame({ opcode: OPCODE.close, payload, maskingKey: randomKey() }));
    this.#wait(MAX_FRAME_WAIT_MS, () => this.#giveUp());
  }

  #wait(ms: number, then: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(then, ms);
  }

  /** The doctor itself ends the connection. */
  #giveUp(): void {
    this.#end('in', 'FIN');
    this.#finish();
  }

  #finish(): void {
    if (this.#isDone) return;
    this.#isDone = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#deadline);
    this.#socket.destroy();
    const rest = this.#read.subarray(this.#headLength, this.#headLength + MAX_BODY_BYTES);
    this.#resolve({
      opened: this.#opened,
      head: this.#head,
      rest,
      ending: this.#finder.ending(),
      problem: this.#problem,
      pongMs: this.#pongMs,
      tookMs: this.#nowMs,
      deflateAgreed: this.#head !== undefined && extensionsOf(this.#head).includes('permessage-deflate'),
      timedOut: this.#timedOut,
    });
  }
}

function requestOf({ host, target }: DoctorUrl, { origin, deflate, subprotocols = [] }: Question, key: string) {
  const headers: Header[] = deflate ? [{ name: 'Sec-WebSocket-Extensions', value: 'permessage-deflate' }] : [];
  return createRequest({ host, target, key, subprotocols, headers, ...(origin !== undefined && { origin }) });
}

const extensionsOf = (head: ResponseHead) =>
  headerTokens(head, 'Sec-WebSocket-Extensions').map((one) => (one.split(';')[0] ?? '').trim().toLowerCase());

/** The rule that a 101 breaks. The core’s own client offers no extension, so that rule is judged here. */
function problemOf(head: ResponseHead, key: string, { deflate, subprotocols = [] }: Question): string | undefined {
  const headers = head.headers.filter(({ name }) => name.toLowerCase() !== 'sec-websocket-extensions');
  const checked = checkResponse({ ...head, headers }, { key, subprotocols });
  if ('refusal' in checked) return checked.refusal.sentence;
  const extra = extensionsOf(head).find((name) => !deflate || name !== 'permessage-deflate');
  if (extra === undefined) return undefined;
  return `The server uses the extension ${JSON.stringify(extra)}, which was not offered: ${headerValues(head, 'Sec-WebSocket-Extensions').join(', ')}.`;
}

const randomKey = () => randomBytes(4).readUInt32BE();
