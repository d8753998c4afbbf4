import { measureServer, startPair } from './over-loopback.ts';
import type { Prepared, Row } from './row.ts';

const AT_ONCE = 32;
const ROUND_MS = 400;
const IDLE_CONNECTIONS = 5000;
/** Before memory is looked at: the same number for both, for the room that V8 gives young objects grows with it. */
const EARLIER_CONNECTIONS = 2000;

async function prepareConnects(): Promise<Prepared> {
  const pairs = await Promise.all(['framelight', 'ws'].map((kind) => startPair(kind)));
  return {
    sides: pairs.map((pair) => ({
      name: pair.name,
      measure: () => measureServer(pair, { type: 'connects', port: pair.port, atOnce: AT_ONCE, ms: ROUND_MS }),
    })),
    async close() {
      await Promise.all(pairs.map((pair) => pair.close()));
    },
  };
}

/** A new server for each reading: only the first connections take memory that was not there. */
async function memoryPerConnection(kind: string): Promise<number> {
  const pair = await startPair(kind);
  try {
    await pair.askLoad({ type: 'connectTimes', port: pair.port, atOnce: AT_ONCE, times: EARLIER_CONNECTIONS });
    const before = await pair.usage(true);
    await pair.askLoad({ type: 'hold', port: pair.port, path: '/echo', connections: IDLE_CONNECTIONS });
    const after = await pair.usage(true);
    return (after.memory - before.memory) / IDLE_CONNECTIONS;
  } finally {
    await pair.close();
  }
}

export const ACCEPT_ROWS: readonly Row[] = [
  {
    group: 'accept',
    name: 'connections, 32 at a time',
    unit: 'connections/s',
    goal: { atLeast: 1.3 },
    // Some twenty thousand connections: what runs once for each is compiled late.
    warmUp: 6,
    prepare: prepareConnects,
  },
  {
    group: 'memory',
    name: 'memory per idle connection',
    unit: 'bytes',
    goal: { atMost: 0.75 },
    warmUp: 0,
    prepare: () => ({
      sides: ['framelight', 'ws'].map((kind) => ({ name: kind, measure: () => memoryPerConnection(kind) })),
    }),
  },
];
