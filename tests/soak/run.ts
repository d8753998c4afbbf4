import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { LoadedClient } from '../faults/peers/loaded-client.ts';
import { ServerProcess, type StartOptions } from '../faults/server-process.ts';
import { attend, type Fared } from './attend.ts';
import { DESCRIPTORS } from './lone-mischief.ts';
import { Rounds } from './rounds.ts';

export interface SoakOptions {
  readonly seed: number;
  readonly seconds: number;
  readonly onProgress?: (progress: Progress) => void;
}

export interface Progress {
  readonly seconds: number;
  readonly echoed: number;
  /** In bytes. */
  readonly rss: number;
  /** What goes on. */
  readonly mischief: readonly string[];
}

export interface SoakResult {
  /** The server with mischief all around, then the same with the crew alone, then that of ws with the crew alone. */
  readonly fared: { readonly mischief: Fared; readonly alone: Fared; readonly wsAlone: Fared };
  readonly times: ReadonlyMap<string, number>;
  readonly failures: readonly string[];
  readonly termination: Termination;
}

/** How SIGTERM was met, while clients kept the server busy. */
export interface Termination {
  readonly clients: number;
  /** How many of them got 1001, and before it each echo in its turn. */
  readonly well: number;
  readonly status: number | null;
}

/** Much mischief is over only when the server loses its patience. */
const PATIENCE = { handshakeTimeoutMs: 800, idleTimeoutMs: 2000, closingTimeoutMs: 400 };
const ALONE_SHARE = 1 / 10;
const MOST_ALONE_SECONDS = 30;
const PROGRESS_MS = 1000;
const BUSY_CLIENTS = 10;

/** Mischief at random beside a crew that does nothing wrong, for so long; at the end, SIGTERM. */
export async function soak({ seed, seconds, onProgress = () => {} }: SoakOptions): Promise<SoakResult> {
  const site = builtSite();
  const settings = { limits: PATIENCE, site: pathToFileURL(`${site}/`).href };
  const preloads = ['jumping-clock', 'take-descriptors'].map(
    (name) => new URL(`../faults/${name}.ts`, import.meta.url),
  );
  const aloneMs = 1000 * Math.min(seconds * ALONE_SHARE, MOST_ALONE_SECONDS);
  const fareAlone = (server: ServerProcess) => attend(server, () => wait(aloneMs));
  try {
    const wsAlone = await on({ settings: 'ws' }, fareAlone);
    const alone = await on({ settings }, fareAlone);
    return await on({ settings, preloads, descriptors: DESCRIPTORS }, async (server) => {
      const rounds = new Rounds(seed);
      const mischief = await attend(server, async (crew) => {
        const start = performance.now();
        const elapsed = () => (performance.now() - start) / 1000;
        const timer = setInterval(async () => {
          const { rss } = await server.usage({ collect: false });
          onProgress({ seconds: elapsed(), echoed: crew.echoed, rss, mischief: rounds.current });
        }, PROGRESS_MS);
        await Promise.race([rounds.go(server, () => elapsed() >= seconds), server.failure]);
        clearInterval(timer);
      });
      const mistakes = server.lines.filter((line) => line.startsWith('a mistake of'));
      const termination = await terminate(server);
      return {
        fared: { mischief, alone, wsAlone },
        times: rounds.times,
        failures: [...rounds.failures, ...mistakes],
        termination,
      };
    });
  } finally {
    rmSync(site, { recursive: true });
  }
}

async function on<T>(options: StartOptions, work: (server: ServerProcess) => Promise<T>): Promise<T> {
  const server = await ServerProcess.start(options);
  try {
    return await work(server);
  } finally {
    await server.kill();
  }
}

async function terminate(server: ServerProcess): Promise<Termination> {
  const options = { path: '/echo', payloadLength: 1000, inFlight: 16 };
  const clients = Array.from({ length: BUSY_CLIENTS }, () => new LoadedClient(server.port, options));
  await Promise.all(clients.map((client) => client.untilEchoed(100)));
  server.signal('SIGTERM');
  const ends = await Promise.all(clients.map(({ end }) => end));
  const well = ends.filter(({ closeCode, wrong }) => closeCode === 1001 && wrong === 0).length;
  return { clients: clients.length, well, status: await server.ended() };
}

/** A site of one page and one long file. */
function builtSite(): string {
  const site = mkdtempSync(join(tmpdir(), 'framelight-soak-'));
  writeFileSync(join(site, 'index.html'), '<h1>home</h1>');
  writeFileSync(join(site, 'long.js'), new Uint8Array(4 * 1024 * 1024));
  return site;
}
