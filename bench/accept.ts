import { measureServer, type ServerChoice, startPair } from './over-loopback.ts';
import type { Goal, Prepared, Row } from './row.ts';

const AT_ONCE = 32;
const ROUND_MS = 400;
const IDLE_CONNECTIONS = 5000;
/**
 * How many connections a server accepts before its memory is measured. Equal for both, because V8's young generation grows
 * with that number.
 */
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

/** Starts a new server for each reading: only the first connections make a process grow. */
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

/** @param goals for connections accepted, and for memory */
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
      // About twenty thousand connections: code that runs once for each connection is compiled late.
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
