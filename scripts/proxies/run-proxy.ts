import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { ProxyProgram } from './programs.ts';

const START_TIMEOUT_MS = 15_000;
const LOOK_EVERY_MS = 50;
const STOP_TIMEOUT_MS = 5000;

/** A proxy that runs. */
export interface RunningProxy {
  readonly port: number;
  /** Has the program read its configuration anew. */
  reload(): void;
  /** Ends it as its users do: SIGTERM. */
  stop(): Promise<void>;
}

/** Node's packages, installed in a folder of their own. */
export function installPackages(folder: string, packages: readonly string[]): void {
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--prefix', folder, ...packages], { stdio: 'inherit' });
}

export function versionOf({ version: [[program = '', ...args], pattern] }: ProxyProgram): string {
  const { stdout, stderr } = spawnBoth(program, args);
  return pattern.exec(`${stdout}\n${stderr}`.trim())?.[1] ?? 'unknown';
}

function spawnBoth(program: string, args: readonly string[]) {
  try {
    const text = execFileSync('sh', ['-c', '"$@" 2>&1', 'sh', program, ...args], { encoding: 'utf8' });
    return { stdout: text, stderr: '' };
  } catch (error) {
    return error as { stdout: string; stderr: string };
  }
}

/**
 * @param configuration of the program, with PORT, TARGET and FOLDER
 * @param nodeFolder where the packages of npm are
 */
export async function startProxy(
  program: ProxyProgram,
  configuration: string,
  targetPort: number,
  nodeFolder: string,
): Promise<RunningProxy> {
  const folder = await mkdtemp(join(tmpdir(), 'framelight-proxy-'));
  // Some programs go on as a user of their own.
  await chmod(folder, 0o777);
  const port = await freePort();
  // Node looks for a package beside the file that imports it.
  const file = join(program.registry === 'npm' ? nodeFolder : folder, program.configurationFile.replace(' ', '-'));
  let pid = '';
  const fill = (text: string) =>
    text
      .replaceAll('CONFIGURATION', file)
      .replaceAll('PORT', `${port}`)
      .replaceAll('TARGET', `${targetPort}`)
      .replaceAll('FOLDER', folder)
      .replaceAll('PID', pid);
  await writeFile(file, fill(configuration));
  const [command = '', ...args] = program.start.map(fill);
  const environment = {
    ...process.env,
    HOME: folder,
    PATH: `${dirname(process.execPath)}:${process.env['PATH']}:/usr/sbin`,
  };
  const child = spawn(command, args, {
    cwd: folder,
    env: environment,
    stdio: ['ignore', 'ignore', process.env['LOUD'] ? 'inherit' : 'ignore'],
  });
  pid = `${child.pid}`;
  await listening(port, child, program);
  return {
    port,
    reload: () => {
      if (program.reload === undefined) return;
      const [reloader = '', ...more] = program.reload.map(fill);
      execFileSync(reloader, more, { env: environment, stdio: 'ignore' });
    },
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) {
        const exit = once(child, 'exit');
        child.kill();
        await Promise.race([exit, wait(STOP_TIMEOUT_MS)]);
        child.kill('SIGKILL');
        await exit;
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function listening(
  port: number,
  child: ChildProcess,
  { id, package: name, registry }: ProxyProgram,
): Promise<void> {
  const startedMs = performance.now();
  while (performance.now() - startedMs < START_TIMEOUT_MS) {
    if (child.exitCode !== null) throw new Error(`${id} ended at once. Get it from ${registry}: ${name}`);
    if (await isListening(port)) return;
    await wait(LOOK_EVERY_MS);
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
