import { expect, test } from 'vitest';
import { completeLimits, DEFAULT_LIMITS } from './limits.ts';

test('the default limits let 16 MiB pass, even in fragments of 64 bytes', () => {
  expect(DEFAULT_LIMITS.maxMessageBytes).toBe(16 * 1024 * 1024);
  expect(DEFAULT_LIMITS.maxFragments).toBeGreaterThan(DEFAULT_LIMITS.maxMessageBytes / 64);
});

test('a missing limit has its default value, and complete limits are shared, not copied', () => {
  expect(completeLimits()).toEqual(DEFAULT_LIMITS);
  expect(completeLimits({ maxFragments: 3 })).toEqual({ ...DEFAULT_LIMITS, maxFragments: 3 });
  const complete = { maxMessageBytes: 5, maxFragments: 7 };
  expect(completeLimits(complete)).toBe(complete);
});
