import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { POLLING_BOUNDS, TRANSPORTS } from '../../companion/polling.ts';
import { simulatePolling } from '../../lab/polling/simulate.ts';
import { endOf, laneOf, windowOf } from './lanes.ts';
import {
  announceRun,
  clampSettings,
  describeRun,
  INITIAL_LAB,
  type LabState,
  lastStart,
  presentClaims,
  presentRows,
  reduceLab,
} from './model.ts';
import { bandwidthOf, formatBytes, overheadOf } from './overhead.ts';
import { STRIP_ROWS, stripOf, summarize, ticksTo } from './statistics.ts';

const within = (name: keyof typeof POLLING_BOUNDS) => fc.integer(POLLING_BOUNDS[name]);
const anySettings = fc.record({ delayMs: within('delayMs'), everyMs: within('everyMs'), pollMs: within('pollMs') });
const anyLayers = fc.record({ http2: fc.boolean(), tls: fc.boolean(), tcp: fc.boolean() });
const NONE = { http2: false, tls: false, tcp: false };
const HEADS = { bytes: { up: 571, down: 300 }, fields: { up: 12, down: 7 } };
/** 871 bytes for a request and its response: the lengths of the article that made the claim. */
const CLAIMED = { polling: HEADS, 'long-polling': HEADS, events: HEADS, websocket: HEADS };

describe('what an event costs', () => {
  test('with 871 bytes of heads, a frame has 1 in 436 of them', () => {
    const run = simulatePolling({ delayMs: 0, everyMs: 1000, pollMs: 1000 }, CLAIMED);
    // Each event has a request of its own.
    expect(overheadOf(run, 'long-polling', NONE)).toMatchObject({ perEvent: 871, perExchange: 871 });
    expect(overheadOf(run, 'websocket', NONE)).toMatchObject({ perEvent: 2, perExchange: 2 });
    expect(overheadOf(run, 'events', NONE).perEvent).toBe(14);
  });

  test('polls share their heads out over the events that they carry, and pay for those that carry none', () => {
    const often = simulatePolling({ delayMs: 0, everyMs: 20, pollMs: 1000 }, CLAIMED);
    expect(overheadOf(often, 'polling', NONE).perEvent).toBeLessThan(100);
    const seldom = simulatePolling({ delayMs: 0, everyMs: 1000, pollMs: 100 }, CLAIMED);
    expect(overheadOf(seldom, 'polling', NONE).perEvent).toBeGreaterThan(5 * 871);
  });

  test('TLS adds a record for each write, TCP and IP a packet for each and one more', () => {
    const run = simulatePolling({ delayMs: 0, everyMs: 1000, pollMs: 1000 }, CLAIMED);
    const added = (name: (typeof TRANSPORTS)[number], layers: Partial<typeof NONE>) =>
      overheadOf(run, name, { ...NONE, ...layers }).perExchange - overheadOf(run, name, NONE).perExchange;
    expect(added('long-polling', { tls: true })).toBeCloseTo(44);
    expect(added('websocket', { tls: true })).toBeCloseTo(22);
    expect(added('long-polling', { tcp: true })).toBeCloseTo(120);
    expect(added('websocket', { tcp: true })).toBeCloseTo(80);
  });

  test('HTTP/2 makes a repeated header one byte, and a message cost a header of a frame more', () => {
    const run = simulatePolling({ delayMs: 0, everyMs: 1000, pollMs: 1000 }, CLAIMED);
    const http2 = { ...NONE, http2: true };
    expect(overheadOf(run, 'long-polling', http2).perExchange).toBeCloseTo(12 + 7 + 5 + 27);
    expect(overheadOf(run, 'websocket', http2).perExchange).toBeCloseTo(11);
  });

  test('whatever is counted, no exchange is cheaper than a frame, and every bar fits', () => {
    fc.assert(
      fc.property(anySettings, anyLayers, (settings, layers) => {
        const result = simulatePolling(settings);
        const rows = presentRows({ ...INITIAL_LAB, result, layers });
        expect(rows.map(({ transport }) => transport)).toEqual([...TRANSPORTS]);
        expect(Math.max(...rows.map(({ share }) => share))).toBe(1);
        const frame = overheadOf(result, 'websocket', layers).perExchange;
        for (const name of TRANSPORTS)
          expect(overheadOf(result, name, layers).perExchange).toBeGreaterThanOrEqual(frame);
      }),
    );
  });
});

