import { expect, test } from 'vitest';
import { expectHarm, startServer } from './harm.ts';
import { broadcastUnread, echoUnread, floodWithPings } from './peers/not-reading.ts';

const settings = { limits: { idleTimeoutMs: 1500, closingTimeoutMs: 500 } };

test('20 peers who never read their echoes: each keeps a bounded part waiting, and is cut off in the end', async () => {
  const server = await startServer({ settings });
  await expectHarm(server, { peakMegabytes: 96, lines: 21 }, () => echoUnread(server.port, 20));
  expect(server.lines[0]).toMatch(/closed with 1008: nothing heard for 1500 ms$/);
});

test('20 peers who never read a broadcast: they are cut off, and nobody else misses a message', async () => {
  const server = await startServer({ settings });
  await expectHarm(server, { peakMegabytes: 96, lines: 21 }, async () => {
    expect(await broadcastUnread(server.port, 20, 400)).toBe(400);
  });
  expect(server.lines[0]).toMatch(/closed with 1008: more than \d+ bytes are unread$/);
});

test('a million pings whose pongs nobody reads: the server stops reading, and no pong is lost', async () => {
  const server = await startServer();
  await expectHarm(server, { peakMegabytes: 64, lines: 1 }, async () => {
    const flood = await floodWithPings(server.port, 1_000_000);
    await flood.stalled();
    expect(await flood.read()).toBe(1_000_000);
  });
});
