import { describe, expect, test } from 'vitest';
import { Patience } from './patience.ts';

const loseOften = (patience: Patience, heavy: boolean) => {
  for (let nth = 0; nth < 20; nth++) patience.forCase(heavy).loseAnswer();
};

describe('patience', () => {
  test('is short for the rest of a case in which something has not come', () => {
    const patience = new Patience().forCase(false);
    const first = patience.answerMs;
    patience.loseAnswer();
    expect(patience.answerMs).toBeLessThan(first / 5);
  });

  test('wears out with a server that does not answer again and again', () => {
    const patience = new Patience();
    const { answerMs } = patience.forCase(false);
    for (let nth = 0; nth < 3; nth++) {
      const inVain = patience.forCase(false);
      inVain.loseAnswer();
      // Of one case only the first counts.
      inVain.loseAnswer();
    }
    expect(patience.forCase(false).answerMs).toBe(answerMs);
    loseOften(patience, false);
    expect(patience.forCase(false).answerMs).toBeLessThan(answerMs / 4);
  });

  test('wears out for each thing apart: a server may be slow with megabytes alone, or with the end of TCP', () => {
    const patience = new Patience();
    const [answer, heavy, end] = [
      patience.forCase(false).answerMs,
      patience.forCase(true).answerMs,
      patience.forCase(true).endMs,
    ];
    expect(heavy).toBeGreaterThan(answer);
    loseOften(patience, false);
    expect(patience.forCase(true)).toMatchObject({ answerMs: heavy, endMs: end });
    loseOften(patience, true);
    expect(patience.forCase(true).answerMs).toBeLessThan(heavy / 4);
    expect(patience.forCase(true).endMs).toBe(end);
    for (let nth = 0; nth < 20; nth++) patience.forCase(false).loseEnd();
    expect(patience.forCase(false).endMs).toBeLessThan(end / 4);
  });

  test('is short with a close frame alone, where a server answers but closes nothing', () => {
    const patience = new Patience();
    const [answer, heavyAnswer] = [patience.forCase(false).answerMs, patience.forCase(true).answerMs];
    const heavyClose = patience.forCase(true).closeMs;
    for (let nth = 0; nth < 10; nth++) patience.forCase(false).loseClose();
    expect(patience.forCase(false).closeMs).toBeLessThan(answer / 4);
    expect(patience.forCase(true).closeMs).toBe(heavyClose);
    for (let nth = 0; nth < 40; nth++) patience.forCase(false).loseClose();
    expect(patience.forCase(false).closeMs).toBeLessThan(answer / 8);
    expect(patience.forCase(true).closeMs).toBeLessThan(heavyClose / 8);
    expect(patience.forCase(false).answerMs).toBe(answer);
    expect(patience.forCase(true).answerMs).toBe(heavyAnswer);
  });

  test('that is fixed stays', () => {
    const patience = new Patience(300, 900);
    loseOften(patience, false);
    loseOften(patience, true);
    expect(patience.forCase(false).answerMs).toBe(300);
    expect(patience.forCase(true)).toMatchObject({ answerMs: 900, endMs: 300 });
  });
});
