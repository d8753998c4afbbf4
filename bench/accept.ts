import { measureServer, type ServerChoice, startPair } from './over-loopback.ts';
import type { Goal, Prepared, Row } from './row.ts';

const AT_ONCE = 32;
const ROUND_MS = 400;
const IDLE_CONNECTIONS = 5000;
/** Before memory is looked at: the same number for both, for the room that V8 gives young objects grows with it. */
const EARLIER_CONNECTIONS = 2000;

async function prepareConnects(servers: readonly ServerChoice[]): Promise<Prepared> {
  const pairs = await Promise.all(servers.map((server) => startPair(server)));
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
async function memoryPerConnection(server: ServerChoice): Promise<number> {
  const pair = await startPair(server);
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

/** @param goals of connections accepted, and of memory */
export function acceptRows(
  servers: readonly ServerChoice[],
  [accepted, memory]: readonly [Goal, Goal],
): readonly Row[] {
  return [
    {
      group: 'accept',
      name: 'connections, 32 at a time',
      unit: 'connections/s',
      goal: accepted,
      // Some twenty thousand connections: what runs once for each is compiled late.
      warmUp: 6,
      prepare: () => prepareConnects(servers),
    },
    {
      group: 'memory',
      name: 'memory per idle connection',
      unit: 'bytes',
      goal: memory,
      warmUp: 0,
      prepare: () => ({
        sides: servers.map((server) => ({
          name: server.name ?? server.kind,
          measure: () => memoryPerConnection(server),
        })),
      }),
    },
  ];
}

export const ACCEPT_ROWS: readonly Row[] = acceptRows(
  [{ kind: 'framelight' }, { kind: 'ws' }],
  [{ atLeast: 1.3 }, { atMost: 0.75 }],
);
