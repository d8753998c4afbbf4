import { measureServer, startPair } from './over-loopback.ts';
import type { Goal, Prepared, Row } from './row.ts';

const TOKEN = 'bench-0123456789abcdef';
const TRAFFIC = { connections: 10, inFlight: 4, byteLength: 125, broadcast: false };
const ROUND_MS = 250;

/** Compares two of our own echo servers: the first with a tap that watches `watched`, the second without a tap. */
async function prepareTapped(path: string): Promise<Prepared> {
  const [tapped, plain] = await Promise.all([
    startPair({ kind: 'framelight', name: 'tapped' }),
    startPair({ kind: 'framelight', name: 'plain' }),
  ]);
  const pairs = [tapped, plain];
  await tapped.askLoad({ type: 'hold', port: tapped.port, path: `/tap?watch=${TOKEN}`, connections: 1 });
  for (const { port, askLoad } of pairs) {
    await askLoad({ type: 'open', options: { ...TRAFFIC, path, port, raw: false } });
  }
  return {
    sides: pairs.map((pair) => ({
      name: pair.name,
      measure: () => measureServer(pair, { type: 'run', ms: ROUND_MS }),
    })),
    async close() {
      await Promise.all(pairs.map((pair) => pair.close()));
    },
  };
}

function tapRow(name: string, path: string, goal: Goal): Row {
  return { group: 'tap', name, unit: 'messages/s', goal, prepare: () => prepareTapped(path) };
}

export const TAP_ROWS: readonly Row[] = [
  tapRow('echo watched by a tap', `/echo?watch=${TOKEN}`, { atLeast: 1 / 3 }),
  tapRow('echo beside a tap on others', '/echo', { atLeast: 0.95 }),
];
