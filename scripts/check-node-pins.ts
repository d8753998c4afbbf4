import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { type NodePin, nodePins, problemOf } from './node-pins.ts';

// `npm run check-node-pins`: asks the registry whether the pinned Node is too old. It is not part of `npm test`, whose
// result must not depend on the date or the internet. CI runs both.

const MAX_WAIT_MS = 30_000;
// Without a log level, npm under `npm run -s` would not say why it failed.
const NPM_OPTIONS = ['--fetch-retries=0', '--fetch-timeout=10000', '--loglevel=error'];
const execute = promisify(execFile);

const packageJson = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
const { optionalDependencies } = JSON.parse(packageJson) as { optionalDependencies: Record<string, string> };
for (const pin of nodePins(optionalDependencies)) {
  console.log(await lineAbout(pin));
}

async function lineAbout(pin: NodePin): Promise<string> {
  const versions = await versionsOf(pin.name);
  if (typeof versions === 'string')
    return `${pin.name}: not checked, because npm could not ask the registry: ${versions}`;
  const problem = problemOf(pin, versions);
  if (problem === undefined) return `${pin.name}: ${pin.version} is new enough`;
  process.exitCode = 1;
  return problem;
}

/** @returns why not, in one line, if the registry cannot be asked */
async function versionsOf(name: string): Promise<readonly string[] | string> {
  // Under npm, this variable has its path. Otherwise npm is in the PATH.
  const { npm_execpath: npm } = process.env;
  const [command, ...before] = npm === undefined ? ['npm'] : [process.execPath, npm];
  const args = [...before, 'view', name, 'versions', '--json', ...NPM_OPTIONS];
  try {
    const { stdout } = await execute(command as string, args, { timeout: MAX_WAIT_MS });
    const versions: unknown = JSON.parse(stdout);
    return Array.isArray(versions) ? versions.map(String) : [String(versions)];
  } catch (error) {
    const { stderr, message } = error as Error & { readonly stderr?: string };
    const code = /npm error code (\w+)/.exec(stderr ?? '')?.[1];
    return code ?? message.split('\n', 1)[0] ?? 'no reason given';
  }
}
