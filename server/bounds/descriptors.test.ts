import { expect, test } from 'vitest';
import { roomFor } from './descriptors.ts';

test.each([
  [Number.POSITIVE_INFINITY, { webSockets: 10_000, http: 256, files: 256 }],
  [20_000, { webSockets: 10_000, http: 256, files: 256 }],
  [4096, { webSockets: 3544, http: 256, files: 256 }],
  [1024, { webSockets: 492, http: 246, files: 246 }],
  [64, { webSockets: 12, http: 6, files: 6 }],
])('of %d descriptors, some are left for whoever is refused', (descriptors, room) => {
  expect(roomFor(10_000, descriptors)).toEqual(room);
});
