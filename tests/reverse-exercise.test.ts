import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { startCompanion } from '../server/testing/companion.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const CHAPTER = readFileSync(join(ROOT, 'content/chapters/echo-server.mdx'), 'utf8');

/** The rows as the chapter prints them: the file, the line that is there, and the line that follows it. */
const ROWS = [...CHAPTER.matchAll(/^- In `(\S+)`, after `(.+)`, add `(.+)`$/gm)].map(
  ([, file = '', there = '', row = '']) => ({
    file,
    there,
    row,
  }),
);

function start(file: string, ...args: string[]) {
  const child = spawn(process.execPath, [file, ...args]);
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

async function check(url: string) {
  const child = start(join(ROOT, 'examples/reverse/check.ts'), url);
  const closed = once(child, 'close');
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [status] = await closed;
  return { out, err, status };
}

/** A copy of the server in which a reader has done the exercise. */
function solve(): string {
  const folder = mkdtempSync(join(tmpdir(), 'framelight-reverse-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const path of ['server', 'src', 'package.json'])
    cpSync(join(ROOT, path), join(folder, path), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const solution = readFileSync(join(ROOT, 'examples/reverse/reverse.ts'), 'utf8');
  writeFileSync(
    join(folder, 'server/handlers/reverse.ts'),
    solution.replace('../../server/connection/', '../connection/'),
  );
  for (const { file, there, row } of ROWS) {
    const source = readFileSync(join(folder, file), 'utf8');
    expect(source, `${file} has the line before it`).toContain(`${there}\n`);
    writeFileSync(join(folder, file), source.replace(`${there}\n`, `${there}\n${row}\n`));
  }
  return folder;
}

test('one file and three rows, as the chapter prints them, are all that /reverse takes', async () => {
  expect(ROWS.map(({ file }) => file)).toEqual([
    'src/companion/policy/paths.ts',
    'server/paths/routes.ts',
    'server/paths/routes.ts',
  ]);
  const server = start(join(solve(), 'server/main.ts'), 'serve', '--port', '0');
  const [line] = (await once(createInterface(server.stdout), 'line')) as [string];
  const { out, err, status } = await check(`${line.replace('http:', 'ws:')}/reverse`);
  expect({ err, status }).toEqual({ err: '', status: 0 });
  expect(out).toMatch(/^(ok .*\n){10}All right\.\n$/);
});

test('the check finds a server that only echoes, and one without the path', async () => {
  const { port } = await startCompanion();
  const echoed = await check(`ws://localhost:${port}/echo`);
  expect(echoed.status).toBe(1);
  expect(echoed.out).toContain('failed  letters: "abc" came back as "abc", not "cba"');
  expect(echoed.out).toContain('failed  binary bytes are refused: no close frame, not 1003');
  expect(echoed.out).toContain('ok      an empty text');
  const missing = await check(`ws://localhost:${port}/reverse`);
  expect(missing).toMatchObject({ status: 1, out: expect.stringContaining('is the path in both tables?') });
});
