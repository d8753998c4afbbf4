import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { LoadOptions } from './load.ts';
import type { LoadQuestion } from './load-main.ts';
import { Worker } from './processes.ts';
import type { Reading, Side } from './rounds.ts';
import type { Prepared } from './row.ts';
import { SERVER_NODE_OPTIONS } from './server-node-options.ts';
import type { Usage } from './usage.ts';

/** A server and its load, each in its own process. */
export interface Pair {
  readonly name: string;
  readonly port: number;
  askLoad(question: LoadQuestion): Promise<unknown>;
  /** The resources that the server has used so far. `collect`: after a garbage collection. */
  usage(collect?: boolean): Promise<Usage>;
  close(): Promise<void>;
}

/** A server that is measured. */
export interface ServerChoice {
  /** Which one: framelight, ws or tcp. */
  readonly kind: string;
  /** Its name in the table; by default its kind. */
  readonly name?: string;
  /** The folder of another build of this project, if the server is from there. */
  readonly folder?: string | undefined;
}

export async function startPair({ kind, name = kind, folder }: ServerChoice): Promise<Pair> {
  const file = folder === undefined ? 'server-main.ts' : pathToFileURL(join(folder, 'bench/server-main.ts')).href;
  const server = new Worker(file, [kind], kind === 'framelight' ? SERVER_NODE_OPTIONS : []);
  const load = new Worker('load-main.ts');
  const [port] = await Promise.all([server.started(), load.started()]);
  return {
    name,
    port: port as number,
    askLoad: (question) => load.ask(question),
    usage: async (collect = false) => (await server.ask({ collect })) as Usage,
    async close() {
      await Promise.all([load.stop(), server.stop()]);
    },
  };
}

/** How long each side is under load in one round. */
const ROUND_MS = 250;

export type Traffic = Omit<LoadOptions, 'port' | 'raw'>;

/** Sends the same traffic to each of the servers, in turn. */
export async function prepareTraffic(servers: readonly ServerChoice[], traffic: Traffic): Promise<Prepared> {
  const pairs = await Promise.all(servers.map((server) => startPair(server)));
  for (const { port, name, askLoad } of pairs) {
    await askLoad({ type: 'open', options: { ...traffic, port, raw: name === 'tcp' } });
  }
  const sides = pairs.map(
    (pair): Side => ({
      name: pair.name,
      measure: () => measureServer(pair, { type: 'run', ms: ROUND_MS }),
    }),
  );
  return {
    sides,
    async close() {
      await Promise.all(pairs.map((pair) => pair.close()));
    },
  };
}

/**
 * How much a server does in a second of its processor time, and in a second by the clock. The load runs on the other
 * processor. If each message is an answer to the one before, the load has as much work as the server, and the clock shows
 * the speed of the load.
 */
export async function measureServer(pair: Pair, question: LoadQuestion): Promise<Reading> {
  const before = await pair.usage();
  const startedAtMs = performance.now();
  const done = (await pair.askLoad(question)) as number;
  const tookMs = performance.now() - startedAtMs;
  const after = await pair.usage();
  return {
    perProcessorSecond: (done / (after.processorMs - before.processorMs)) * 1000,
    perClockSecond: (done / tookMs) * 1000,
  };
}
