import { expect, test } from 'vitest';
import { expectHarm, startServer } from './harm.ts';
import { resetAtEveryState } from './peers/resets.ts';

const limits = { idleTimeoutMs: 1500, closingTimeoutMs: 300 };

test('a reset, at whatever state, is told in one line at most', async () => {
  const server = await startServer({ settings: { limits } });
  const { sockets } = await server.usage();
  await resetAtEveryState(server.port);
  await server.untilSockets(sockets);
  server.signal('SIGTERM');
  expect(await server.ended()).toBe(0);
  const connections = server.lines.map((line) => /^#\d+ (gone|127\.0\.0\.1:\d+) \/\w+: /.exec(line)?.[0]);
  expect(connections).not.toContain(undefined);
  expect(new Set(connections).size).toBe(connections.length);
});

test('many resets at every state', async () => {
  const server = await startServer({ settings: { limits } });
  await expectHarm(server, { peakMegabytes: 96, lines: 120 }, async () => {
    await Promise.all(Array.from({ length: 40 }, () => resetAtEveryState(server.port)));
  });
  expect(server.lines.join()).not.toContain('mistake');
});
