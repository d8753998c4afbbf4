import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { bytesOfHex } from '../../src/bytes/hex.ts';
import { encodeOrder, type Order } from '../../src/inspector/encode/frame-order.ts';
import {
  ConnectionObserver,
  NO_LIMITS,
  readDeflateAgreement,
  type WireFrame,
  type WireMessage,
} from '../../src/inspector/index.ts';
import {
  checkResponse,
  createRequest,
  encodeFrame,
  encodeKey,
  formatRequestHead,
  type Header,
  OPCODE,
  parseResponseHead,
} from '../../src/protocol/index.ts';
import { dial } from '../proxy/dial.ts';
import type { ProxyTarget } from '../proxy/target.ts';
import { explainDialError } from '../socket/dial-error.ts';
import { plainBytes } from '../socket/plain-bytes.ts';

export interface RawClientOptions {
  readonly target: ProxyTarget;
  /** Sent after the headers of the handshake. */
  readonly headers: readonly Header[];
  readonly insecure: boolean;
  /** Whether it answers pings by itself, and the server's close frame. */
  readonly answers: boolean;
  /** Gets everything that is sent and received, as a tap of the server would. */
  readonly onMessage: (message: WireMessage) => void;
}

const HEAD_LIMITS = { maxHeadBytes: 64 * 1024, maxHeaders: 1000 };

/** A client that sends any bytes, right or wrong, and shows every frame that comes back. */
export class RawClient {
  readonly #options: RawClientOptions;
  readonly #observer: ConnectionObserver;
  readonly #startedAtMs = performance.now();
  readonly #socket: Socket;
  readonly #key = encodeKey(randomBytes(16));
  readonly #frames: WireFrame[] = [];
  #waiting = new Set<() => void>();
  #head = Buffer.alloc(0);
  #response: 'waiting' | 'open' | 'refused' = 'waiting';
  #problem: string | undefined;
  #hasEnded = false;
  #hasSentClose = false;
  #hasGotClose = false;

