import { describe, expect, test } from 'vitest';
import { Patience } from './patience.ts';

const loseOften = (patience: Patience, heavy: boolean, what: 'answer' | 'close' | 'failure' = 'answer', times = 20) => {
  for (let nth = 0; nth < times; nth++) patience.forCase(heavy).lose(what);
};

describe('patience', () => {
  test('is short for the rest of a case after something did not come', () => {
    const patience = new Patience().forCase(false);
    const first = patience.ms('answer');
    patience.lose('answer');
    expect(patience.ms('answer')).toBeLessThan(first / 5);
  });

  test('gets shorter if a server repeatedly does not answer', () => {
    const patience = new Patience();
    const answerMs = patience.forCase(false).ms('answer');
    for (let nth = 0; nth < 3; nth++) {
      const inVain = patience.forCase(false);
      inVain.lose('answer');
      // Of one case only the first counts.
      inVain.lose('answer');
    }
    expect(patience.forCase(false).ms('answer')).toBe(answerMs);
    loseOften(patience, false);
    expect(patience.forCase(false).ms('answer')).toBeLessThan(answerMs / 4);
  });

  test('gets shorter for each kind of wait separately', () => {
    const patience = new Patience();
    const [answer, heavy, end] = [
      patience.forCase(false).ms('answer'),
      patience.forCase(true).ms('answer'),
      patience.forCase(true).endMs,
    ];
    expect(heavy).toBeGreaterThan(answer);
    loseOften(patience, false);
    expect(patience.forCase(true).ms('answer')).toBe(heavy);
    expect(patience.forCase(true).endMs).toBe(end);
    loseOften(patience, true);
    expect(patience.forCase(true).ms('answer')).toBeLessThan(heavy / 4);
    expect(patience.forCase(true).endMs).toBe(end);
    for (let nth = 0; nth < 20; nth++) patience.forCase(false).loseEnd();
    expect(patience.forCase(false).endMs).toBeLessThan(end / 4);
  });

  test('is shortest for everything of a server that never sent a frame, until it sends one', () => {
    const patience = new Patience();
    const heavyMs = patience.forCase(true).ms('answer');
    loseOften(patience, false, 'answer', 39);
    expect(patience.forCase(true).ms('answer')).toBe(heavyMs);
    loseOften(patience, false, 'answer', 1);
    for (const what of ['answer', 'close', 'failure'] as const) {
      expect(patience.forCase(false).ms(what)).toBe(100);
      expect(patience.forCase(true).ms(what)).toBe(100);
    }
    patience.forCase(false).noteAnswer();
    expect(patience.forCase(false).ms('answer')).toBeGreaterThan(500);
    expect(patience.forCase(true).ms('answer')).toBe(heavyMs);
  });

  test('is shortest for close frames of a server that never sent one', () => {
    const patience = new Patience();
    const [light, heavy] = [patience.forCase(false), patience.forCase(true)];
    const [answerMs, heavyMs] = [light.ms('answer'), heavy.ms('close')];
    loseOften(patience, false, 'failure', 100);
    loseOften(patience, false, 'close', 10);
    expect(light.ms('close')).toBeLessThan(answerMs / 4);
    expect(heavy.ms('close')).toBe(heavyMs);
    loseOften(patience, false, 'close', 40);
    for (const each of [light, heavy]) {
      expect(each.ms('close')).toBeLessThan(answerMs / 8);
      expect(each.ms('failure')).toBeLessThan(answerMs / 8);
    }
    expect(light.ms('answer')).toBe(answerMs);
    expect(heavy.ms('answer')).toBe(heavyMs);
    heavy.noteClose();
    expect(heavy.ms('close')).toBe(heavyMs);
  });

  test('for the answer to a close frame does not get shorter because failures go unnoticed', () => {
    const patience = new Patience();
    const ms = patience.forCase(false).ms('close');
    loseOften(patience, false, 'failure', 300);
    expect(patience.forCase(false).ms('close')).toBe(ms);
  });

  test('that is fixed stays', () => {
    const patience = new Patience(300, 900);
    loseOften(patience, false);
    loseOften(patience, true);
    expect(patience.forCase(false).ms('answer')).toBe(300);
    expect(patience.forCase(true).ms('answer')).toBe(900);
    expect(patience.forCase(true).endMs).toBe(300);
  });
});
