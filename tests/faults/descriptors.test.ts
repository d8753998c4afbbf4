import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { expectHarm, startServer } from './harm.ts';
import { meet, meetAndPart } from './peers/newcomer.ts';
import type { ServerProcess } from './server-process.ts';

/** How much of a processor the server takes while nothing is asked of it, as a share of one. */
async function idleLoad(server: ServerProcess): Promise<number> {
  const before = await server.usage();
  const start = performance.now();
  await wait(1000);
  const after = await server.usage();
  return (after.processorMs - before.processorMs) / (performance.now() - start);
}

test('with 64 descriptors: whoever is one too many is refused or dropped, and told of; the next has room again', async () => {
  const server = await startServer({ descriptors: 64 });
  await expectHarm(server, { peakMegabytes: 48, lines: 63 }, async () => {
    const met = await Promise.all(Array.from({ length: 200 }, () => meet(server.port)));
    const open = met.filter(({ status }) => status === '101');
    expect(open.length).toBeGreaterThan(8);
    expect(new Set(met.map(({ status }) => status))).toEqual(new Set(['101', '503', undefined]));
    expect(await idleLoad(server)).toBeLessThan(0.5);
    for (const { peer } of open) peer.socket.destroy();
    await server.untilSockets(1);
    const { status, peer } = await meet(server.port);
    expect(status).toBe('101');
    peer.socket.destroy();
  });
  expect(server.lines.join('\n')).toMatch(/refused with 503: The server has reached its limit of connections/);
  expect(server.lines.join('\n')).toMatch(/a connection was dropped: \d+ are open, which is the limit/);
});

test('with no descriptor left: those it has are served, it does not spin, and it accepts again when one is free', async () => {
  const preloads = [new URL('take-descriptors.ts', import.meta.url)];
  const server = await startServer({ descriptors: 100, preloads });
  await expectHarm(server, { peakMegabytes: 48, lines: 21 }, async () => {
    server.signal('SIGUSR2');
    while ((await meetAndPart(server.port)) !== undefined);
    const met = await Promise.all(Array.from({ length: 100 }, () => meetAndPart(server.port)));
    // Whoever parted just now has left a descriptor.
    expect(met.filter((status) => status === undefined).length).toBeGreaterThan(90);
    expect(await idleLoad(server)).toBeLessThan(0.5);
    server.signal('SIGUSR2');
    while ((await meetAndPart(server.port)) !== '101');
  });
});