  constructor(options: RawClientOptions) {
    this.#options = options;
    const { target, insecure } = options;
    this.#observer = new ConnectionObserver({
      connection: 1,
      path: target.path.split('?')[0] ?? '/',
      remote: 'this client',
      limits: NO_LIMITS,
      readAgreement: readDeflateAgreement,
    });
    this.#socket = dial(target, insecure);
    this.#socket.once('encrypted' in this.#socket ? 'secureConnect' : 'connect', () => this.#sendRequest());
    this.#socket.on('data', (chunk: Buffer) => this.#receive(plainBytes(chunk)));
    this.#socket.on('error', (error: NodeJS.ErrnoException) => {
      this.#problem ??=
        this.#response === 'waiting' ? explainDialError(error, target) : `TCP ended with ${error.code}.`;
    });
    this.#socket.on('end', () => this.#end());
    this.#socket.on('close', () => this.#end());
  }

  /** Why the connection did not open, or broke; undefined if it did not. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** Whether the server has ended TCP. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  get hasSentClose(): boolean {
    return this.#hasSentClose;
  }

  /** Resolves when the response is there, or TCP has ended. @returns whether the connection is open */
  async opened(): Promise<boolean> {
    await this.#until(() => this.#response !== 'waiting' || this.#hasEnded);
    return this.#response === 'open';
  }

  send(order: Order): void {
    const bytes = encodeOrder(order, { sender: 'client', nextMaskingKey });
    this.#write(new Uint8Array(bytes));
    if (order.kind === 'frame' && order.opcode === OPCODE.close) this.#hasSentClose = true;
  }

  /** Ends this side of TCP, or all of it. */
  cut(how: 'FIN' | 'RST'): void {
    if (how === 'FIN') this.#socket.end();
    // Node can send a RST only without TLS.
    else if ('encrypted' in this.#socket) this.#socket.destroy();
    else this.#socket.resetAndDestroy();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  /** The next frame from the server. @returns undefined if none comes in time, or TCP has ended */
  async frame(timeoutMs: number): Promise<WireFrame | undefined> {
    await this.#until(() => this.#frames.length > 0 || this.#hasEnded, timeoutMs);
    return this.#frames.shift();
  }

  /** @returns whether TCP has ended in time */
  async ended(timeoutMs: number): Promise<boolean> {
    await this.#until(() => this.#hasEnded, timeoutMs);
    return this.#hasEnded;
  }

  #sendRequest(): void {
    const { target, headers } = this.#options;
    const isOwn = ({ name }: Header) => name.toLowerCase() === 'host';
    const host = headers.find(isOwn)?.value ?? target.host;
    const request = createRequest({
      host,
      target: target.path,
      key: this.#key,
      headers: headers.filter((each) => !isOwn(each)),
    });
    for (const message of this.#observer.open(0)) this.#options.onMessage(message);
    this.#write(formatRequestHead(request));
  }

  #write(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#socket.write(bytes);
    this.#show(this.#observer.messagesOf('in', bytes.slice(), this.#timeMs));
  }

  #receive(chunk: Uint8Array): void {
    if (this.#response === 'waiting') this.#readResponse(chunk);
    this.#show(this.#observer.messagesOf('out', chunk.slice(), this.#timeMs));
    this.#wake();
  }

  #readResponse(chunk: Uint8Array): void {
    this.#head = Buffer.concat([this.#head, chunk]);
    const parsed = parseResponseHead(plainBytes(this.#head), HEAD_LIMITS);
    if (parsed.kind === 'incomplete') return;
    if (parsed.kind === 'refused') {
      this.#response = 'refused';
      this.#problem = `The response cannot be read. ${parsed.refusal.sentence}`;
      return;
    }
    const { headers } = this.#options;
    const subprotocols = headers
      .filter(({ name }) => name.toLowerCase() === 'sec-websocket-protocol')
      .flatMap(({ value }) => value.split(',').map((each) => each.trim()));
    const checked = checkResponse(parsed.head, { key: this.#key, subprotocols });
    // A response that breaks a rule is reported, but after a 101 the frames are shown all the same.
    this.#response = parsed.head.httpStatus === 101 ? 'open' : 'refused';
    if ('refusal' in checked) this.#problem = checked.refusal.sentence;
  }

  #show(messages: Iterable<WireMessage>): void {
    const answers: WireFrame[] = [];
    for (const message of messages) {
      this.#options.onMessage(message);
      if (message.type !== 'frame' || message.direction !== 'out') continue;
      this.#frames.push(message);
      answers.push(message);
    }
    if (this.#options.answers) for (const frame of answers) this.#answer(frame);
  }

  #answer({ opcode, payload }: WireFrame): void {
    const bytes = bytesOfHex(payload.hex);
    if (opcode === OPCODE.ping && !this.#hasSentClose)
      this.#write(encodeFrame({ opcode: OPCODE.pong, payload: bytes, maskingKey: nextMaskingKey() }));
    if (opcode !== OPCODE.close || this.#hasGotClose) return;
    this.#hasGotClose = true;
    if (this.#hasSentClose) return;
    this.#hasSentClose = true;
    this.#write(encodeFrame({ opcode: OPCODE.close, payload: bytes.subarray(0, 2), maskingKey: nextMaskingKey() }));
  }

  #end(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    if (!this.#socket.writableEnded) this.#socket.end();
    this.#wake();
  }

  #wake(): void {
    for (const wake of this.#waiting) wake();
  }

  async #until(holds: () => boolean, timeoutMs?: number): Promise<void> {
    const deadlineMs = performance.now() + (timeoutMs ?? Number.POSITIVE_INFINITY);
    while (!holds()) {
      const leftMs = deadlineMs - performance.now();
      if (leftMs <= 0) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#waiting.add(resolve);
      const timer = timeoutMs === undefined ? undefined : setTimeout(resolve, leftMs);
      await promise;
      clearTimeout(timer);
      this.#waiting.delete(resolve);
    }
  }

  get #timeMs(): number {
    return Math.round((performance.now() - this.#startedAtMs) * 1000) / 1000;
  }
}

function nextMaskingKey(): number {
  return randomBytes(4).readUInt32BE();
}
