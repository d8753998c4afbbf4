import { measureServer, type Pair, type Traffic } from './over-loopback.ts';
import { Worker } from './processes.ts';
import type { Goal, Prepared, Row } from './row.ts';
import type { Usage } from './usage.ts';

const ROUND_MS = 250;
const ECHOES_PER_ROUND = 300;
const KIB = 1024;

/** An echo server of ours, a proxy in front of it, and the load, each in its own process. */
async function startProxied(kind: string): Promise<Pair & { readonly targetPort: number }> {
  const target = new Worker('server-main.ts', ['framelight']);
  const targetPort = (await target.started()) as number;
  const proxy = new Worker('proxy-main.ts', [kind, String(targetPort)]);
  const load = new Worker('load-main.ts');
  const [port] = await Promise.all([proxy.started(), load.started()]);
  return {
    name: kind,
    port: port as number,
    targetPort,
    askLoad: (question) => load.ask(question),
    usage: async (collect = false) => (await proxy.ask({ collect })) as Usage,
    async close() {
      await load.stop();
      await proxy.stop();
      await target.stop();
    },
  };
}

async function prepareTraffic(traffic: Traffic): Promise<Prepared> {
  const pairs = await Promise.all(['framelight', 'http-proxy-3', 'pipe'].map(startProxied));
  for (const { port, askLoad } of pairs) await askLoad({ type: 'open', options: { ...traffic, port, raw: false } });
  return {
    sides: pairs.map((pair) => ({
      name: pair.name,
      measure: () => measureServer(pair, { type: 'run', ms: ROUND_MS }),
    })),
    close: () => closeAll(pairs),
  };
}

/** What a proxy adds to the median time of an echo, in microseconds, beside the same echo without it. */
async function prepareLatency(): Promise<Prepared> {
  const pairs = await Promise.all(['framelight', 'pipe'].map(startProxied));
  return {
    sides: pairs.map(({ name, port, targetPort, askLoad }) => ({
      name,
      measure: async () => {
        const ask = { type: 'latency', path: '/echo', echoes: ECHOES_PER_ROUND } as const;
        const direct = (await askLoad({ ...ask, port: targetPort })) as number;
        return ((await askLoad({ ...ask, port })) as number) - direct;
      },
    })),
    close: () => closeAll(pairs),
  };
}

async function closeAll(pairs: readonly Pair[]): Promise<void> {
  await Promise.all(pairs.map((pair) => pair.close()));
}

const echo = (connections: number, inFlight: number, byteLength: number): Traffic => ({
  path: '/echo',
  connections,
  inFlight,
  byteLength,
  broadcast: false,
});

const row = (name: string, goal: Goal, traffic: Traffic): Row => ({
  group: 'proxy',
  name: `proxy ${name}`,
  unit: 'messages/s',
  goal,
  prepare: () => prepareTraffic(traffic),
});

/** The peer is http-proxy-3, and for the latency a plain pipe. The limit is that pipe. */
export const PROXY_ROWS: readonly Row[] = [
  row('32 B, 50, 16 in flight', { atLeast: 0.9 }, echo(50, 16, 32)),
  row('1 MiB, 4 connections', { atLeast: 0.9 }, echo(4, 1, KIB * KIB)),
  { group: 'proxy', name: 'proxy added latency', unit: 'µs', goal: { atMost: 2 }, prepare: prepareLatency },
];
