import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { ReadTurns } from './read-turns.ts';

/** Readers whose reads take as long as is said, by a clock of the test's own. */
function readersOf(...names: string[]) {
  let nowMs = 0;
  const turns = new ReadTurns(() => nowMs);
  const resumed: string[] = [];
  const readers = new Map(names.map((name) => [name, { resumeReading: () => void resumed.push(name) }]));
  const read = (name: string, takesMs: number) =>
    turns.measure(readers.get(name) as { resumeReading(): void }, () => {
      nowMs += takesMs;
    });
  return { read, resumed };
}

test('short reads go on, however many there are in different turns', async () => {
  const { read, resumed } = readersOf('a');
  for (let turn = 0; turn < 3; turn++) {
    expect(read('a', 2)).toBe(true);
    expect(read('a', 2)).toBe(true);
    await setImmediate();
  }
  expect(resumed).toEqual([]);
});

test('the reads of all connections in one turn count together', () => {
  const { read } = readersOf('a', 'b');
  expect(read('a', 4)).toBe(true);
  expect(read('b', 1)).toBe(false);
});

test('connections that wait read on one by one, a turn each, in the order in which they stopped', async () => {
  const { read, resumed } = readersOf('a', 'b', 'c');
  for (const name of ['a', 'b', 'c']) expect(read(name, 7)).toBe(false);
  expect(resumed).toEqual([]);
  await setImmediate();
  expect(resumed).toEqual(['a']);
  expect(read('a', 7)).toBe(false);
  await setImmediate();
  await setImmediate();
  await setImmediate();
  expect(resumed).toEqual(['a', 'b', 'c', 'a']);
  await setImmediate();
  expect(resumed).toHaveLength(4);
});
