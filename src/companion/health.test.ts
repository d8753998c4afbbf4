import { describe, expect, it } from 'vitest';
import { parseHealth } from './health.ts';
import { WATCH_TOKEN } from './paths.ts';

describe('parseHealth', () => {
  it('reads what the companion says', () => {
    const health = { name: 'framelight', version: '0.1.0' };
    expect(parseHealth(JSON.stringify({ ...health, more: 1 }))).toEqual({ health });
  });

  it.each([
    ['<!doctype html>', 'the answer is not JSON: another program listens there'],
    ['null', 'the answer has no "name": "framelight": another program listens there'],
    ['{"name":"other","version":"1"}', 'the answer has no "name": "framelight": another program listens there'],
    ['{"name":"framelight"}', 'the answer has no "version", which must be a text'],
  ])('says what is wrong with %s', (text, problem) => {
    expect(parseHealth(text)).toEqual({ problem });
  });
});

describe('WATCH_TOKEN', () => {
  it.each([
    ['a'.repeat(15), false],
    ['aZ09_-'.repeat(3), true],
    ['a'.repeat(64), true],
    ['a'.repeat(65), false],
    [`${'a'.repeat(20)}\n`, false],
    [`${'a'.repeat(20)}é`, false],
  ])('takes %j: %s', (token, taken) => {
    expect(WATCH_TOKEN.test(token)).toBe(taken);
  });
});
