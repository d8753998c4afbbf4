import { describe, expect, test } from 'vitest';
import { bytesOf } from '../../../tests/bytes.ts';
import { inflate } from '../../inspector/deflate/inflate.ts';
import { dumpInflated } from '../../inspector/deflate/inflated-dump.ts';
import { dumpFrame, withInflated } from '../../inspector/frame/frame-dump.ts';
import type { WireMessage } from '../../inspector/wire/wire.ts';
import { encodeText } from '../../text/utf8.ts';
import { exampleLife } from '../base/life/example-life.ts';
import {
  describeWatched,
  dumpOfEntry,
  INITIAL_WATCH,
  MAX_CONNECTIONS,
  MAX_HELD,
  MAX_HEX_LENGTH,
  MAX_ROWS,
  nameOf,
  openEntryOf,
  reduceWatch,
  selectedOf,
  standingOf,
  type Watched,
  type WatchState,
} from './model.ts';

const life = exampleLife().flatMap((event) => (event.type === 'wire' ? [event.message] : []));
const NOON = new Date(2026, 0, 2, 12, 34, 56).getTime();

/** The same life under another number, from another port. */
const lifeOf = (connection: number, remote = `127.0.0.1:${40_000 + connection}`): WireMessage[] =>
  life.map((message) => ({ ...message, connection, ...(message.type === 'open' && { remote }) }) as WireMessage);
const hear = (state: WatchState, ...messages: readonly WireMessage[]) =>
  reduceWatch(state, { type: 'heard', messages, nowMs: NOON });
const watching = reduceWatch(INITIAL_WATCH, { type: 'link', link: { state: 'watching' } });
const first = ({ connections }: WatchState): Watched => connections[0] ?? expect.fail('nothing is watched');
const frames = life.filter((message) => message.type === 'frame');
const text = frames[0] ?? expect.fail('the life has no frame');

describe('a connection', () => {
  test('has a tab named by time and path, with its rows and its end', () => {
    const watched = first(hear(watching, ...lifeOf(7)));
    expect(nameOf(watched)).toBe('12:34:56 /echo');
    expect(standingOf(watched)).toEqual({ state: 'ended', text: 'ended' });
    expect(watched.log.entries.map(({ kind }) => kind)).toEqual([
      ...['handshake', 'handshake'],
      ...['frame', 'frame', 'frame', 'frame', 'end'],
    ]);
    expect(describeWatched(watched)).toContain('From 127.0.0.1:40007. TCP ended: a close frame went each way, 1000.');
    expect(watched.request?.firstLine).toBe('GET /echo HTTP/1.1');
  });

  test('shows what a compressed message says, and explains it when it is opened', () => {
    const hex = 'c105f200110000';
    const inflated = dumpInflated({
      ...inflate(bytesOf('f2001100000000ffff'), { window: encodeText('Hello') }),
      packedBytes: 5,
      window: 'known',
    });
    const dump = withInflated(dumpFrame(bytesOf(hex)), inflated);
    const compressed: WireMessage = { ...text, ...dump, direction: 'out', connection: 1 };
    const state = hear(watching, ...lifeOf(1).slice(0, life.indexOf(text)), compressed);
    expect(first(state).log.entries.at(-1)).toMatchObject({ kind: 'frame', preview: 'Hello', violations: [] });
    expect(dumpOfEntry(first(state).log.entries.at(-1))).toEqual(dump);
    const before = hear(watching, ...lifeOf(1).slice(0, life.indexOf(text)));
    expect(first(state).hexLength - first(before).hexLength).toBe(hex.length + inflated.hex.length);
  });

  test('opens its newest message by itself until a row is picked', () => {
    const state = hear(watching, ...lifeOf(1).slice(0, life.indexOf(text) + 1));
    expect(dumpOfEntry(openEntryOf(first(state)))?.payload.text).toBe('Hello');
    const picked = reduceWatch(state, { type: 'open', number: 1, id: 0 });
    expect(first(hear(picked, { ...text, connection: 1 })).openId).toBe(0);
  });

  test('of which the beginning was not kept says so', () => {
    const state = hear(watching, { type: 'dropped', connection: 3, messages: 1200 }, { ...text, connection: 3 });
    expect(nameOf(first(state))).toBe('12:34:56 path unknown');
    expect(describeWatched(first(state))).toContain('no longer had 1,200 of its messages');
  });

  test('is paused alone, and lets in what has waited; the wait is bounded', () => {
    const open = hear(watching, ...lifeOf(1).slice(0, 3), ...lifeOf(2).slice(0, 3));
    const paused = reduceWatch(open, { type: 'togglePause', number: 1 });
    const rows = (state: WatchState) => state.connections.map(({ log }) => log.entries.length);
    const before = rows(paused);
    const later = hear(paused, { ...text, connection: 1 }, { ...text, connection: 2 });
    expect(rows(later)).toEqual([before[0], (before[1] ?? 0) + 1]);
    expect(rows(reduceWatch(later, { type: 'togglePause', number: 1 }))[0]).toBe((before[0] ?? 0) + 1);
    const flooded = hear(paused, ...Array.from({ length: MAX_HELD + 1 }, () => ({ ...text, connection: 1 })));
    expect(first(flooded).held).toBeUndefined();
  });

  test('keeps no list of rows that wait for JavaScript, of which there is none here', () => {
    expect(first(hear(watching, ...lifeOf(1))).log.unheard).toEqual({ open: [], message: [], close: [] });
  });

  test('is cleared alone', () => {
    const state = reduceWatch(hear(watching, ...lifeOf(1), ...lifeOf(2)), { type: 'clear', number: 1 });
    expect(state.connections.map(({ log, openId }) => [log.entries.length, openId])).toEqual([
      [0, undefined],
      [7, expect.any(Number)],
    ]);
  });
});

