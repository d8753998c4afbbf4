import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Beat, describeBeats, findHeartbeats, MIN_HEARTBEAT_FRAMES } from './heartbeats.ts';

const [TEXT, PING, PONG] = [1, 9, 10];

test('pings and pongs in a row are a run, fewer than four are not, and whatever comes between ends it', () => {
  const opcodes = [TEXT, PING, PONG, PING, PONG, TEXT, PING, PONG, undefined, PING, PING, PING, PING];
  expect(findHeartbeats(opcodes.length, (i) => opcodes[i])).toEqual([
    { start: 1, end: 5 },
    { start: 9, end: 13 },
  ]);
});

test('every run is as long as it can be, and holds nothing but pings and pongs', () => {
  const isBeat = (opcode: number | undefined) => opcode === PING || opcode === PONG;
  fc.assert(
    fc.property(fc.array(fc.constantFrom(TEXT, PING, PONG, PING, undefined)), (opcodes) => {
      const runs = findHeartbeats(opcodes.length, (i) => opcodes[i]);
      const inRuns = new Set(
        runs.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, i) => start + i)),
      );
      for (const { start, end } of runs) {
        expect(end - start).toBeGreaterThanOrEqual(MIN_HEARTBEAT_FRAMES);
        expect(isBeat(opcodes[start - 1]) || isBeat(opcodes[end])).toBe(false);
        expect(opcodes.slice(start, end).every(isBeat)).toBe(true);
      }
      for (let i = 0; i + MIN_HEARTBEAT_FRAMES <= opcodes.length; i++)
        if (opcodes.slice(i, i + MIN_HEARTBEAT_FRAMES).every(isBeat)) expect(inRuns.has(i)).toBe(true);
    }),
  );
});

test('the interval is between pings of one side, the round trip from a ping to the pong with its payload', () => {
  const beat = (isPing: boolean, direction: Beat['direction'], timeMs: number, payload: string): Beat => ({
    isPing,
    direction,
    timeMs,
    payload,
  });
  const beats = [
    beat(true, 'out', 0, 'a'),
    beat(true, 'in', 5, 'a'),
    beat(false, 'in', 12, 'a'),
    beat(true, 'out', 1000, 'b'),
    beat(false, 'in', 1012, 'b'),
    // Nobody asked for this one.
    beat(false, 'out', 1500, 'b'),
  ];
  expect(describeBeats(beats)).toEqual({ pings: 3, pongs: 3, intervalMs: 1000, roundTripMs: 12 });
  expect(describeBeats([]).intervalMs).toBeUndefined();
});
