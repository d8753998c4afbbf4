import { expect, test } from 'vitest';
import { expectHarm, startServer } from './harm.ts';
import { claimMuch, claimTooMuch, sendFragments } from './peers/claims.ts';

const CLOSED_WITHOUT_A_FRAME = 1;

test('messages of 100,000 fragments of one byte each come back whole', async () => {
  const server = await startServer();
  await expectHarm(server, { peakMegabytes: 64, lines: 4 * CLOSED_WITHOUT_A_FRAME }, async () => {
    const lengths = await Promise.all(Array.from({ length: 4 }, () => sendFragments(server.port, 100_000)));
    expect(lengths).toEqual([100_000, 100_000, 100_000, 100_000]);
  });
});

test('a claimed length of 2^62 is refused with 1009, and costs nothing', async () => {
  const server = await startServer();
  await expectHarm(server, { peakMegabytes: 48, lines: 21 }, async () => {
    const codes = await Promise.all(Array.from({ length: 300 }, () => claimTooMuch(server.port)));
    expect(new Set(codes)).toEqual(new Set([1009]));
  });
  expect(server.lines[0]).toMatch(/failed with 1009, /);
});

test('a claimed length that is allowed costs what has arrived of it', async () => {
  const server = await startServer();
  await expectHarm(server, { peakMegabytes: 48, lines: 21 }, async () => {
    const before = await server.usage();
    const claimed = 16 * 1024 * 1024;
    const hangUps = await Promise.all(Array.from({ length: 200 }, () => claimMuch(server.port, claimed, 1000)));
    // An array that nobody has written to takes no memory of the system yet, but it is alive.
    expect((await server.usage()).alive - before.alive).toBeLessThan(200 * 64 * 1024);
    for (const hangUp of hangUps) hangUp();
  });
});
