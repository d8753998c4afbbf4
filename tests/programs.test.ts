import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

/** What a program says and ends with, beside a built site of one page. */
async function run(program: string, args: readonly string[]) {
  const site = mkdtempSync(join(tmpdir(), 'framelight-site-'));
  onTestFinished(() => rmSync(site, { recursive: true }));
  writeFileSync(join(site, 'index.html'), '<h1>home</h1>');
  const child = spawn(process.execPath, [join(ROOT, 'scripts/run.mjs'), program, ...args], {
    cwd: ROOT,
    env: { ...process.env, FRAMELIGHT_DIST: site },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const [out, err, status] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { out, err, status };
}

const [WHOLE, ABOVE_0] = ['Give a whole number from', 'Give a number above 0, such as'];

test.each([
  ['tests/fuzz/main.ts', '--seed -1', `--seed is "-1". ${WHOLE} 0 to 4294967295.`],
  ['tests/fuzz/main.ts', '--streams 0', `--streams is "0". ${WHOLE} 1 to 9007199254740991.`],
  ['tests/fuzz/main.ts', '--first 1.5', `--first is "1.5". ${WHOLE} 0 to 9007199254740991.`],
  ['tests/fuzz/main.ts', '--seconds', `--seconds is "". ${ABOVE_0} 60.`],
  [
    'tests/fuzz/main.ts',
    '--frames 7',
    'Unknown option "--frames". The options are: --seed, --streams, --seconds, --first, --help.',
  ],
  ['tests/fuzz/main.ts', '7', 'Unexpected argument "7". This command takes only options.'],
  ['tests/soak/main.ts', '--seed 4294967296', `--seed is "4294967296". ${WHOLE} 0 to 4294967295.`],
  ['tests/soak/main.ts', '--minutes 0', `--minutes is "0". ${ABOVE_0} 2.`],
  ['tests/soak/main.ts', '2', 'Unexpected argument "2". This command takes only options.'],
  [
    'bench/main.ts',
    'decode nonsense',
    expect.stringMatching(/^No row contains "nonsense"\. The groups are codec, .*\.$/),
  ],
  [
    'bench/main.ts',
    '--against /nowhere',
    '/nowhere holds no build of this project that can be measured. Give the folder of a checkout.',
  ],
  ['bench/main.ts', '--rounds 3', 'Unknown option "--rounds". The options are: --against, --json, --quick, --help.'],
  ['tests/page-goals/main.ts', '/ /nowhere/', 'Unknown page "/nowhere/". Choose from: /.'],
  ['scripts/lighthouse.ts', '/nowhere/', 'Unknown page "/nowhere/". Choose from: /.'],
  [
    'scripts/record-clients.ts',
    'ws nobody',
    expect.stringMatching(/^Unknown client "nobody"\. Choose from: framelight, chromium, .*\.$/),
  ],
  [
    'scripts/record-peers.ts',
    'ws nobody',
    expect.stringMatching(/^Unknown peer "nobody"\. Choose from: framelight, ws, .*\.$/),
  ],
])('%s %s ends with one line that says what is wrong, and what to give', async (program, args, line) => {
  const { out, err, status } = await run(program, args.split(' '));
  expect({ out, lines: err.split('\n'), status }).toEqual({ out: '', lines: [line, ''], status: 2 });
});
