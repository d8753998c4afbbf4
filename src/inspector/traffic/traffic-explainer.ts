import { bytesOfHex, formatHex } from '../../bytes/hex.ts';
import { decodeCloseBody } from '../../protocol/closing/close-body.ts';
import { ABNORMAL_CLOSURE } from '../../protocol/closing/status-codes.ts';
import { OPCODE } from '../../protocol/framing/opcode.ts';
import { decodeText } from '../../text/utf8.ts';
import { createEndingFinder } from '../endings/create-ending-finder.ts';
import type { Ending, EndingFinder } from '../endings/ending.ts';
import { PROBABLY_DEFLATE, readDeflateAgreement, watchAnswer } from '../formats/read-agreement.ts';
import { beginsWithFrames } from '../wire/begins-with-frames.ts';
import { ConnectionObserver, type ObserverOptions } from '../wire/observer.ts';
import { type Direction, SCHEMA_VERSION, type WireFrame, type WireMessage } from '../wire/wire.ts';
import type { TrafficEvent, TrafficOpen } from './traffic.ts';

/** What a recording shows, explained: the messages of the tap, and those that only recordings have. */
export type TrafficMessage = WireMessage | FieldsMessage | WholeMessage | Ending | Remark;

/** The head of a request or response in HTTP/2, in place of a `handshake`. */
export interface FieldsMessage {
  readonly type: 'fields';
  readonly connection: number;
  readonly direction: Direction;
  readonly timeMs: number;
  readonly fields: readonly (readonly [name: string, value: string])[];
}

/** A message of a recording that holds no frames. */
export interface WholeMessage {
  readonly type: 'message';
  readonly connection: number;
  readonly direction: Direction;
  readonly timeMs: number;
  readonly opcode: number;
  readonly byteLength: number;
  readonly payload: { readonly hex: string; readonly text?: string };
  /** Whether `payload` is only a part. */
  readonly truncated: boolean;
  /** What is uncertain about it, one sentence. */
  readonly note?: string;
}

/** A remark for the reader. */
export interface Remark {
  readonly type: 'note';
  readonly connection?: number;
  readonly sentence: string;
}

const MAX_SHOWN_BYTES = 64 * 1024;

/** One connection while it is read. */
interface Followed {
  readonly observer: ConnectionObserver;
  readonly finder: EndingFinder;
  /** The time of its first event that has one. */
  startMs: number | undefined;
  readonly ended: Set<Direction>;
  readonly closes: { in?: ReturnType<typeof closeOf>; out?: ReturnType<typeof closeOf> };
  lastMs: number;
  hasBytes: boolean;
  /** Whether the recording has whole messages: then it has no close frames, and says nothing about them. */
  hasMessages: boolean;
}

/**
 * Turns the events of a recording into the messages of the tap, and ends each connection with its ending. Its memory does not
 * grow with the connections that have ended.
 */
export class TrafficExplainer {
  readonly #followed = new Map<number, Followed>();
  readonly #isExcerpt: boolean;
  readonly #later: Pick<ObserverOptions, 'explain' | 'messageOf'> | undefined;

  /**
   * @param isExcerpt whether the events are of bytes that somebody copied, and not of a recording
   * @param later explains ordinary frames only when they are read
   */
  constructor(isExcerpt = false, later?: Pick<ObserverOptions, 'explain' | 'messageOf'>) {
    this.#later = later;
    this.#isExcerpt = isExcerpt;
  }

