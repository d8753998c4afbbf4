import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { SERVER_NODE_OPTIONS } from '../../bench/server-node-options.ts';
import type { ServerLimits } from '../../server/bounds/limits.ts';
import type { Usage, UsageQuestion } from './usage.ts';

export interface ServerSettings {
  readonly limits?: Partial<ServerLimits>;
  /** Where the site was built: a file: URL. */
  readonly site?: string;
  /** Whether the server runs as somebody who may not read what is not to be read. */
  readonly obeyPermissions?: boolean;
}

export interface StartOptions {
  /** Left out: the server is `framelight serve`, as it is. 'ws': it is the ws package's. */
  readonly settings?: ServerSettings | 'ws';
  /** Modules that are loaded before the server. */
  readonly preloads?: readonly URL[];
  /** How many file descriptors the process may have. */
  readonly descriptors?: number;
}

const path = (file: string) => fileURLToPath(new URL(file, import.meta.url));
// As `npm start` does: the types are stripped once, not at every start.
const COMPILE_CACHE = path('../../node_modules/.cache/framelight');
const USAGE = new URL('usage.ts', import.meta.url);

/** The server in a process of its own: its port, its log, its memory, its end. */
export class ServerProcess {
  readonly port: number;
  /** What it has logged, a line each. */
  readonly lines: string[] = [];
  readonly #child: ChildProcess;
  /** Rejects when the process ends. */
  readonly failure: Promise<never>;
  readonly #asking: ((usage: Usage) => void)[] = [];

  private constructor(child: ChildProcess, failure: Promise<never>, port: number) {
    this.#child = child;
    this.failure = failure;
    this.port = port;
    child.on('message', (usage) => this.#asking.shift()?.(usage as Usage));
    createInterface(child.stderr as Readable).on('line', (line) => this.lines.push(line));
  }

  static async start({ settings, preloads = [], descriptors }: StartOptions = {}): Promise<ServerProcess> {
    const program = programOf(settings);
    const imports = [USAGE, ...preloads].flatMap(({ href }) => ['--import', href]);
    // The server gets the options with which everybody starts it. Without them V8's young generation may grow to 48 MiB.
    const options = settings === 'ws' ? [] : SERVER_NODE_OPTIONS;
    const command = [process.execPath, '--expose-gc', ...options, ...imports, ...program];
    const [file = '', ...args] = descriptors === undefined ? command : withDescriptors(descriptors, command);
    const env = { ...process.env, NODE_COMPILE_CACHE: COMPILE_CACHE };
    const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], env });
    const failure = failureOf(child);
    const [url] = (await Promise.race([once(child.stdout as Readable, 'data'), failure])) as [Buffer];
    return new ServerProcess(child, failure, Number(new URL(url.toString().trim()).port));
  }

  async usage(question: UsageQuestion = { collect: true }): Promise<Usage> {
    // Answers come in the order of the questions.
    const reply = new Promise<Usage>((resolve) => this.#asking.push(resolve));
    this.#child.send(question);
    return Promise.race([reply, this.failure]);
  }

  /** Waits until so many TCP connections are left, or fewer; or so long. */
  async untilSockets(most: number, longestMs = Number.POSITIVE_INFINITY): Promise<void> {
    const end = performance.now() + longestMs;
    while (performance.now() < end && (await this.usage({ collect: false })).sockets > most) await wait(20);
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Waits for the end. @returns the exit status; null where a signal ended it */
  async ended(): Promise<number | null> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, 'close');
    return this.#child.exitCode;
  }

  /** Ends it without further ado. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.ended();
  }
}

function programOf(settings: StartOptions['settings']): readonly string[] {
  if (settings === undefined) return [path('../../server/main.ts'), 'serve', '--port', '0'];
  return settings === 'ws' ? [path('ws-main.ts')] : [path('server-main.ts'), JSON.stringify(settings)];
}

function failureOf(child: ChildProcess): Promise<never> {
  let last = '';
  child.stderr?.on('data', (text: Buffer) => {
    last = `${last}${text}`.slice(-1000);
  });
  const failure = once(child, 'close').then(([code, signal]) => {
    throw new Error(`the server ended with ${signal ?? code}, and said:\n${last}`);
  });
  // Most are ended on purpose, and nobody waits for an answer then.
  failure.catch(() => {});
  return failure;
}

/** A limit holds for the process that sets it, and what it becomes: so a shell sets it. */
function withDescriptors(descriptors: number, command: readonly string[]): readonly string[] {
  return ['sh', '-c', 'ulimit -n "$0" && exec "$@"', String(descriptors), ...command];
}
