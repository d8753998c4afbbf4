import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { noteBuild } from './freshness.ts';

const ASTRO = join(dirname(fileURLToPath(import.meta.resolve('astro/package.json'))), 'bin', 'astro.mjs');
const STANDARD_ERROR = 2;

/**
 * Builds the site into dist/, with the Node that runs this script. The output of the build goes to standard error, so
 * that standard output has only the address.
 *
 * @returns the exit status of the build
 */
export async function buildSite(root: URL): Promise<number> {
  const startedAt = new Date();
  const stdio = ['ignore', STANDARD_ERROR, STANDARD_ERROR] as const;
  // Without `--force`, a content file that can no longer be read is replaced by what an earlier build kept of it.
  const build = spawn(process.execPath, [ASTRO, 'build', '--force'], { cwd: root, stdio: [...stdio] });
  const [status] = await once(build, 'exit');
  if (status === 0) noteBuild(root, startedAt);
  return typeof status === 'number' ? status : 1;
}
