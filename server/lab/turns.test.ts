import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Turns } from './turns.ts';

test('one piece is done in each turn of the event loop, and each worker has its turn', async () => {
  const done: string[] = [];
  const worker = (name: string, pieces: number) => ({
    work() {
      done.push(name);
      return --pieces > 0;
    },
  });
  const turns = new Turns();
  const long = worker('long', 3);
  turns.add(long);
  turns.add(worker('short', 1));
  turns.add(long);
  expect(done).toEqual([]);
  for (let turn = 1; turn <= 6; turn++) {
    await nextTurn();
    expect(done.length).toBeLessThanOrEqual(turn);
  }
  expect(done).toEqual(['long', 'short', 'long', 'long']);
});
