import type { BothWays, PollingSettings, Transport } from '../../companion/polling.ts';
import { type Exchange, forEachTransport, latenciesOf, type PollingResult } from './result.ts';
import { answerText, EVENT_BYTES, eventTimes, streamedText } from './schedule.ts';

/** The heads of one transport, in bytes and in header fields; `up` is the request, `down` the response. */
export interface Heads {
  readonly bytes: BothWays;
  readonly fields: BothWays;
}

/** The lengths that Chromium 153 and the companion gave them, over plain HTTP on localhost. */
export const RECORDED_HEADS: Readonly<Record<Transport, Heads>> = {
  polling: { bytes: { up: 548, down: 342 }, fields: { up: 13, down: 7 } },
  'long-polling': { bytes: { up: 553, down: 342 }, fields: { up: 13, down: 7 } },
  events: { bytes: { up: 561, down: 357 }, fields: { up: 13, down: 6 } },
  websocket: { bytes: { up: 524, down: 129 }, fields: { up: 0, down: 0 } },
};

/**
 * A run over a network that has a delay and nothing else: every way takes exactly that long, and the computers take no
 * time.
 */
export function simulatePolling(settings: PollingSettings, heads = RECORDED_HEADS): PollingResult {
  const eventsMs = eventTimes(settings);
  const exchanges: Record<Transport, readonly Exchange[]> = {
    polling: poll(settings, eventsMs),
    'long-polling': longPoll(settings, eventsMs),
    events: push(settings, eventsMs),
    websocket: push(settings, eventsMs),
  };
  return {
    settings,
    eventsMs,
    transports: forEachTransport((name) => ({
      ...costOf(name, exchanges[name], heads[name]),
      payloadBytes: eventsMs.length * EVENT_BYTES,
      exchanges: exchanges[name],
      latenciesMs: latenciesOf(exchanges[name], eventsMs),
    })),
  };
}

/** The first request reaches the server when everything is open, just before the first event. */
function poll({ delayMs, pollMs }: PollingSettings, eventsMs: readonly number[]): Exchange[] {
  const exchanges = [answered(0 - delayMs, 0, delayMs, 0, 0)];
  for (let has = 0; has < eventsMs.length; ) {
    const askedMs = (exchanges.at(-1)?.receivedMs ?? 0) + pollMs;
    const arrivedMs = askedMs + delayMs;
    const count = eventsMs.filter((ms) => ms <= arrivedMs).length - has;
    exchanges.push(answered(askedMs, arrivedMs, delayMs, has, count));
    has += count;
  }
  return exchanges;
}

function longPoll({ delayMs }: PollingSettings, eventsMs: readonly number[]): Exchange[] {
  const exchanges: Exchange[] = [];
  let askedMs = 0 - delayMs;
  for (let has = 0; has < eventsMs.length; ) {
    const arrivedMs = askedMs + delayMs;
    const answeredMs = Math.max(arrivedMs, eventsMs[has] as number);
    const count = eventsMs.filter((ms) => ms <= answeredMs).length - has;
    exchanges.push({ ...answered(askedMs, answeredMs, delayMs, has, count), arrivedMs });
    has += count;
    askedMs = answeredMs + delayMs;
  }
  return exchanges;
}

function push({ delayMs }: PollingSettings, eventsMs: readonly number[]): Exchange[] {
  return eventsMs.map((ms, index) => ({ ...answered(undefined, ms, delayMs, index, 1), arrivedMs: undefined }));
}

function answered(askedMs: number | undefined, ms: number, delayMs: number, first: number, count: number): Exchange {
  return { askedMs, arrivedMs: ms, answeredMs: ms, receivedMs: ms + delayMs, first, count };
}

const CRLF = 2;
/** RFC 6455 §5.2: a short frame of the server has two bytes before its payload. */
const FRAME_HEADER = 2;

function costOf(name: Transport, exchanges: readonly Exchange[], { bytes, fields }: Heads) {
  const isAsked = name === 'polling' || name === 'long-polling';
  const requests = isAsked ? exchanges.length : 1;
  const all = { up: requests * fields.up, down: requests * fields.down };
  if (!isAsked) {
    const down = exchanges.reduce((sum, { first }) => sum + pushedBytes(name, first), 0);
    return { opening: bytes, bytes: { up: 0, down }, requests: name === 'events' ? 1 : 0, fields: all };
  }
  const bodies = exchanges.reduce((sum, { first, count }) => sum + answerText(first, count).length, 0);
  const sum = { up: requests * bytes.up, down: requests * bytes.down + bodies };
  return { opening: { up: 0, down: 0 }, bytes: sum, requests, fields: all };
}

/** A stream of events is sent in chunks, each with its length in hex. RFC 9112 §7.1. */
function pushedBytes(name: Transport, index: number): number {
  if (name === 'websocket') return FRAME_HEADER + EVENT_BYTES;
  const { length } = streamedText(index);
  return length.toString(16).length + CRLF + length + CRLF;
}
