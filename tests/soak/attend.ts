import type { ServerProcess } from '../faults/server-process.ts';
import { Crew, type CrewFigures } from './crew.ts';

/** How a server fared. */
export interface Fared extends CrewFigures {
  readonly seconds: number;
  /** The process's memory, in bytes. */
  readonly rss: { readonly start: number; readonly peak: number; readonly end: number };
  /** What was alive in it at the end more than at the start, in bytes. */
  readonly aliveGrowth: number;
  /** TCP connections that the server still had after everybody had left. */
  readonly connectionsLeft: number;
  readonly logLines: number;
}

/** So long the server may take to let go of those who have left. */
const MOST_LEAVING_MS = 10_000;

/** Has a crew echo on a server while something goes on, and looks at what that leaves behind. */
export async function attend(server: ServerProcess, work: (crew: Crew) => Promise<void>): Promise<Fared> {
  // What the first connections take, later ones do not.
  await (await Crew.board(server.port)).leave();
  const before = await server.usage();
  const crew = await Crew.board(server.port);
  const start = performance.now();
  await work(crew);
  const seconds = (performance.now() - start) / 1000;
  const figures = await crew.leave();
  await server.untilSockets(0, MOST_LEAVING_MS);
  const after = await server.usage();
  return {
    ...figures,
    seconds,
    rss: { start: before.rss, peak: after.peakRss, end: after.rss },
    aliveGrowth: after.alive - before.alive,
    connectionsLeft: after.sockets,
    logLines: server.lines.length,
  };
}
