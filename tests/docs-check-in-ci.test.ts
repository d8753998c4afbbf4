import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { array, object, optional, parse, record, string, unknown } from 'valibot';
import { expect, onTestFinished, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { freePort } from '../server/testing/redis.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const PAGE = readFileSync(join(ROOT, 'docs/check-in-ci.md'), 'utf8');

/** The part of a workflow that this test reads. */
const WORKFLOW = object({
  jobs: object({
    conformance: object({
      steps: array(
        object({
          uses: optional(string()),
          run: optional(string()),
          'working-directory': optional(string()),
          with: optional(record(string(), unknown())),
        }),
      ),
    }),
  }),
});

test('the steps of the workflow start a server, wait for it, check it, and write the report', async () => {
  const [, yaml = ''] = /```yaml\n(.*?)```/s.exec(PAGE) ?? [];
  const { steps } = parse(WORKFLOW, parseYaml(yaml)).jobs.conformance;
  const workspace = mkdtempSync(join(tmpdir(), 'workflow-'));
  symlinkSync(ROOT, join(workspace, 'framelight'), 'dir');
  const port = await freePort();
  const children: ChildProcess[] = [];
  onTestFinished(() => {
    // Each step is the leader of a group, as its server goes on after it.
    for (const { pid } of children) {
      try {
        if (pid !== undefined) process.kill(-pid, 'SIGKILL');
      } catch {
        // It has ended.
      }
    }
    rmSync(workspace, { recursive: true });
  });
  const written = join(workspace, 'websocket.xml');
  const env = { ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH']}` };
  for (const step of steps) {
    if (step.run === undefined || step.run === 'npm ci') continue;
    // One section is enough here. The folder is a link, so the report's path is written out.
    const command = step.run
      .replaceAll('9001', String(port))
      .replace('--junit ../websocket.xml', `--junit ${written} --only 5.5.2`);
    const inFolder = step['working-directory'];
    const cwd = inFolder === undefined ? workspace : join(workspace, inFolder);
    const child = spawn('bash', ['-e', '-c', command], {
      cwd,
      env,
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    children.push(child);
    const [status] = await once(child, 'exit');
    expect(status === 0 ? '' : await text(child.stderr)).toBe('');
  }
  const xml = readFileSync(written, 'utf8');
  expect(xml).toMatch(/<testsuite name="RFC 6455 §5\.5\.2" tests="\d+" failures="0"/);
  const upload = steps.find(({ uses }) => uses?.startsWith('actions/upload-artifact'));
  expect(upload?.with?.['path']).toBe('websocket.xml');
  expect(steps.some(({ run }) => run?.includes('--junit ../websocket.xml'))).toBe(true);
});
