import {
  type PollingReport,
  type PollingSettings,
  TRANSPORTS,
  type Transport,
  type TransportReport,
} from '../../companion/polling.ts';

/** One answer, or one event that the server sent by itself: where it was when, in ms from the first event. */
export interface Exchange {
  /** When the page asked, and when the request reached the server; undefined if nobody asked. */
  readonly askedMs: number | undefined;
  readonly arrivedMs: number | undefined;
  /** When the server sent it, and when the page had it. */
  readonly answeredMs: number;
  readonly receivedMs: number;
  /** The number of the first event that it carries, counted from 0, and how many it carries. */
  readonly first: number;
  readonly count: number;
}

/** How one transport did: what it cost, and how long each event took. */
export interface TransportResult extends Omit<TransportReport, 'answers'> {
  readonly exchanges: readonly Exchange[];
  /** For each event, the time from when it happened to when the page had it. */
  readonly latenciesMs: readonly number[];
}

/** One run, as the page and the server saw it. */
export interface PollingResult {
  readonly settings: PollingSettings;
  /** When each event happened, in ms from the first one. */
  readonly eventsMs: readonly number[];
  readonly transports: Readonly<Record<Transport, TransportResult>>;
}

/** What a page noted of an answer, or of an event that came by itself; on the page's clock. */
export interface Heard {
  readonly askedMs: number | undefined;
  readonly receivedMs: number;
  readonly count: number;
}

/** @param of makes one value for each transport */
export function forEachTransport<T>(of: (transport: Transport) => T): Record<Transport, T> {
  return Object.fromEntries(TRANSPORTS.map((name) => [name, of(name)])) as Record<Transport, T>;
}

/**
 * Joins what the server counted with what the page noted.
 *
 * @param heard what came to the page over each transport, in order
 * @param aheadMs how far the server's clock is ahead of the page's
 */
export function joinResult(
  settings: PollingSettings,
  { eventsMs, transports }: PollingReport,
  heard: Readonly<Record<Transport, readonly Heard[]>>,
  aheadMs: number,
): PollingResult {
  const startMs = eventsMs[0] ?? 0;
  const onServer = (ms: number) => ms - startMs;
  const onPage = (ms: number) => ms + aheadMs - startMs;
  const happened = eventsMs.map(onServer);
  return {
    settings,
    eventsMs: happened,
    transports: forEachTransport((name) => {
      const { answers, ...counted } = transports[name];
      const exchanges = heard[name].flatMap(({ askedMs, receivedMs }, index): Exchange[] => {
        const answer = answers[index];
        if (answer === undefined) return [];
        return [
          {
            askedMs: askedMs === undefined ? undefined : onPage(askedMs),
            arrivedMs: answer.arrivedMs === undefined ? undefined : onServer(answer.arrivedMs),
            answeredMs: onServer(answer.answeredMs),
            receivedMs: onPage(receivedMs),
            first: answer.first,
            count: answer.count,
          },
        ];
      });
      return { ...counted, exchanges, latenciesMs: latenciesOf(exchanges, happened) };
    }),
  };
}

/** How long each event took, in the order of the events. */
export function latenciesOf(exchanges: readonly Exchange[], eventsMs: readonly number[]): number[] {
  return exchanges.flatMap(({ receivedMs, first, count }) =>
    eventsMs.slice(first, first + count).map((ms) => receivedMs - ms),
  );
}

/** A try to compare two clocks: when the page asked, what the server said, and when the page had the answer. */
export interface ClockTry {
  readonly askedMs: number;
  readonly serverMs: number;
  readonly answeredMs: number;
}

/** How far the server's clock is ahead. The fastest try is the best: the answer was made in the middle of it. */
export function clockAhead(tries: readonly ClockTry[]): number {
  const [best] = tries.toSorted((a, b) => a.answeredMs - a.askedMs - (b.answeredMs - b.askedMs));
  return best === undefined ? 0 : best.serverMs - (best.askedMs + best.answeredMs) / 2;
}
