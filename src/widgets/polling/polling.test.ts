import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exampleEcho } from '../base/life/example-life.ts';
import { longPolling, messageTimes, pushing } from '../base/polling-cost/delay.ts';
import { costOf, formatRatio, frameHeaderLength } from '../base/polling-cost/overhead.ts';
import { EXAMPLE_HEADS, headsOf } from './heads.ts';
import { laneOf, ticksOf } from './lane.ts';
import { INITIAL_OVERHEAD, MAX_COOKIE_BYTES, presentCost, reduceOverhead, switchLayer } from './model.ts';

const NOTHING_ELSE = { http2: false, tls: false, tcp: false };
/** The sizes that an article of 2010 gave for a request and its response. */
const CLAIMED = { requestBytes: 871, requestHeaders: 10, responseBytes: 0, responseHeaders: 5 };

describe('the bytes', () => {
  test('the claim of 871 bytes of headers is 436:1 for a server’s frame, and 145:1 for a client’s', () => {
    const { downRatio, upRatio } = costOf(CLAIMED, 20, NOTHING_ELSE);
    expect([formatRatio(downRatio), formatRatio(upRatio)]).toEqual(['436:1', '145:1']);
  });

  test('a frame’s header is 2 to 10 bytes, and 4 more with a key', () => {
    expect([125, 126, 65_535, 65_536].map((length) => frameHeaderLength(length, false))).toEqual([2, 4, 4, 10]);
    expect(frameHeaderLength(0, true)).toBe(6);
  });

  test('whatever else is counted, the sum is the sum of the lines, and pushing is cheaper', () => {
    const layers = fc.record({ http2: fc.boolean(), tls: fc.boolean(), tcp: fc.boolean() });
    fc.assert(
      fc.property(
        layers,
        fc.integer({ min: 60, max: 4000 }),
        fc.integer({ min: 0, max: 9000 }),
        (counted, size, payload) => {
          const heads = { requestBytes: size, requestHeaders: 9, responseBytes: size, responseHeaders: 6 };
          const { lines, sum, downRatio, upRatio } = costOf(heads, payload, counted);
          expect(lines).toHaveLength(1 + Number(counted.tls) + Number(counted.tcp));
          expect(lines.reduce((total, line) => total + line.polling, 0)).toBe(sum.polling);
          expect(lines.reduce((total, line) => total + line.up, 0)).toBe(sum.up);
          expect(downRatio).toBeGreaterThanOrEqual(upRatio);
          expect(upRatio).toBeGreaterThan(1);
        },
      ),
    );
  });

  test('each layer that is counted brings the ratio down', () => {
    const ratios = [NOTHING_ELSE, { ...NOTHING_ELSE, tls: true }, { ...NOTHING_ELSE, tls: true, tcp: true }].map(
      (layers) => costOf(CLAIMED, 20, layers).downRatio,
    );
    expect(ratios).toEqual(ratios.toSorted((a, b) => b - a));
    expect(costOf(CLAIMED, 20, { ...NOTHING_ELSE, http2: true }).downRatio).toBeLessThan(5);
  });

  test('the heads are measured on the wire: bytes, and lines that are headers', () => {
    const heads = headsOf(exampleEcho());
    expect(heads).toMatchObject({ requestHeaders: 6, responseHeaders: 3 });
    expect(heads?.requestBytes).toBeGreaterThan(150);
    expect(headsOf(exampleEcho().slice(0, 4))).toBeUndefined();
    expect(EXAMPLE_HEADS).toMatchObject({ requestHeaders: 7, responseHeaders: 4 });
  });
});

