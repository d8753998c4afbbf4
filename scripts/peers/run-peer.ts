import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { fillIn, type Peer } from './peers.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** `node` in a command is the Node that runs this script. */
const ENVIRONMENT = { ...process.env, PATH: `${dirname(process.execPath)}:${process.env['PATH']}` };
const START_TIMEOUT_MS = 20_000;
const LOOK_EVERY_MS = 50;

/** Starts a peer on a free port of this machine, calls `use`, and stops the peer. */
export async function withPeer<Result>(peer: Peer, use: (url: string) => Promise<Result>): Promise<Result> {
  const directory = await mkdtemp(join(tmpdir(), 'framelight-peer-'));
  const places = { port: await freePort(), built: join(directory, 'echo') };
  let running: ChildProcess | undefined;
  try {
    if (peer.build !== undefined) run(fillIn(peer.build, places));
    const [program = '', ...args] = fillIn(peer.start, places);
    running = spawn(program, args, { cwd: ROOT, env: ENVIRONMENT, stdio: ['ignore', 'ignore', 'ignore'] });
    await listening(places.port, running, peer);
    return await use(`ws://127.0.0.1:${places.port}/echo`);
  } finally {
    if (running?.exitCode === null) {
      running.kill();
      await once(running, 'exit');
    }
    await rm(directory, { recursive: true });
  }
}

/** Returns the one line that a command prints. */
export function lineOf(command: readonly string[]): string {
  return run(command).trim();
}

function run([program = '', ...args]: readonly string[]): string {
  return execFileSync(program, args, { cwd: ROOT, env: ENVIRONMENT, encoding: 'utf8' });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** @throws Error if the program ends, or does not listen in time */
async function listening(port: number, running: ChildProcess, { id, install }: Peer): Promise<void> {
  const startedMs = performance.now();
  while (performance.now() - startedMs < START_TIMEOUT_MS) {
    if (running.exitCode !== null) throw new Error(`${id} ended at once. Install it with: ${install}`);
    if (await isListening(port)) return;
    await pause(LOOK_EVERY_MS);
  }
  throw new Error(`${id} does not listen on port ${port}.`);
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}
