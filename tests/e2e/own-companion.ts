import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';

/** A companion of a test's own, which it can stop. */
export class OwnCompanion {
  readonly port: number;
  #process: ChildProcess | undefined;

  readonly #options: readonly string[];

  private constructor(port: number, options: readonly string[]) {
    this.port = port;
    this.#options = options;
  }

  /** @param options of `framelight serve` */
  static async start(...options: string[]): Promise<OwnCompanion> {
    const companion = new OwnCompanion(await freePort(), options);
    await companion.start();
    return companion;
  }

  /** @param path as in an address */
  addressOf(path: string): string {
    return `http://localhost:${this.port}${path}`;
  }

  /** Resolves once it listens. */
  async start(): Promise<void> {
    this.#process = spawn(
      process.execPath,
      ['server/main.ts', 'serve', '--port', String(this.port), ...this.#options],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    if (this.#process.stdout === null) throw new Error('the companion has no standard output');
    await once(createInterface(this.#process.stdout), 'line');
  }

  async stop(): Promise<void> {
    const running = this.#process;
    if (running === undefined || running.exitCode !== null || running.signalCode !== null) return;
    running.kill();
    await once(running, 'exit');
  }
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}
