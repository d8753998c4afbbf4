import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { POLLING_BOUNDS, type PollingSettings, TRANSPORTS } from '../../companion/polling.ts';
import { clockAhead, joinResult, type PollingResult } from './result.ts';
import { EVENT_BYTES } from './schedule.ts';
import { simulatePolling } from './simulate.ts';

const within = (name: keyof PollingSettings) => fc.integer(POLLING_BOUNDS[name]);
const anySettings = fc.record({ delayMs: within('delayMs'), everyMs: within('everyMs'), pollMs: within('pollMs') });

const longest = (latencies: readonly number[]) => Math.max(...latencies);

describe('a simulated run', () => {
  test('delivers each event once and in order, over each transport, and never before a way', () => {
    fc.assert(
      fc.property(anySettings, (settings) => {
        const { eventsMs, transports } = simulatePolling(settings);
        for (const name of TRANSPORTS) {
          const { exchanges, latenciesMs } = transports[name];
          const carried = exchanges.flatMap(({ first, count }) => Array.from({ length: count }, (_, i) => first + i));
          expect(carried).toEqual(eventsMs.map((_, index) => index));
          expect(latenciesMs).toHaveLength(eventsMs.length);
          expect(Math.min(...latenciesMs)).toBeGreaterThanOrEqual(settings.delayMs);
        }
      }),
    );
  });

  test('a pushed event takes one way, a long poll three at most, a poll those and the interval', () => {
    fc.assert(
      fc.property(anySettings, (settings) => {
        const { transports } = simulatePolling(settings);
        const { delayMs, pollMs } = settings;
        for (const name of ['events', 'websocket'] as const)
          expect(transports[name].latenciesMs.every((ms) => ms === delayMs)).toBe(true);
        expect(longest(transports['long-polling'].latenciesMs)).toBeLessThanOrEqual(3 * delayMs);
        expect(longest(transports.polling.latenciesMs)).toBeLessThanOrEqual(3 * delayMs + pollMs);
      }),
    );
  });

  test('events that come close together wait three ways for a long poll', () => {
    const { transports } = simulatePolling({ delayMs: 50, everyMs: 20, pollMs: 10 });
    expect(longest(transports['long-polling'].latenciesMs)).toBeGreaterThan(140);
  });

  test('a frame costs two bytes, a streamed event fourteen, and every request both its heads', () => {
    fc.assert(
      fc.property(anySettings, (settings) => {
        const heads = { bytes: { up: 700, down: 300 }, fields: { up: 12, down: 7 } };
        const all = { polling: heads, 'long-polling': heads, events: heads, websocket: heads };
        const { eventsMs, transports } = simulatePolling(settings, all);
        const over = (name: keyof typeof all) =>
          transports[name].bytes.up + transports[name].bytes.down - eventsMs.length * EVENT_BYTES;
        expect(over('websocket')).toBe(2 * eventsMs.length);
        expect(over('events')).toBe(14 * eventsMs.length);
        for (const name of ['polling', 'long-polling'] as const) {
          const { requests, exchanges } = transports[name];
          expect(requests).toBe(exchanges.length);
          // Between two events in one answer is a line break.
          const breaks = exchanges.reduce((sum, { count }) => sum + Math.max(count - 1, 0), 0);
          expect(over(name)).toBe(1000 * requests + breaks);
        }
      }),
    );
  });
});

describe('a run that was measured', () => {
  /** What a server and a page with another clock would have noted of a simulated run. */
  function noted({ eventsMs, transports }: PollingResult, serverStartMs: number, aheadMs: number) {
    const report = {
      eventsMs: eventsMs.map((ms) => ms + serverStartMs),
      transports: Object.fromEntries(
        TRANSPORTS.map((name) => {
          const { exchanges, latenciesMs: _, ...counted } = transports[name];
          const answers = exchanges.map(({ arrivedMs, answeredMs, first, count }) => ({
            arrivedMs: arrivedMs === undefined ? undefined : arrivedMs + serverStartMs,
            answeredMs: answeredMs + serverStartMs,
            first,
            count,
          }));
          return [name, { ...counted, answers }];
        }),
      ) as never,
    };
    const onPage = (ms: number) => ms + serverStartMs - aheadMs;
    const heard = Object.fromEntries(
      TRANSPORTS.map((name) => [
        name,
        transports[name].exchanges.map(({ askedMs, receivedMs, count }) => ({
          askedMs: askedMs === undefined ? undefined : onPage(askedMs),
          receivedMs: onPage(receivedMs),
          count,
        })),
      ]),
    ) as never;
    return { report, heard };
  }

  test('is joined from both sides, whatever their clocks say', () => {
    fc.assert(
      fc.property(
        anySettings,
        fc.integer({ min: 0, max: 1e6 }),
        fc.integer({ min: -1e6, max: 1e6 }),
        (settings, start, ahead) => {
          const run = simulatePolling(settings);
          const { report, heard } = noted(run, start, ahead);
          expect(joinResult(settings, report, heard, ahead)).toEqual(run);
        },
      ),
    );
  });

  test('the fastest of several tries tells how far apart the clocks are', () => {
    const tries = [
      { askedMs: 0, serverMs: 109, answeredMs: 10 },
      { askedMs: 20, serverMs: 121.5, answeredMs: 21 },
      { askedMs: 30, serverMs: 130, answeredMs: 35 },
    ];
    expect(clockAhead(tries)).toBe(101);
    expect(clockAhead([])).toBe(0);
  });
});
