import type { DeflateLoadOptions } from './load-deflate.ts';
import { measureServer, type Pair, startPair } from './over-loopback.ts';
import type { Side } from './rounds.ts';
import type { Goal, Prepared, Row } from './row.ts';

const KIB = 1024;
const ROUND_MS = 400;
/** Latency needs more messages: one in a hundred counts. */
const LATENCY_ROUND_MS = 800;
const CONNECTIONS_IN_MEMORY = 1000;

/** Both compress every message and keep both contexts: framelight for a path that asks for it. */
const SERVERS = [
  { kind: 'framelight', path: '/echo?deflate' },
  { kind: 'ws-deflate', name: 'ws', path: '/echo' },
];

type Traffic = Pick<DeflateLoadOptions, 'connections' | 'inFlight' | 'byteLength'>;

async function prepareDeflate(
  traffic: Traffic,
  measure: (pair: Pair) => ReturnType<Side['measure']>,
): Promise<Prepared> {
  const pairs = await Promise.all(SERVERS.map(async (server) => ({ ...(await startPair(server)), path: server.path })));
  for (const { port, path, askLoad } of pairs)
    await askLoad({ type: 'openDeflate', options: { ...traffic, port, path } });
  return {
    sides: pairs.map((pair) => ({ name: pair.name, measure: () => measure(pair) })),
    async close() {
      await Promise.all(pairs.map((pair) => pair.close()));
    },
  };
}

function throughput(name: string, goal: Goal, traffic: Traffic): Row {
  return {
    group: 'deflate',
    name: `deflate ${name}`,
    unit: 'messages/s',
    goal,
    prepare: () => prepareDeflate(traffic, (pair) => measureServer(pair, { type: 'runDeflate', ms: ROUND_MS })),
  };
}

/** Starts a new server for each reading. Each connection has echoed one message of 1 KiB, and keeps its context. */
async function memoryAfterOneEcho(server: (typeof SERVERS)[number]): Promise<number> {
  const pair = await startPair(server);
  const traffic = { inFlight: 1, byteLength: KIB, port: pair.port, path: server.path };
  try {
    const before = await pair.usage(true);
    await pair.askLoad({ type: 'openDeflate', options: { ...traffic, connections: CONNECTIONS_IN_MEMORY } });
    const after = await pair.usage(true);
    return (after.memory - before.memory) / CONNECTIONS_IN_MEMORY;
  } finally {
    await pair.close();
  }
}

const JSON_KIB: Traffic = { connections: 50, inFlight: 4, byteLength: KIB };

export const DEFLATE_ROWS: readonly Row[] = [
  throughput('1 KiB, 50, 4 in flight', { atLeast: 4 }, JSON_KIB),
  throughput('64 KiB, 10, 2 in flight', { atLeast: 1.5 }, { connections: 10, inFlight: 2, byteLength: 64 * KIB }),
  {
    group: 'deflate',
    name: 'deflate 1 KiB, slowest in 100',
    unit: 'ms',
    goal: { atMost: 0.5 },
    prepare: () =>
      prepareDeflate(JSON_KIB, async (pair) => {
        return (await pair.askLoad({ type: 'latencyDeflate', ms: LATENCY_ROUND_MS })) as number;
      }),
  },
  {
    group: 'deflate',
    name: 'memory per deflated connection',
    unit: 'bytes',
    goal: { atMost: 0.5 },
    warmUp: 0,
    prepare: () => ({
      sides: SERVERS.map((server) => ({
        name: server.name ?? server.kind,
        measure: () => memoryAfterOneEcho(server),
      })),
    }),
  },
];
