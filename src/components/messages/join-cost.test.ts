import { expect, test } from 'vitest';
import { joinCost } from './join-cost.ts';

test('one read is copied once, either way', () => {
  expect(joinCost(1024, 1024)).toEqual({ messageBytes: 1024, byJoining: 1024, byDoubling: 1024 });
});

test('joining grows with the square of the message, doubling with its length', () => {
  const [small, large] = [joinCost(2 ** 16, 1024), joinCost(2 ** 20, 1024)];
  expect(large.byJoining / small.byJoining).toBeGreaterThan(200);
  expect(large.byDoubling / small.byDoubling).toBeLessThan(17);
  expect(large.byDoubling).toBeLessThan(3 * large.messageBytes);
});
