import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Prepared, Row } from './row.ts';
import { SERVER_NODE_OPTIONS } from './server-node-options.ts';

/** The commands: the one that `npm run server` runs, and an echo server of the peer. Both print a line when they listen. */
const PROGRAMS = {
  framelight: [...SERVER_NODE_OPTIONS, 'scripts/run.mjs', 'server/main.ts', 'serve', '--port', '0'],
  ws: ['scripts/run.mjs', 'tests/faults/ws-main.ts'],
} as const;

const ROOT = fileURLToPath(new URL('../', import.meta.url));
/** How long to wait until the work after a start is done. */
const UNTIL_AT_REST_MS = 1000;

/** Starts a server, measures the time until it listens and its memory, and ends it. */
async function startOnce(
  program: readonly string[],
  read: (server: ChildProcess, tookMs: number) => Promise<number> | number,
): Promise<number> {
  const startedAtMs = performance.now();
  const server = spawn(process.execPath, program, {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(server, 'exit');
  try {
    await once(server.stdout, 'data');
    return await read(server, performance.now() - startedAtMs);
  } finally {
    server.kill();
    await ended;
  }
}

/** @throws Error on systems other than Linux */
async function memoryAtRest({ pid }: ChildProcess): Promise<number> {
  await pause(UNTIL_AT_REST_MS);
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kibibytes) * 1024;
}

function prepare(read: Parameters<typeof startOnce>[1]): Prepared {
  return {
    sides: Object.entries(PROGRAMS).map(([name, program]) => ({ name, measure: () => startOnce(program, read) })),
  };
}

export const START_ROWS: readonly Row[] = [
  {
    group: 'start',
    name: 'start to listening',
    unit: 'ms',
    goal: { oursAtMost: 300 },
    prepare: () => prepare((_, tookMs) => tookMs),
  },
  {
    group: 'start',
    name: 'memory at rest',
    unit: 'bytes',
    goal: { oursAtMost: 80_000_000 },
    warmUp: 1,
    prepare: () => prepare(memoryAtRest),
  },
];
