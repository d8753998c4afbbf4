import { expect, test } from 'vitest';
import { type SoakResult, soak } from './soak/run.ts';
import { breaches, formatTable } from './soak/table.ts';

const SECONDS = 2;

test('a short soak breaks no bound', { timeout: 90_000 }, async () => {
  const seconds: number[] = [];
  const result = await soak({ seed: 2, seconds: SECONDS, onProgress: (progress) => seconds.push(progress.seconds) });
  console.log(formatTable(result));
  expect(breaches(result)).toEqual([]);
  expect(result.fared.mischief.seconds).toBeGreaterThanOrEqual(SECONDS);
  expect(seconds.length).toBeGreaterThan(0);
});

const latencies = { count: 100, median: 1, most: 2, worst: 3 };
const rss = { start: 1e8, peak: 2e8, end: 1.5e8 };
const well = { echoed: 100, lost: 0, latencies, seconds: 60, rss, aliveGrowth: 0, connectionsLeft: 0, logLines: 100 };
const good: SoakResult = {
  fared: { mischief: well, alone: well, wsAlone: well },
  times: new Map(),
  failures: [],
  termination: { clients: 10, well: 10, status: 0 },
};

test('nothing is broken where all is well', () => {
  expect(breaches(good)).toEqual([]);
});

test.each([
  [{ echoed: 0 }, 'no message was echoed'],
  [{ lost: 1 }, 'messages lost: 1'],
  [{ latencies: { ...latencies, median: 1000 } }, 'median latency: 1000 ms'],
  [{ latencies: { ...latencies, worst: 10_000 } }, 'worst latency: 10000 ms'],
  [{ rss: { ...rss, peak: 1e9 } }, 'RSS at its peak: 954 MiB'],
  [{ rss: { ...rss, end: 6e8 } }, 'growth of RSS: 477 MiB'],
  [{ aliveGrowth: 1e8 }, 'growth of what is alive: 95 MiB'],
  [{ connectionsLeft: 1 }, 'connections left: 1'],
  [{ logLines: 10_000 }, 'lines in the log: 10000'],
])('a broken bound is told of: %j', (bad, sentence) => {
  const broken = breaches({ ...good, fared: { ...good.fared, mischief: { ...well, ...bad } } });
  expect(broken).toEqual([expect.stringContaining(sentence)]);
});

test.each([
  [{ failures: ['round 3, echoes unread: it failed'] }, 'it failed'],
  [{ termination: { ...good.termination, well: 9 } }, 'clients without 1001 or an echo: 1'],
  [{ termination: { ...good.termination, status: null } }, 'ended the server with null'],
])('and so is %j', (bad, sentence) => {
  expect(breaches({ ...good, ...bad })).toEqual([expect.stringContaining(sentence)]);
});
