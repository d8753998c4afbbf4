import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import type { Dialect, SharedLoadOptions } from './load-shared.ts';
import { Worker } from './processes.ts';
import type { Reading, Side } from './rounds.ts';
import type { Prepared, Row } from './row.ts';
import { SERVER_NODE_OPTIONS } from './server-node-options.ts';
import type { Usage } from './usage.ts';

/** How long each side is under load in one round. */
const ROUND_MS = 250;

type Spread = Pick<SharedLoadOptions, 'connections' | 'inFlight' | 'byteLength'>;

interface ServersChoice {
  readonly name: string;
  /** As server-main.ts calls them. */
  readonly kind: string;
  readonly count: number;
  readonly dialect: Dialect;
}

const OVER_REDIS: ServersChoice = { name: 'framelight', kind: 'framelight-redis', count: 2, dialect: 'plain' };
const SOCKET_IO: ServersChoice = { name: 'socket.io', kind: 'socket.io-redis', count: 2, dialect: 'socket.io' };
const MEMORY: ServersChoice = { name: 'memory', kind: 'framelight', count: 1, dialect: 'plain' };

/** The same fan-out over two servers and one Redis, ours and Socket.IO's, and over one server without Redis. */
async function preparePubSub(spread: Spread): Promise<Prepared> {
  const redis = await startRedis();
  const groups = await Promise.all([OVER_REDIS, SOCKET_IO, MEMORY].map((choice) => startServers(choice, redis.url)));
  for (const { ports, dialect, load } of groups)
    await load.ask({ type: 'openShared', options: { ...spread, ports, dialect } });
  return {
    sides: groups.map(({ name, servers, load }): Side => ({ name, measure: () => measureServers(servers, load) })),
    async close() {
      await Promise.all(groups.flatMap(({ servers, load }) => [...servers, load].map((worker) => worker.stop())));
      redis.stop();
    },
  };
}

async function startServers({ name, kind, count, dialect }: ServersChoice, redisUrl: string) {
  const options = kind.startsWith('framelight') ? SERVER_NODE_OPTIONS : [];
  const servers = Array.from({ length: count }, () => new Worker('server-main.ts', [kind, redisUrl], options));
  const load = new Worker('load-main.ts');
  const [, ...ports] = await Promise.all([load.started(), ...servers.map((server) => server.started())]);
  return { name, dialect, servers, load, ports: ports as number[] };
}

/** Deliveries per second of the processor time of all servers together, without that of Redis; and by the clock. */
async function measureServers(servers: readonly Worker[], load: Worker): Promise<Reading> {
  const before = await processorMsOf(servers);
  const startedAtMs = performance.now();
  const done = (await load.ask({ type: 'runShared', ms: ROUND_MS })) as number;
  const tookMs = performance.now() - startedAtMs;
  const after = await processorMsOf(servers);
  return { perProcessorSecond: (done / (after - before)) * 1000, perClockSecond: (done / tookMs) * 1000 };
}

async function processorMsOf(servers: readonly Worker[]): Promise<number> {
  const all = (await Promise.all(servers.map((server) => server.ask({ collect: false })))) as Usage[];
  return all.reduce((sum, { processorMs }) => sum + processorMs, 0);
}

/** A Redis of our own, which keeps nothing on disk. */
async function startRedis(): Promise<{ readonly url: string; stop(): void }> {
  const port = await freePort();
  const child: ChildProcess = spawn('redis-server', [
    ...['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
  ]);
  process.on('exit', () => child.kill('SIGKILL'));
  let log = '';
  for await (const chunk of child.stdout ?? []) {
    log += String(chunk);
    if (log.includes('Ready to accept connections')) break;
  }
  return { url: `redis://127.0.0.1:${port}`, stop: () => void child.kill('SIGKILL') };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

function hasRedis(): boolean {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const row = (name: string, spread: Spread): Row => ({
  group: 'pubsub',
  name: `pubsub ${name}`,
  unit: 'messages delivered/s',
  prepare: () => preparePubSub(spread),
});

/** Without a redis-server there is nothing to compare. */
export const PUBSUB_ROWS: readonly Row[] = hasRedis()
  ? [
      row('32 B to 2, 1 in flight', { connections: 2, inFlight: 1, byteLength: 32 }),
      row('32 B to 100, 8 in flight', { connections: 100, inFlight: 8, byteLength: 32 }),
      row('1 KiB to 100, 8 in flight', { connections: 100, inFlight: 8, byteLength: 1024 }),
    ]
  : [];
