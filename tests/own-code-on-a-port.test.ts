import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { runSuite } from '../server/conformance/run-suite.ts';
import { parseServerUrl } from '../server/conformance/target.ts';
import { conformanceCases } from '../src/conformance/index.ts';

const SOLUTIONS = new URL('../src/widgets/own-code/solutions/', import.meta.url);
const read = (name: string) => readFile(new URL(name, SOLUTIONS), 'utf8');

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}

test('the functions of the page, with the lines that it adds, are a server that passes every light case over TCP', async () => {
  const cases = conformanceCases().filter(({ heavy }) => !heavy);
  const folder = await mkdtemp(join(tmpdir(), 'own-code-'));
  const port = await freePort();
  const functions = await Promise.all(['accept.js', 'decode-header.js', 'unmask.js', 'create-server.js'].map(read));
  const frame = await read('on-a-port.mjs');
  expect(frame).toContain(".listen(9001, '127.0.0.1');");
  const program = [
    frame.replace('.listen(9001,', `.listen(${port},`).replace(/;\n$/, ".on('listening', () => console.log('up'));\n"),
    ...functions,
  ];
  await writeFile(join(folder, 'server.mjs'), program.join('\n'));
  const child = spawn(process.execPath, [join(folder, 'server.mjs')], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    await once(createInterface(child.stdout), 'line');
    const { end, results } = await runSuite(parseServerUrl(`ws://127.0.0.1:${port}/`), { cases });
    expect(end).toBe('all');
    expect(results.filter(({ outcome }) => outcome === 'failed').map(({ id, finding }) => `${id}: ${finding}`)).toEqual(
      [],
    );
    expect(results).toHaveLength(cases.length);
  } finally {
    child.kill();
    await rm(folder, { recursive: true });
  }
});
