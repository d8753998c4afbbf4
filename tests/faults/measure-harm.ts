import { Bystander } from './bystander.ts';
import type { ServerProcess } from './server-process.ts';

const MEGABYTE = 1024 * 1024;

/** What somebody's misbehaving cost a server and whoever was beside it. */
export interface Harm {
  /** By how much the process had grown at its worst, in MiB. */
  readonly peakMegabytes: number;
  /** By how much more was alive afterwards, in MiB. */
  readonly aliveMegabytes: number;
  /** Lines in the log. */
  readonly lines: number;
  /** How long the bystander waited for each of its echoes, in ms. */
  readonly latencies: readonly number[];
  /** Messages of the bystander that did not come back. */
  readonly lost: number;
  readonly processorMs: number;
  readonly seconds: number;
}

/** Lets somebody misbehave beside a bystander. Waits until the server has nothing left of whoever misbehaved. */
export async function measureHarm(server: ServerProcess, misbehave: () => Promise<void>): Promise<Harm> {
  const bystander = await Bystander.open(server.port);
  const before = await server.usage();
  const linesBefore = server.lines.length;
  const start = performance.now();
  await misbehave();
  await server.untilSockets(before.sockets);
  const seconds = (performance.now() - start) / 1000;
  const after = await server.usage();
  const { latencies, lost } = await bystander.stop();
  return {
    peakMegabytes: (after.peakRss - before.rss) / MEGABYTE,
    aliveMegabytes: (after.alive - before.alive) / MEGABYTE,
    lines: server.lines.length - linesBefore,
    latencies,
    lost,
    processorMs: after.processorMs - before.processorMs,
    seconds,
  };
}
