import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { environmentFor, type PropertyParameters } from './parameters.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const VITEST = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url));

/** A property of many runs takes its time, on a machine that does something else too. */
const TEST_TIMEOUT_MS = 600_000;

/** One test that failed. */
export interface Failure {
  /** The test's file, from the project's root. */
  readonly path: string;
  readonly test: string;
  /** For a property: its seed, the path to the value that breaks it, and that value. */
  readonly message: string;
}

/** What one run of some test files came to. */
export interface Round {
  readonly tests: number;
  readonly failures: readonly Failure[];
}

/** What of Vitest's report in JSON is read. */
interface Report {
  readonly numTotalTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/**
 * Runs test files once, in a process of its own, with these parameters for their properties.
 *
 * @param paths from the project's root
 * @param config another configuration of Vitest than the project's, from the project's root
 * @throws Error if Vitest ends without a report
 */
export async function runRound(
  paths: readonly string[],
  parameters: PropertyParameters,
  config = 'vitest.config.ts',
): Promise<Round> {
  const folder = await mkdtemp(join(tmpdir(), 'framelight-properties-'));
  try {
    const outputFile = join(folder, 'report.json');
    const options = ['--config', config, '--reporter=json', '--outputFile', outputFile];
    const vitest = spawn(process.execPath, [VITEST, 'run', ...options, `--testTimeout=${TEST_TIMEOUT_MS}`, ...paths], {
      cwd: ROOT,
      env: { ...process.env, ...environmentFor(parameters) },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const [errors, [status]] = await Promise.all([text(vitest.stderr), once(vitest, 'close')]);
    const report = await readFile(outputFile, 'utf8').catch(() => {
      throw new Error(`Vitest ended with ${status} and wrote no report.\n${errors}`);
    });
    const round = readReport(JSON.parse(report) as Report);
    if (status === 0 || round.failures.length > 0) return round;
    return { ...round, failures: [{ path: paths.join(' '), test: 'outside of every test', message: errors }] };
  } finally {
    await rm(folder, { recursive: true });
  }
}

function readReport({ numTotalTests, testResults }: Report): Round {
  const failures = testResults.flatMap(({ name, status, message, assertionResults }): Failure[] => {
    const path = name.slice(ROOT.length);
    const failed = assertionResults.filter((result) => result.status === 'failed');
    if (failed.length === 0) return status === 'failed' ? [{ path, test: 'the file itself', message }] : [];
    return failed.map(({ fullName, failureMessages }) => ({
      path,
      test: fullName,
      message: failureMessages.map(withoutStack).join('\n'),
    }));
  });
  return { tests: numTotalTests, failures };
}

function withoutStack(message: string): string {
  return message.split(/\n\s+at /, 1)[0] ?? message;
}