describe('the figure of the bytes', () => {
  test('shows the example until a connection’s heads are there, and then those', () => {
    expect(INITIAL_OVERHEAD.measured).toBe(false);
    const measured = reduceOverhead(INITIAL_OVERHEAD, { type: 'happened', events: exampleEcho() });
    expect(measured.measured).toBe(true);
    expect(presentCost(measured).sum.polling).toBe(measured.heads.requestBytes + measured.heads.responseBytes);
  });

  test('adds cookies to the request, within its bounds', () => {
    const more = reduceOverhead(INITIAL_OVERHEAD, { type: 'cookies', bytes: 500 });
    expect(presentCost(more).sum.polling - presentCost(INITIAL_OVERHEAD).sum.polling).toBe(500);
    expect(reduceOverhead(more, { type: 'cookies', bytes: 1e9 }).cookieBytes).toBe(MAX_COOKIE_BYTES);
  });

  test('counts a layer, and counts it no more', () => {
    const tls = reduceOverhead(INITIAL_OVERHEAD, {
      type: 'layers',
      named: switchLayer(INITIAL_OVERHEAD.layers, 'tls'),
    });
    expect(presentCost(tls).lines).toHaveLength(2);
    expect(switchLayer({ ...tls.layers, http2: true }, 'tls')).toEqual(['http2']);
    expect(reduceOverhead(tls, { type: 'layers', named: ['', 'toString'] }).layers).toEqual(INITIAL_OVERHEAD.layers);
  });

  test('reads the heads again when another source begins', () => {
    const measured = reduceOverhead(INITIAL_OVERHEAD, { type: 'happened', events: exampleEcho() });
    const again = reduceOverhead(measured, { type: 'link', link: { state: 'live', host: 'x' } });
    expect(again.events).toEqual([]);
    expect(again.heads).toEqual(measured.heads);
  });
});

describe('the delay', () => {
  test('50 ms one way are 150 ms for the message that comes right after another', () => {
    expect(longPolling(50, [0, 1]).waitsMs).toEqual([50, 149]);
    expect(longPolling(50, [0, 0.000001]).worstMs).toBeCloseTo(150, 3);
  });

  test('messages that are rarer than the way there and back find a request waiting', () => {
    expect(longPolling(50, messageTimes(100)).waitsMs).toEqual(messageTimes(100).map(() => 50));
  });

  test('no message waits longer than three ways, nor less than one; pushed ones wait one', () => {
    const times = fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), times, (delay, unsorted) => {
        const messages = unsorted.toSorted((a, b) => a - b);
        const polled = longPolling(delay, messages);
        expect(polled.waitsMs).toHaveLength(messages.length);
        expect(Math.min(...polled.waitsMs)).toBeGreaterThanOrEqual(delay);
        expect(polled.worstMs).toBeLessThanOrEqual(3 * delay);
        expect(pushing(delay, messages)).toMatchObject({ averageMs: delay, worstMs: delay });
        expect(polled.arrows.every(({ sentMs, arrivesMs }) => arrivesMs - sentMs === delay)).toBe(true);
      }),
    );
  });
});

describe('the diagram of the delay', () => {
  test('a wait lasts from where a message is ready to where the server can send it', () => {
    const messages = [0, 60, 120];
    const { waits, arrows } = laneOf(longPolling(50, messages), 50, messages);
    expect(waits).toEqual([
      { fromMs: 0, toMs: 0 },
      { fromMs: 60, toMs: 100 },
      { fromMs: 120, toMs: 200 },
    ]);
    expect(arrows.map(({ messages: carried }) => carried)).toEqual([1, 0, 1, 0, 1, 0]);
  });

  test('every message is on one arrow, whatever the delay; a pushed one never waits', () => {
    const some = fc.record({ delay: fc.integer({ min: 1, max: 300 }), every: fc.integer({ min: 5, max: 700 }) });
    fc.assert(
      fc.property(some, ({ delay, every }) => {
        const messages = messageTimes(every);
        const polled = laneOf(longPolling(delay, messages), delay, messages);
        expect(polled.arrows.reduce((sum, arrow) => sum + arrow.messages, 0)).toBe(messages.length);
        const pushed = laneOf(pushing(delay, messages), delay, messages);
        expect(pushed.waits.every(({ fromMs, toMs }) => fromMs === toMs)).toBe(true);
      }),
    );
  });

  test('the axis has round times, and not too many', () => {
    expect(ticksOf(650)).toEqual([0, 100, 200, 300, 400, 500, 600]);
    expect(ticksOf(1190)).toEqual([0, 200, 400, 600, 800, 1000]);
    expect(ticksOf(7000)).toHaveLength(8);
  });
});
