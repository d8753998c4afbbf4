import { expect, test } from 'vitest';
import { FRAME_RULES } from './rules.ts';
import { violationOf } from './violation.ts';

test('a violation says what its rule says, and which bytes broke it', () => {
  for (const rule of FRAME_RULES) {
    const { name, section, statusCode } = rule;
    expect(violationOf(rule, 3, 5)).toEqual({ rule: name, section, statusCode, start: 3, end: 5 });
  }
});
