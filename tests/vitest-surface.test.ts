import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

interface Report {
  readonly success: boolean;
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/** Runs the example with Vitest itself, as its reader would. */
async function runExample(env: Record<string, string>): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), 'vitest-'));
  const file = join(folder, 'report.json');
  const vitest = `${ROOT}node_modules/vitest/vitest.mjs`;
  const options = ['run', '--root', `${ROOT}examples/vitest`, '--reporter=json', `--outputFile=${file}`];
  const child = spawn(process.execPath, [vitest, ...options], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: 'ignore',
  });
  await once(child, 'close');
  const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
  rmSync(folder, { recursive: true });
  return report;
}

test('conformance() makes a test of each case, and all pass for a right server', async () => {
  const { success, testResults } = await runExample({});
  const names = testResults.flatMap(({ assertionResults }) => assertionResults.map(({ fullName }) => fullName));
  expect(names.filter((name) => name.startsWith('conformance to RFC 6455 5.4-')).length).toBeGreaterThan(20);
  expect(success).toBe(true);
});

test('a wrong server fails the test of a case, which says what was expected and what came back', async () => {
  const { success, testResults } = await runExample({ BROKEN: '1' });
  expect(success).toBe(false);
  const failed = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'failed');
  expect(failed.length).toBeGreaterThan(0);
  expect(failed[0]?.failureMessages.join('\n')).toMatch(/FAILED {2}5\.4-[\s\S]*expected[\s\S]*came back/);
});
