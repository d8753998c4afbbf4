import { expect, onTestFinished } from 'vitest';
import { formatLatencies, summarize } from './latencies.ts';
import { measureHarm } from './measure-harm.ts';
import { ServerProcess, type StartOptions } from './server-process.ts';

/** What a fault may cost at most. The bounds leave room for a machine that is busy with other things. */
export interface Bounds {
  /** By how much the process may have grown at its worst, in MiB. */
  readonly peakMegabytes: number;
  /** By how much more may be alive afterwards, in MiB. */
  readonly aliveMegabytes?: number;
  /** Lines in the log. */
  readonly lines: number;
  /** The longest that a bystander waited for an echo, in ms. */
  readonly worstLatencyMs?: number;
}

/** A server for one test. */
export async function startServer(options: StartOptions = {}): Promise<ServerProcess> {
  const server = await ServerProcess.start(options);
  onTestFinished(() => server.kill());
  return server;
}

/**
 * Lets somebody misbehave beside a bystander, prints what it cost, and expects it to be within the bounds.
 *
 * Waits until the server has nothing left of whoever misbehaved.
 */
export async function expectHarm(server: ServerProcess, bounds: Bounds, misbehave: () => Promise<void>): Promise<void> {
  const { peakMegabytes, aliveMegabytes = 8, lines, worstLatencyMs = 3000 } = bounds;
  const harm = await measureHarm(server, misbehave);
  const { latencies, lost, seconds } = harm;
  const found = { ...harm, worstLatencyMs: Math.max(...latencies) };
  const test = expect.getState().currentTestName;
  const memory = `memory grew by ${found.peakMegabytes.toFixed(1)} MiB at most, ${found.aliveMegabytes.toFixed(1)} stay`;
  const processor = `${Math.round(found.processorMs)} ms of processor in ${seconds.toFixed(1)} s`;
  console.log(`${test}: ${memory}; ${processor}; ${found.lines} lines; ${formatLatencies(summarize(latencies))}`);
  expect({ lost, echoed: latencies.length > 0 }).toEqual({ lost: 0, echoed: true });
  expect(found.peakMegabytes).toBeLessThan(peakMegabytes);
  expect(found.aliveMegabytes).toBeLessThan(aliveMegabytes);
  expect(found.lines).toBeLessThanOrEqual(lines);
  expect(found.worstLatencyMs).toBeLessThan(worstLatencyMs);
}