describe('several connections', () => {
  test('the newest is shown until the reader has chosen one', () => {
    const two = hear(hear(watching, ...lifeOf(1)), ...lifeOf(2));
    expect(selectedOf(two)?.number).toBe(2);
    const chosen = reduceWatch(two, { type: 'select', number: 1 });
    expect(selectedOf(hear(chosen, ...lifeOf(3)))?.number).toBe(1);
  });

  test('those that have ended are removed on demand', () => {
    const state = hear(watching, ...lifeOf(1), ...lifeOf(2).slice(0, 3));
    const left = reduceWatch(state, { type: 'forgetEnded' });
    expect([left.connections.map(({ number }) => number), left.forgotten]).toEqual([[2], 0]);
  });
});

describe('a tap that opens again', () => {
  const again = (state: WatchState) => reduceWatch(state, { type: 'link', link: { state: 'watching' } });

  test('tells the same once more, and nothing comes twice', () => {
    const ended = hear(watching, ...lifeOf(1));
    expect(hear(again(ended), ...lifeOf(1)).connections.map(({ log }) => log.entries.length)).toEqual([7]);
    const half = hear(watching, ...lifeOf(1).slice(0, 4));
    const whole = hear(again(half), ...lifeOf(1));
    expect(whole.connections.map(({ log }) => log.entries.length)).toEqual([7]);
    expect(standingOf(first(whole)).text).toBe('ended');
  });

  test('of a companion that has begun to count anew opens new tabs', () => {
    const open = hear(watching, ...lifeOf(1, '127.0.0.1:1').slice(0, 4));
    const restarted = hear(again(open), ...lifeOf(1, '127.0.0.1:2'));
    expect(restarted.connections.map((watched) => standingOf(watched).text)).toEqual(['lost', 'ended']);
    expect(describeWatched(first(restarted))).toContain('before this page saw the end');
  });
});

describe('what the page keeps is bounded', () => {
  test('connections: the oldest ended one goes first, and is counted', () => {
    let state = hear(watching, ...lifeOf(1).slice(0, 3));
    for (let connection = 2; connection <= MAX_CONNECTIONS + 5; connection++)
      state = hear(state, ...lifeOf(connection));
    expect(state.connections).toHaveLength(MAX_CONNECTIONS);
    expect(state.forgotten).toBe(5);
    expect(first(state).number).toBe(1);
  });

  test('rows: the oldest go, and are counted', () => {
    const flood = Array.from({ length: MAX_ROWS + 100 }, () => ({ ...text, connection: 1 }));
    const { log, hexLength } = first(hear(watching, ...flood));
    expect([log.entries.length, log.dropped]).toEqual([MAX_ROWS, 100]);
    expect(hexLength).toBe(MAX_ROWS * text.hex.length);
  });

  test('bytes: of long frames far fewer rows are kept', () => {
    const hex = '00'.repeat(64 * 1024);
    let state = watching;
    for (let i = 0; i < 6; i++) {
      const long = Array.from({ length: 60 }, () => ({ ...text, connection: i % 2, hex }));
      state = hear(state, ...long);
      const total = state.connections.reduce((sum, { hexLength }) => sum + hexLength, 0);
      expect(total).toBeLessThanOrEqual(MAX_HEX_LENGTH);
      for (const { log, hexLength } of state.connections) expect(hexLength).toBe(log.entries.length * hex.length);
    }
    expect(state.connections.every(({ log }) => log.dropped > 0)).toBe(true);
  });

  test('a row that was open and is gone is open no more', () => {
    const one = reduceWatch(hear(watching, { ...text, connection: 1 }), { type: 'open', number: 1, id: 0 });
    const flood = Array.from({ length: MAX_ROWS }, () => ({ ...text, connection: 1 }));
    expect(openEntryOf(first(hear(one, ...flood)))).toBeUndefined();
  });
});
