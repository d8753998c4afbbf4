import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { LoadOptions } from './load.ts';
import type { LoadQuestion } from './load-main.ts';
import { Worker } from './processes.ts';
import type { Reading, Side } from './rounds.ts';
import type { Prepared } from './row.ts';
import type { Usage } from './server-main.ts';
import { SERVER_NODE_OPTIONS } from './server-node-options.ts';

/** A server and its load, a process each. */
export interface Pair {
  readonly name: string;
  readonly port: number;
  askLoad(question: LoadQuestion): Promise<unknown>;
  /** What the server has used so far; `collect`: once its garbage is gone. */
  usage(collect?: boolean): Promise<Usage>;
  close(): Promise<void>;
}

/** A server that is measured. */
export interface ServerChoice {
  /** Which one: framelight, ws or tcp. */
  readonly kind: string;
  /** What the table calls it; its kind if it does not say. */
  readonly name?: string;
  /** Another build of this project, whose server it is. */
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

/** The same traffic to each of the servers, in turn. */
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
 * How much a server does in a second of its processor time, and in one of the clock. The load has the other processor,
 * and where each message is an answer to the one before, it has as much to do as the server: then the clock tells how
 * fast the load is.
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
