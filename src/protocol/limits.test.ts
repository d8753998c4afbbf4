import { expect, test } from 'vitest';
import { DEFAULT_LIMITS } from './limits.ts';

test('the default limits let 16 MiB pass, even in fragments of 64 bytes', () => {
  expect(DEFAULT_LIMITS.maxMessageBytes).toBe(16 * 1024 * 1024);
  expect(DEFAULT_LIMITS.maxFragments).toBeGreaterThan(DEFAULT_LIMITS.maxMessageBytes / 64);
});
