import { expect, test } from 'vitest';
import { UpToDate } from './up-to-date.ts';

function counted() {
  const source = { stamp: 'a', nowMs: 0, looked: 0, made: 0 };
  const stampOf = () => {
    source.looked++;
    return source.stamp;
  };
  const upToDate = new UpToDate(
    stampOf,
    () => ++source.made,
    () => source.nowMs,
  );
  return { source, upToDate };
}

test('a value is made on demand and kept', () => {
  const { source, upToDate } = counted();
  expect(source).toMatchObject({ looked: 0, made: 0 });
  expect([upToDate.value, upToDate.value]).toEqual([1, 1]);
  expect(source).toMatchObject({ looked: 1, made: 1 });
});

test('the source is checked at most once a second, and the value made again only if it has changed', () => {
  const { source, upToDate } = counted();
  for (let i = 0; i < 10; i++) {
    source.nowMs += 500;
    expect(upToDate.value).toBe(1);
  }
  expect(source.looked).toBe(5);
  source.stamp = 'b';
  expect(upToDate.value).toBe(1);
  source.nowMs += 1000;
  expect(upToDate.value).toBe(2);
  expect(source.made).toBe(2);
});

test('a value known to be wrong is made again at once', () => {
  const { upToDate } = counted();
  expect(upToDate.value).toBe(1);
  upToDate.forget();
  expect(upToDate.value).toBe(2);
});
