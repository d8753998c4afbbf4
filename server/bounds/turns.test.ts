import { setImmediate as endOfTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Turns, type Worker } from './turns.ts';

/** Does so many pieces, each of cost 1, and writes down in which order. */
function workerOf(name: string, pieces: number, turns: Turns, done: string[]): Worker {
  let left = pieces;
  return {
    work() {
      turns.spend(1);
      done.push(name);
      left--;
      return left > 0;
    },
  };
}

test('a turn spends its budget, and the rest waits for the next turn', async () => {
  const turns = new Turns(3);
  const done: string[] = [];
  turns.queue(workerOf('a', 5, turns, done));
  expect(done).toEqual([]);
  await endOfTurn();
  expect(done).toHaveLength(3);
  await endOfTurn();
  expect(done).toHaveLength(5);
});

test('each worker does one piece before any worker does a second one', async () => {
  const turns = new Turns(4);
  const done: string[] = [];
  for (const name of ['a', 'b', 'c']) turns.queue(workerOf(name, 3, turns, done));
  await endOfTurn();
  expect(done.join('')).toBe('abca');
  await endOfTurn();
  expect(done.join('')).toBe('abcabcab');
  await endOfTurn();
  expect(done.join('')).toBe('abcabcabc');
});

test('work runs at once while the turn has budget, but not before waiting work', async () => {
  const turns = new Turns(2);
  expect(turns.hasRoom).toBe(true);
  turns.spend(2);
  expect(turns.hasRoom).toBe(false);
  await endOfTurn();
  expect(turns.hasRoom).toBe(true);
  turns.queue(workerOf('a', 3, turns, []));
  expect(turns.hasRoom).toBe(false);
  await endOfTurn();
  // One piece is left for the next turn.
  expect(turns.hasRoom).toBe(false);
  await endOfTurn();
  turns.spend(0);
  await endOfTurn();
  expect(turns.hasRoom).toBe(true);
});
