import type { Transport } from '../../companion/polling.ts';
import type { PollingResult } from '../../lab/polling/result.ts';

/** A line that leans: it leaves one side at one time, and arrives at the other side later. */
export interface LaneArrow {
  readonly kind: 'request' | 'message' | 'empty';
  readonly from: 'client' | 'server';
  readonly sentMs: number;
  readonly arrivesMs: number;
  /** The number of events that it carries. */
  readonly count: number;
}

/** Something that waits at the server: an event for a request, or a request for an event. */
export interface LaneWait {
  readonly kind: 'event' | 'request';
  readonly fromMs: number;
  readonly toMs: number;
}

/** What is drawn of one transport. Lines that leave the window are drawn whole, and cut by it. */
export interface Lane {
  readonly arrows: readonly LaneArrow[];
  readonly waits: readonly LaneWait[];
  readonly eventsMs: readonly number[];
}

/** The width of the window in ms: a few events and a few ways. */
export function windowOf({ settings }: PollingResult): number {
  const { delayMs, everyMs, pollMs } = settings;
  return Math.max(5 * everyMs, 6 * delayMs, 2 * pollMs + 4 * delayMs, 200);
}

/** The end of the run. */
export function endOf({ transports }: PollingResult): number {
  return Math.max(
    ...Object.values(transports).flatMap(({ exchanges }) => exchanges.map(({ receivedMs }) => receivedMs)),
  );
}

export function laneOf(result: PollingResult, name: Transport, startMs: number, endMs: number): Lane {
  const isSeen = (fromMs: number, toMs: number) => toMs >= startMs && fromMs <= endMs;
  const { exchanges } = result.transports[name];
  const arrows: LaneArrow[] = [];
  const waits: LaneWait[] = [];
  for (const { askedMs, arrivedMs, answeredMs, receivedMs, first, count } of exchanges) {
    if (askedMs !== undefined && arrivedMs !== undefined) {
      arrows.push({ kind: 'request', from: 'client', sentMs: askedMs, arrivesMs: arrivedMs, count: 0 });
      waits.push({ kind: 'request', fromMs: arrivedMs, toMs: answeredMs });
    }
    arrows.push({
      kind: count > 0 ? 'message' : 'empty',
      from: 'server',
      sentMs: answeredMs,
      arrivesMs: receivedMs,
      count,
    });
    for (const ms of result.eventsMs.slice(first, first + count))
      waits.push({ kind: 'event', fromMs: ms, toMs: answeredMs });
  }
  return {
    arrows: arrows.filter(({ sentMs, arrivesMs }) => isSeen(sentMs, arrivesMs)),
    // What takes no time is no wait.
    waits: waits.filter(({ fromMs, toMs }) => toMs - fromMs >= 1 && isSeen(fromMs, toMs)),
    eventsMs: result.eventsMs.filter((ms) => isSeen(ms, ms)),
  };
}
