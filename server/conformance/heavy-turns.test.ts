import { expect, test } from 'vitest';
import { HeavyTurns } from './heavy-turns.ts';

/** A task that ends when it is told to. */
function task(name: string, started: string[]) {
  const { promise, resolve } = Promise.withResolvers<string>();
  const run = () => {
    started.push(name);
    return promise;
  };
  return { run, end: () => resolve(name) };
}

test('a limited number run at a time, in order, and a failed one makes room, too', async () => {
  const turns = new HeavyTurns(2);
  const started: string[] = [];
  const [one, two, three] = [task('one', started), task('two', started), task('three', started)];
  const [first, second, third] = [one, two, three].map(({ run }) => turns.run(run));
  const failed = turns.run(() => Promise.reject(new Error('no')));
  expect(started).toEqual(['one', 'two']);
  one.end();
  expect(await first).toBe('one');
  expect(started).toEqual(['one', 'two', 'three']);
  two.end();
  await second;
  await expect(failed).rejects.toThrow('no');
  three.end();
  expect(await third).toBe('three');
  expect(await turns.run(() => Promise.resolve('again'))).toBe('again');
});

test('a stopped task does not wait for its turn', async () => {
  const turns = new HeavyTurns(1);
  const started: string[] = [];
  const [one, two, three] = [task('one', started), task('two', started), task('three', started)];
  const first = turns.run(one.run);
  const stop = new AbortController();
  const second = turns.run(two.run, stop.signal);
  const third = turns.run(three.run);
  stop.abort(new Error('stopped'));
  await expect(second).rejects.toThrow('stopped');
  await expect(turns.run(two.run, stop.signal)).rejects.toThrow('stopped');
  one.end();
  three.end();
  await Promise.all([first, third]);
  expect(started).toEqual(['one', 'three']);
});
