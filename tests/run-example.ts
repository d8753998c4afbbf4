import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

/** What Vitest reports. */
export interface ExampleReport {
  readonly success: boolean;
  readonly tests: readonly ExampleTest[];
}

interface ExampleTest {
  readonly fullName: string;
  readonly status: string;
  readonly failureMessages: readonly string[];
}

/** Runs the tests of a folder of examples with Vitest itself, as a reader would. */
export async function runExample(folder: string, env: Record<string, string> = {}): Promise<ExampleReport> {
  const scratch = mkdtempSync(join(tmpdir(), 'example-'));
  const file = join(scratch, 'report.json');
  const options = [
    'run',
    '--root',
    join(ROOT, folder),
    '--reporter=json',
    `--outputFile=${file}`,
    '--testTimeout=30000',
  ];
  const child = spawn(process.execPath, [join(ROOT, 'node_modules/vitest/vitest.mjs'), ...options], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: 'ignore',
  });
  await once(child, 'close');
  const { success, testResults } = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly success: boolean;
    readonly testResults: readonly { readonly assertionResults: readonly ExampleTest[] }[];
  };
  rmSync(scratch, { recursive: true });
  return { success, tests: testResults.flatMap(({ assertionResults }) => assertionResults) };
}
