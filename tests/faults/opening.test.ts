import { expect, test } from 'vitest';
import { expectHarm, startServer } from './harm.ts';
import { HALF_OPEN } from './peers/half-open.ts';
import { slowHeads } from './peers/slow-heads.ts';

test('heads that come a byte at a time are given up', async () => {
  const server = await startServer({ settings: { limits: { handshakeTimeoutMs: 1000 } } });
  await expectHarm(server, { peakMegabytes: 48, lines: 40 }, async () => {
    const answers = await slowHeads(server.port, 200, 50);
    expect(new Set(answers)).toEqual(new Set(['HTTP/1.1 408 Request Timeout']));
  });
});

test('peers that are gone, or half gone, are given up', async () => {
  const limits = { idleTimeoutMs: 1500, closingTimeoutMs: 300 };
  const server = await startServer({ settings: { limits } });
  await expectHarm(server, { peakMegabytes: 48, lines: 80 }, async () => {
    const ways = Object.values(HALF_OPEN);
    await Promise.all(Array.from({ length: 200 }, (_, i) => ways[i % ways.length]?.(server.port)));
  });
});
