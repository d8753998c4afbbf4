import { expect, test } from 'vitest';
import { Patience } from './patience.ts';

test('what has not come once is not waited for so long in the same case', () => {
  const patience = new Patience().forCase(false);
  const first = patience.waitMs;
  patience.lose();
  expect(patience.waitMs).toBeLessThan(first / 5);
});

test('a server that keeps the check waiting again and again is given less time, large messages more than small ones', () => {
  const patience = new Patience();
  const [light, heavy] = [patience.forCase(false).waitMs, patience.forCase(true).waitMs];
  expect(heavy).toBeGreaterThan(light);
  for (let nth = 0; nth < 20; nth++) {
    const inVain = patience.forCase(false);
    inVain.lose();
    // Of one case only the first counts.
    inVain.lose();
    if (nth < 2) expect(patience.forCase(false).waitMs).toBe(light);
  }
  // Large messages may be all that a server is slow with, or small ones all that it does not answer.
  expect(patience.forCase(true).waitMs).toBe(heavy);
  for (let nth = 0; nth < 20; nth++) patience.forCase(true).lose();
  expect(patience.forCase(false).waitMs).toBeLessThan(light / 4);
  expect(patience.forCase(true).waitMs).toBeLessThan(heavy / 4);
});

test('a fixed patience stays', () => {
  const patience = new Patience(300);
  for (let nth = 0; nth < 20; nth++) patience.forCase(false).lose();
  expect(patience.forCase(true).waitMs).toBe(300);
});