  *take(event: TrafficEvent): Generator<TrafficMessage, void, undefined> {
    switch (event.kind) {
      case 'note': {
        const { connection, sentence } = event;
        yield { type: 'note', ...(connection !== undefined && { connection }), sentence };
        return;
      }
      case 'refused':
        yield { type: 'note', sentence: event.sentence };
        return;
      case 'open':
        yield* this.#open(event);
        return;
    }
    const followed = event.connection === undefined ? undefined : this.#followed.get(event.connection);
    if (followed === undefined) return;
    followed.startMs ??= event.timeMs;
    const { startMs = 0 } = followed;
    const timeMs = event.timeMs === undefined ? followed.lastMs : Math.max(0, round(event.timeMs - startMs));
    followed.lastMs = timeMs;
    switch (event.kind) {
      case 'fields': {
        const { connection, direction, fields } = event;
        yield { type: 'fields', connection, direction, timeMs, fields };
        if (direction === 'out') {
          const answer = fields.find(([name]) => name === 'sec-websocket-extensions')?.[1];
          followed.observer.beginWithFrames(answer === undefined ? undefined : watchAnswer(answer));
        }
        return;
      }
      case 'bytes':
        followed.hasBytes = true;
        yield* this.#told(followed, followed.observer.messagesOf(event.direction, event.bytes, timeMs));
        return;
      case 'gap':
        followed.finder.gap();
        yield* this.#told(followed, followed.observer.gap(event.direction, event.byteLength, timeMs));
        return;
      case 'message': {
        const { connection, direction, opcode, payload, note } = event;
        const { length: byteLength } = payload;
        followed.hasMessages = true;
        followed.finder.take({
          type: 'message',
          connection,
          direction,
          timeMs: event.timeMs && timeMs,
          opcode,
          byteLength,
        });
        const shown = payload.subarray(0, MAX_SHOWN_BYTES);
        const text = opcode === OPCODE.text ? decodeText(shown) : undefined;
        yield {
          type: 'message',
          connection,
          direction,
          timeMs,
          opcode,
          byteLength,
          payload: { hex: formatHex(shown), ...(text !== undefined && { text }) },
          truncated: shown.length < byteLength,
          ...(note !== undefined && { note }),
        };
        return;
      }
      case 'end': {
        const { connection, direction, how } = event;
        followed.finder.take({ type: 'tcp', connection, direction, timeMs: event.timeMs && timeMs, how });
        if (how === 'RST' || direction === undefined)
          for (const each of ['in', 'out'] as const) followed.ended.add(each);
        else followed.ended.add(direction);
        if (followed.ended.size === 2) yield* this.#close(connection, followed);
        return;
      }
    }
  }

  /** The recording has ended: tells the ending of each connection that has not ended in it. */
  *end(): Generator<TrafficMessage, void, undefined> {
    for (const [connection, followed] of this.#followed) {
      yield* this.#told(followed, followed.observer.withoutResponse(followed.lastMs));
      // TCP has not ended, so nothing is closed.
      const rest = followed.observer.close(followed.lastMs, NOT_CLOSED).filter(({ type }) => type !== 'close');
      yield* this.#told(followed, rest);
      this.#followed.delete(connection);
      yield { ...followed.finder.ending(), connection };
    }
  }

  *#open({
    connection,
    timeMs,
    client = '',
    url = '',
    begins,
  }: TrafficOpen): Generator<TrafficMessage, void, undefined> {
    const path = pathOf(url);
    const followed: Followed = {
      observer: new ConnectionObserver({
        connection,
        path,
        remote: client,
        limits: UNLIMITED,
        readAgreement: readDeflateAgreement,
        ifUnknown: PROBABLY_DEFLATE,
        findFrames: beginsWithFrames,
        ...this.#later,
      }),
      finder: createEndingFinder(connection, this.#isExcerpt),
      startMs: timeMs,
      ended: new Set(),
      closes: {},
      lastMs: 0,
      hasBytes: false,
      hasMessages: false,
    };
    if (begins !== undefined) followed.observer.beginWithoutHandshake(begins === 'frames');
    this.#followed.set(connection, followed);
    yield* this.#told(followed, [
      { type: 'open', schema: SCHEMA_VERSION, connection, timeMs: 0, path, remote: client },
    ]);
  }

  *#told(followed: Followed, messages: Iterable<WireMessage>): Generator<WireMessage, void, undefined> {
    for (const message of messages) {
      followed.finder.take(message);
      if (message.type === 'frame' && message.opcode === OPCODE.close)
        followed.closes[message.direction] ??= closeOf(message);
      yield message;
    }
  }

  *#close(connection: number, followed: Followed): Generator<TrafficMessage, void, undefined> {
    const { closes, observer, finder, lastMs } = followed;
    const { code = ABNORMAL_CLOSURE, reason = '' } = closes.in ?? {};
    const clean = closes.in !== undefined && closes.out !== undefined;
    yield* this.#told(followed, observer.withoutResponse(lastMs));
    if (followed.hasBytes && !followed.hasMessages)
      yield* this.#told(followed, observer.close(lastMs, { closeCode: code, reason, clean }));
    this.#followed.delete(connection);
    yield { ...finder.ending(), connection };
  }
}

const UNLIMITED = { maxMessageBytes: Number.POSITIVE_INFINITY, maxFragments: Number.POSITIVE_INFINITY };

const NOT_CLOSED = { closeCode: ABNORMAL_CLOSURE, reason: '', clean: false };

function closeOf({ payload }: WireFrame): { readonly code: number; readonly reason: string } {
  const { closeCode, reason } = decodeCloseBody(bytesOfHex(payload.hex));
  return { code: closeCode, reason };
}

function pathOf(url: string): string {
  const target = /^[a-z]+:\/\/[^/?#]*(.*)$/i.exec(url)?.[1] ?? url;
  return target.replace(/[?#].*$/s, '') || (url === '' ? '' : '/');
}

/** To a microsecond: what a capture has. */
function round(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
