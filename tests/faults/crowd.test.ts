import { expect, test } from 'vitest';
import { roomFor } from '../../server/bounds/descriptors.ts';
import { expectHarm, startServer } from './harm.ts';
import { comeAndGo, idle } from './peers/crowd.ts';
import type { ServerProcess } from './server-process.ts';

// A system may allow a process fewer descriptors, and this process needs as many as the server's.
const CONNECTIONS = Math.min(5000, roomFor(5000).webSockets);
const EARLIER_CONNECTIONS = 500;

/** What each of many idle connections takes, in bytes. */
async function memoryEach(server: ServerProcess): Promise<{ readonly rss: number; readonly alive: number }> {
  // What the first ones take, none of the others takes again.
  (await idle(server.port, EARLIER_CONNECTIONS))();
  await server.untilSockets(1);
  const before = await server.usage();
  const drop = await idle(server.port, CONNECTIONS);
  const after = await server.usage();
  expect(after.sockets - before.sockets).toBe(CONNECTIONS);
  drop();
  return {
    rss: Math.round((after.rss - before.rss) / CONNECTIONS),
    alive: Math.round((after.alive - before.alive) / CONNECTIONS),
  };
}

test('5,000 idle connections: what each takes, beside ws, and that nothing of it stays', async () => {
  const server = await startServer();
  const ofWs = await memoryEach(await startServer({ settings: 'ws' }));
  await expectHarm(server, { peakMegabytes: 192, lines: 40 }, async () => {
    const ours = await memoryEach(server);
    const shown = `${ours.rss} bytes each, ${ours.alive} of them alive; ws ${ofWs.rss}, ${ofWs.alive} alive`;
    console.log(`${CONNECTIONS} idle connections: ${shown}`);
    expect(ours.alive).toBeLessThan(6000);
    expect(ours.rss).toBeLessThan(24_000);
  });
});

test('connects and drops at full speed', async () => {
  const server = await startServer();
  await expectHarm(server, { peakMegabytes: 128, lines: 80 }, async () => {
    const connections = await comeAndGo(server.port, 2000);
    console.log(`${connections} connections in 2 s`);
    expect(connections).toBeGreaterThan(200);
  });
});
