import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const PROGRAM = `
  import { registerHooks } from 'node:module';
  const files = [];
  registerHooks({ load(url, context, next) { files.push(url); return next(url, context); } });
  const { createCompanion } = await import('./server/server.ts');
  const companion = createCompanion({ port: 0 });
  await companion.listen();
  await companion.close();
  console.log(JSON.stringify({ files, own: process.moduleLoadList }));
`;

test('a server starts without loading the conformance suite, the Redis client and Node’s own WebSocket client', async () => {
  const cwd = fileURLToPath(new URL('../', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', PROGRAM], { cwd });
  const { files, own } = JSON.parse(stdout) as { files: string[]; own: string[] };
  expect(files).toContainEqual(expect.stringContaining('/server/lab/conformance-handler.ts'));
  expect(files.filter((file) => /\/(src\/conformance|server\/conformance)\//.test(file))).toEqual([
    expect.stringContaining('/server/conformance/target.ts'),
  ]);
  expect(files.filter((file) => /\/node_modules\/(@?redis|valibot)\//.test(file))).toEqual([]);
  expect(own).toContain('NativeModule net');
  expect(own.filter((name) => name.includes('undici'))).toEqual([]);
});
