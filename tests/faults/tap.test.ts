import { expect, test } from 'vitest';
import { Bystander } from './bystander.ts';
import { expectHarm, startServer } from './harm.ts';
import { formatLatencies, summarize } from './latencies.ts';
import { CountingTap } from './peers/tap.ts';

const [READ, UNREAD] = ['a-tap-that-goes-on-reading', 'a-tap-that-stops-reading'];
const watchedBy = (token: string) => ({ path: `/echo?watch=${token}`, payloadLength: 64 * 1024, pauseMs: 0 });
const quietlyWatchedBy = (token: string) => ({ path: `/echo?watch=${token}`, payloadLength: 10, pauseMs: 20 });

test('a tap that stops reading: what it misses is counted, and whom it watches is not slowed', async () => {
  const server = await startServer();
  const { port } = server;
  await expectHarm(server, { peakMegabytes: 192, aliveMegabytes: 24, lines: 0 }, async () => {
    const besideReader = await Bystander.open(port, watchedBy(READ));
    const reader = (await CountingTap.open(port, READ)).readUntilClosed(1);
    await besideReader.untilEchoed(60);
    const watched = await besideReader.stop();
    await reader;

    const stuck = await CountingTap.open(port, UNREAD);
    stuck.stopReading();
    const besideStuck = await Bystander.open(port, watchedBy(UNREAD));
    await besideStuck.untilEchoed(200);
    const unread = await besideStuck.stop();

    // Now there is room again: it is told how many it has missed, though nobody sends anything.
    stuck.resumeReading();
    const some = stuck.readUntilClosed(2);
    await stuck.hasMissed;
    const last = await Bystander.open(port, quietlyWatchedBy(UNREAD));
    await last.untilEchoed(3);
    const { lost } = await last.stop();
    await some;
    // One that comes when all is over gets the latest, and how many are no longer kept.
    const late = await CountingTap.open(port, UNREAD);
    await late.readUntilClosed(2);

    const [beside, besideUnread] = [summarize(watched.latencies), summarize(unread.latencies)];
    console.log(`watched by a tap that reads: ${formatLatencies(beside)}`);
    console.log(`by one that does not: ${formatLatencies(besideUnread)}`);
    const [missed, fallenOut] = [stuck.told.dropped, late.told.dropped];
    console.log(`it got ${stuck.told.messages} messages, and missed ${missed}; ${fallenOut} fell out of the ring`);
    expect(watched.lost + unread.lost + lost).toBe(0);
    expect(besideUnread.median).toBeLessThan(4 * beside.median + 20);
    expect(fallenOut).toBeGreaterThan(0);
    expect(stuck.told.messages + missed).toBe(late.told.messages + fallenOut);
  });
});
