import { isUtf8 } from 'node:buffer';
import type { Socket } from 'node:net';
import { GrowingBytes } from '../../../src/bytes/growing-bytes.ts';
import { hixie75Response, hixie76Response } from '../../../src/drafts/draft-heads.ts';
import { answerChallenge, CHALLENGE_BODY_BYTES } from '../../../src/drafts/hixie-challenge.ts';
import { encodeHixieText, HIXIE_CLOSE, HixieReader } from '../../../src/drafts/hixie-frames.ts';
import { formatResponseHead, headerValues, type RequestHead } from '../../../src/protocol/index.ts';
import type { ServerLimits } from '../../bounds/limits.ts';
import type { MemoryBudget, MemoryHolder } from '../../bounds/memory-budget.ts';
import type { Swept } from '../../bounds/sweeper.ts';
import { EVENT_BYTES, Idleness } from '../../connection/idleness.ts';
import type { Log } from '../../log.ts';
import { Transport, type TransportOwner, type TransportServices } from '../../socket/transport.ts';

export interface HixieConnectionOptions {
  readonly id: number;
  readonly draft: 'hixie-75' | 'hixie-76';
  readonly head: RequestHead;
  /** The URL of the connection, which the answer repeats. */
  readonly location: string;
  readonly transport: TransportServices;
  readonly limits: ServerLimits;
  readonly budget: MemoryBudget;
  readonly log: Log | undefined;
  readonly nowMs: number;
  /** Called once, when TCP is gone. */
  readonly onClosed: (connection: HixieConnection) => void;
}

/** `ended`: this side has ended TCP. `gone`: TCP has ended. */
type State = 'challenge' | 'open' | 'closing' | 'ended' | 'gone';

/** A connection with a client of hixie-75 or hixie-76. Sends every text back. There are no pings, fragments or status codes. */
export class HixieConnection implements TransportOwner, Swept, MemoryHolder {
  readonly #options: HixieConnectionOptions;
  readonly #transport: Transport;
  readonly #reader: HixieReader;
  readonly #idleness: Idleness;
  readonly #body = new GrowingBytes();
  #state: State = 'challenge';
  #sinceMs: number;

  constructor(socket: Socket, options: HixieConnectionOptions) {
    const { draft, transport, limits, nowMs } = options;
    this.#options = options;
    this.#reader = new HixieReader(limits.maxMessageBytes, draft === 'hixie-76');
    this.#idleness = new Idleness(nowMs);
    this.#sinceMs = nowMs;
    this.#transport = new Transport(socket, this, transport, undefined);
  }

  /** @param firstChunk the bytes after the request in the same read; may be empty */
  open(firstChunk: Uint8Array): void {
    const { draft, head, location } = this.#options;
    this.#transport.cork();
    if (draft === 'hixie-75') {
      this.#transport.write(formatResponseHead(hixie75Response(head, location)));
      this.#state = 'open';
    }
    if (firstChunk.length > 0) this.#transport.read(firstChunk, true);
    this.#transport.flush();
  }

  receive(chunk: Uint8Array): void {
    this.#idleness.addBytes(chunk.length);
    const rest = this.#state === 'challenge' ? this.#receiveChallenge(chunk) : chunk;
    if (this.#state === 'open' || this.#state === 'closing') this.#receiveFrames(rest);
    this.#count();
  }

  receiveEnd(): void {
    if (this.#state === 'gone') return;
    this.#state = 'gone';
    this.#reader.end();
    this.#options.budget.hold(this, 0);
    this.#options.onClosed(this);
  }

  unsentChanged(): void {
    this.#count();
  }

  giveUp(): void {
    this.#log('cut-off', 'cut off, because the server needs the memory');
    this.#transport.destroy();
  }

  /** Starts the closing handshake. hixie-75 has none, so TCP ends. The drafts have no codes and no reasons. */
  close(): void {
    if (this.#state === 'challenge' || this.#options.draft === 'hixie-75') this.#end();
    else if (this.#state === 'open') {
      this.#transport.write(HIXIE_CLOSE.slice());
      this.#enter('closing');
    }
  }

  sweep(nowMs: number): void {
    const { handshakeTimeoutMs, closingTimeoutMs, idleTimeoutMs } = this.#options.limits;
    if (this.#state === 'open') {
      // There is no ping to send: a client that says nothing for the whole time is closed.
      if (this.#idleness.sweep(nowMs, idleTimeoutMs, this.#transport) === 'close') this.close();
      return;
    }
    const timeoutMs = this.#state === 'challenge' ? handshakeTimeoutMs : closingTimeoutMs;
    if (nowMs - this.#sinceMs >= timeoutMs) this.#transport.destroy();
  }

  /** @returns the bytes after the challenge */
  #receiveChallenge(chunk: Uint8Array): Uint8Array {
    const missing = CHALLENGE_BODY_BYTES - this.#body.length;
    this.#body.append(chunk.subarray(0, missing));
    if (this.#body.length < CHALLENGE_BODY_BYTES) return NOTHING;
    const { head, location } = this.#options;
    const key = (name: string) => headerValues(head, name)[0] ?? '';
    const solved = answerChallenge(key('Sec-WebSocket-Key1'), key('Sec-WebSocket-Key2'), this.#body.take());
    if ('problem' in solved) {
      this.#log('hixie-challenge', `ended: ${solved.problem}`);
      this.#end();
      return NOTHING;
    }
    this.#transport.write(formatResponseHead(hixie76Response(head, location)));
    this.#transport.write(solved.answer.slice());
    this.#state = 'open';
    return chunk.subarray(missing);
  }

  #receiveFrames(chunk: Uint8Array): void {
    // The answers to one read are one write: a read can hold thousands of short texts.
    const answers = new GrowingBytes();
    for (const event of this.#reader.push(chunk)) {
      if (event.type === 'text' && isUtf8(event.payload)) {
        this.#idleness.addBytes(EVENT_BYTES);
        // After a close frame of its own, an endpoint sends nothing.
        if (this.#state === 'open') answers.append(encodeHixieText(event.payload));
        continue;
      }
      if (event.type === 'text') this.#log('hixie-utf8', 'ended: a text is not UTF-8');
      if (event.type === 'too-long')
        this.#log('hixie-too-long', `ended: a text is longer than ${this.#options.limits.maxMessageBytes} bytes`);
      if (answers.length > 0) this.#transport.write(answers.take());
      // Both the answer to the client's close, and the news that its text cannot be read.
      if (this.#state === 'open' && this.#options.draft === 'hixie-76') this.#transport.write(HIXIE_CLOSE.slice());
      this.#end();
      return;
    }
    if (answers.length > 0) this.#transport.write(answers.take());
  }

  #end(): void {
    if (this.#state === 'ended' || this.#state === 'gone') return;
    this.#reader.end();
    this.#enter('ended');
    this.#transport.end();
  }

  #enter(state: State): void {
    this.#state = state;
    this.#sinceMs = Math.trunc(performance.now());
  }

  #count(): void {
    if (this.#state === 'gone') return;
    this.#options.budget.hold(this, this.#reader.heldBytes + this.#transport.waitingBytes);
  }

  #log(kind: string, what: string): void {
    const { id, draft, log } = this.#options;
    log?.(kind, `#${id} ${this.#transport.remote} ${draft}: ${what}`);
  }
}

const NOTHING = new Uint8Array(0);