describe('for many clients', () => {
  const run = simulatePolling({ delayMs: 50, everyMs: 1000, pollMs: 900 }, CLAIMED);

  test('polling asks at its own pace, the others when there is a message', () => {
    const at = (name: (typeof TRANSPORTS)[number], rate: number) => bandwidthOf(run, name, NONE, { clients: 1, rate });
    expect(at('polling', 0)).toBeCloseTo(871, 0);
    expect(at('websocket', 0)).toBe(0);
    expect(at('websocket', 3)).toBe(66);
    expect(at('long-polling', 1)).toBeCloseTo(891);
    // It cannot ask more often than there and back.
    expect(at('long-polling', 20)).toBeCloseTo(10 * 871 + 20 * 20);
  });

  test('a thousand clients take a thousand times as much', () => {
    for (const name of TRANSPORTS) {
      const one = bandwidthOf(run, name, NONE, { clients: 1, rate: 2 });
      expect(bandwidthOf(run, name, NONE, { clients: 1000, rate: 2 })).toBeCloseTo(1000 * one);
    }
  });

  test.each([
    [0, '0 bytes'],
    [22, '22 bytes'],
    [999, '999 bytes'],
    [1000, '1.0 kB'],
    [9960, '10 kB'],
    [999_600, '1.0 MB'],
    [8_710_000, '8.7 MB'],
    [2.5e13, '25 TB'],
  ])('%d bytes are %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));
});

describe('how long events took', () => {
  test('is told by the shortest, the median, the mean and the longest', () => {
    expect(summarize([30, 10, 20])).toEqual({ shortest: 10, median: 20, mean: 20, longest: 30 });
    expect(summarize([10, 20, 30, 100])).toMatchObject({ median: 25, mean: 40 });
  });

  test('equal dots lie above each other, as many as there is room for', () => {
    expect(stripOf([50, 50, 50.1, 90], 100)).toEqual([
      { ms: 50, row: 0 },
      { ms: 50, row: 1 },
      { ms: 50.1, row: 2 },
      { ms: 90, row: 0 },
    ]);
    expect(Math.max(...stripOf(Array(60).fill(50), 100).map(({ row }) => row))).toBe(STRIP_ROWS - 1);
  });

  test('an axis has round times, and not too many', () => {
    expect(ticksTo(155)).toEqual([0, 50, 100, 150]);
    expect(ticksTo(1300, 250)).toEqual([400, 600, 800, 1000, 1200]);
    for (const end of [10, 60, 700, 6200, 16_000]) expect(ticksTo(end).length).toBeLessThanOrEqual(9);
  });
});

describe('the two clocks', () => {
  test('whatever part is shown, each event in it is drawn, and a pushed one never waits', () => {
    fc.assert(
      fc.property(anySettings, fc.double({ min: 0, max: 1, noNaN: true }), (settings, part) => {
        const result = simulatePolling(settings);
        const startMs = Math.round(part * lastStart(result));
        const endMs = startMs + windowOf(result);
        const pushed = laneOf(result, 'websocket', startMs, endMs);
        expect(pushed.waits).toEqual([]);
        expect(pushed.eventsMs).toEqual(result.eventsMs.filter((ms) => ms >= startMs && ms <= endMs));
        expect(laneOf(result, 'polling', startMs, endMs).eventsMs).toEqual(pushed.eventsMs);
      }),
    );
  });

  test('in the whole run, every event is on one arrow, and its wait ends where the arrow starts', () => {
    fc.assert(
      fc.property(anySettings, (settings) => {
        const result = simulatePolling(settings);
        for (const name of ['polling', 'long-polling'] as const) {
          const { arrows, waits } = laneOf(result, name, Number.NEGATIVE_INFINITY, endOf(result));
          expect(arrows.reduce((sum, { count }) => sum + count, 0)).toBe(result.eventsMs.length);
          const starts = new Set(arrows.filter(({ count }) => count > 0).map(({ sentMs }) => sentMs));
          for (const { kind, toMs } of waits) if (kind === 'event') expect(starts).toContain(toMs);
        }
      }),
    );
  });

  test('a long poll waits for an event, a poll does not', () => {
    const result = simulatePolling({ delayMs: 50, everyMs: 1000, pollMs: 500 });
    const kinds = (name: 'polling' | 'long-polling') =>
      new Set(laneOf(result, name, 0, endOf(result)).waits.map(({ kind }) => kind));
    expect(kinds('long-polling')).toEqual(new Set(['request']));
    expect(kinds('polling')).toEqual(new Set(['event']));
  });
});

describe('the claims', () => {
  const claimsOf = (state: Partial<LabState>) => presentClaims({ ...INITIAL_LAB, ...state }).map(({ own }) => own);

  test('with the heads of the article, 436:1; with events that come fast and 50 ms, 3:1 at worst', () => {
    const slow = simulatePolling({ delayMs: 50, everyMs: 1000, pollMs: 500 }, CLAIMED);
    const [headers = '', cookies = ''] = claimsOf({ result: slow });
    const [, , delay = ''] = claimsOf({ result: simulatePolling({ delayMs: 50, everyMs: 20, pollMs: 500 }) });
    expect(headers).toContain('436:1: 871 bytes for a request and its answer, 2 for a frame');
    expect(cookies).toContain('1,129 bytes');
    expect(delay).toMatch(/2\.[89]:1 at worst: 14\d ms instead of 50/);
  });

  test('events that are rarer than a way there and back take the same time', () => {
    const [, , delay] = claimsOf({ result: simulatePolling({ delayMs: 50, everyMs: 1000, pollMs: 500 }) });
    expect(delay).toContain('1.0:1 on average, 1.0:1 at worst');
  });

  test('what is computed is named', () => {
    expect(claimsOf({ layers: { http2: true, tls: true, tcp: true } })[0]).toContain('with HTTP/2, TLS, TCP and IP');
  });
});

describe('the figure', () => {
  test('shows an example, then a run, and says which', () => {
    expect(describeRun(INITIAL_LAB)).toMatch(/^A worked example: 40 events, one every 150 ms/);
    const running = reduceLab(INITIAL_LAB, { type: 'start' });
    expect(announceRun(running)).toBe('The run is going on.');
    const result = simulatePolling({ delayMs: 10, everyMs: 20, pollMs: 30 });
    const came = reduceLab(running, { type: 'came', events: 3 });
    expect(came.came).toBe(3);
    const done = reduceLab(came, { type: 'done', result });
    expect(describeRun(done)).toMatch(/^Measured at the companion’s sockets: 60 events/);
    expect(announceRun(done)).toContain('WebSocket: 2 bytes of overhead and 10 ms.');
  });

  test('a run that was stopped tells nothing more', () => {
    const stopped = reduceLab(reduceLab(INITIAL_LAB, { type: 'start' }), { type: 'stop' });
    expect(stopped).toMatchObject({ phase: 'ready', problem: 'You stopped the run.', origin: 'example' });
    const result = simulatePolling(INITIAL_LAB.settings);
    expect(reduceLab(stopped, { type: 'done', result })).toBe(stopped);
    expect(reduceLab(stopped, { type: 'fail', sentence: 'x' })).toBe(stopped);
    expect(reduceLab(stopped, { type: 'came', events: 1 })).toBe(stopped);
  });

  test('without a companion, settings are simulated at once; with one they wait for the next run', () => {
    const settings = { delayMs: 100, everyMs: 500, pollMs: 1000 };
    const simulated = reduceLab(INITIAL_LAB, { type: 'settings', settings, simulates: true });
    expect(simulated).toMatchObject({ origin: 'simulated', result: { settings } });
    const live = reduceLab(INITIAL_LAB, { type: 'settings', settings, simulates: false });
    expect(live).toMatchObject({ origin: 'example', settings, result: INITIAL_LAB.result });
  });

  test('settings stay within what the companion takes', () => {
    expect(clampSettings({ delayMs: -1, everyMs: 1, pollMs: 99_999 })).toEqual({
      delayMs: 0,
      everyMs: 20,
      pollMs: 3000,
    });
    expect(reduceLab(INITIAL_LAB, { type: 'from', ms: 1e9 }).fromMs).toBe(lastStart(INITIAL_LAB.result));
  });
});
