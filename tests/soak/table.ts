import type { Fared } from './attend.ts';
import type { SoakResult } from './run.ts';

const MEBIBYTE = 1024 * 1024;

/**
 * What must hold, whatever the mischief and however long it goes on. The bounds leave room for a machine that is busy
 * with other things, for 16 MiB of what a late tap may ask for, and for memory that the runtime keeps for the next peak.
 */
const BOUNDS = { medianMs: 250, worstMs: 5000, peakRssMiB: 640, rssGrowthMiB: 400, aliveGrowthMiB: 32 };
/** A kind of line is told 20 times in ten seconds, and then more and more seldom; there are some twenty kinds. */
const LOG_LINES = { atOnce: 600, perMinute: 250 };

/** @returns what was broken, a sentence each */
export function breaches({ fared, failures, termination }: SoakResult): string[] {
  const { echoed, lost, latencies, rss, aliveGrowth, connectionsLeft, logLines, seconds } = fared.mischief;
  const atMost = (what: string, value: number, bound: number, unit: string) =>
    value <= bound ? [] : [`${what}: ${Math.round(value)} ${unit} is more than ${Math.round(bound)}`];
  return [
    ...failures,
    ...(echoed > 0 ? [] : ['no message was echoed']),
    ...atMost('messages lost', lost, 0, 'messages'),
    ...atMost('median latency', latencies.median, BOUNDS.medianMs, 'ms'),
    ...atMost('worst latency', latencies.worst, BOUNDS.worstMs, 'ms'),
    ...atMost('RSS at its peak', rss.peak / MEBIBYTE, BOUNDS.peakRssMiB, 'MiB'),
    ...atMost('growth of RSS', (rss.end - rss.start) / MEBIBYTE, BOUNDS.rssGrowthMiB, 'MiB'),
    ...atMost('growth of what is alive', aliveGrowth / MEBIBYTE, BOUNDS.aliveGrowthMiB, 'MiB'),
    ...atMost('connections left', connectionsLeft, 0, 'connections'),
    ...atMost('lines in the log', logLines, LOG_LINES.atOnce + (LOG_LINES.perMinute * seconds) / 60, 'lines'),
    ...atMost('clients without 1001 or an echo', termination.clients - termination.well, 0, 'clients'),
    ...(termination.status === 0 ? [] : [`SIGTERM ended the server with ${termination.status}, not 0`]),
  ];
}

const ROWS: readonly [label: string, cell: (fared: Fared) => string][] = [
  ['seconds', ({ seconds }) => seconds.toFixed(0)],
  ['messages echoed', ({ echoed }) => echoed.toLocaleString('en-US')],
  ['messages lost', ({ lost }) => String(lost)],
  ['latency, median', ({ latencies }) => `${latencies.median.toFixed(2)} ms`],
  ['latency, 99 %', ({ latencies }) => `${latencies.most.toFixed(1)} ms`],
  ['latency, worst', ({ latencies }) => `${latencies.worst.toFixed(0)} ms`],
  ['RSS at the start', ({ rss }) => mebibytes(rss.start)],
  ['RSS at its peak', ({ rss }) => mebibytes(rss.peak)],
  ['RSS at the end', ({ rss }) => mebibytes(rss.end)],
  ['alive, more than at the start', ({ aliveGrowth }) => mebibytes(aliveGrowth)],
  ['connections left', ({ connectionsLeft }) => String(connectionsLeft)],
  ['lines in the log', ({ logLines }) => String(logLines)],
];
const HEADS = ['with mischief', 'alone', 'ws, alone'];

/** For people: the figures side by side, and how often each kind of mischief went on. */
export function formatTable({ fared, times, termination }: SoakResult): string {
  const columns = [fared.mischief, fared.alone, fared.wsAlone];
  const line = (label: string, cells: readonly string[]) =>
    `${label.padEnd(32)}${cells.map((cell) => cell.padStart(15)).join('')}`;
  const mischief = [...times]
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${String(count).padStart(6)}  ${name}`);
  return [
    line('', HEADS),
    ...ROWS.map(([label, cell]) => line(label, columns.map(cell))),
    `SIGTERM under load: 1001 and all echoes to ${termination.well} of ${termination.clients} clients, status ${termination.status}`,
    'The mischief:',
    ...mischief,
  ].join('\n');
}

function mebibytes(bytes: number): string {
  return `${(bytes / MEBIBYTE).toFixed(1)} MiB`;
}
