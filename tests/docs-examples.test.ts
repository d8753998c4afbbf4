import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { describe, expect, onTestFinished, test } from 'vitest';
import { shareCompanion } from '../server/testing/access.ts';
import { freePort } from '../server/testing/redis.ts';

// The examples of the docs and the chapters, as they stand there: only ports and paths are others.

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const MAIN = join(ROOT, 'server/main.ts');
const FRAMELIGHT = 'npm run -s framelight -- ';
const companion = shareCompanion();

interface Block {
  readonly file: string;
  readonly language: string;
  readonly text: string;
}

const pages = globSync(['README.md', 'SECURITY.md', 'docs/*.md', 'content/chapters/*.mdx'], { cwd: ROOT }).sort();
const blocks: readonly Block[] = pages.flatMap((file) =>
  [...readFileSync(join(ROOT, file), 'utf8').matchAll(/^```(\w+)\n(.*?)^```/gms)].map(
    ([, language = '', text = '']) => ({ file, language, text }),
  ),
);

/** The block of a page that begins so. */
function blockOf(file: string, start: string): string {
  const found = blocks.find((block) => block.file.endsWith(file) && block.text.startsWith(start));
  if (found === undefined) throw new Error(`${file} has no block that begins with ${start}`);
  return found.text;
}

const HERE = 'tests/docs-examples.test.ts';
/** How the first line of each block begins, and the test that runs it; or why none does. */
const RUN_BY: readonly (readonly [file: string, start: string, by: string])[] = [
  ['README.md', 'npm run -s framelight -- serve', HERE],
  ['docs/agents.md', '{', HERE],
  ['docs/check-in-ci.md', 'name: WebSocket', 'tests/docs-check-in-ci.test.ts'],
  ['docs/test-a-client.md', 'const server =', HERE],
  ['broadcast-server.mdx', 'npm run -s framelight -- connect ws://localhost:8080/broadcast', HERE],
  ['broadcast-server.mdx', 'const ws =', HERE],
  ['broadcast-server.mdx', 'npm run -s framelight -- connect ws://localhost:8080/prices', HERE],
  ['drafts.mdx', 'npm run -s framelight -- serve --lab-drafts', HERE],
  ['drafts.mdx', 'from socket', HERE],
  ['echo-server.mdx', 'npm run server', 'tests/reverse-exercise.test.ts'],
  ['the-2011-listing.mdx', 'python3 tests/listing-2011/server.py', HERE],
  ['the-2011-listing.mdx', 'npm run -s framelight -- check', HERE],
  ['between-you-and-your-server.mdx', 'npm run -s framelight -- sandwich', 'server/commands/sandwich.test.ts'],
  ['docs/many-servers.md', 'npm run server', 'server/pubsub/redis/two-servers.test.ts'],
  ['broadcast-server.mdx', 'npm run server', 'server/pubsub/redis/two-servers.test.ts'],
];
const NOT_RUN: readonly (readonly [file: string, start: string, why: string])[] = [
  ['README.md', 'npm ci', 'It installs the project, which is what runs this test.'],
  ['SECURITY.md', 'npm audit', 'It asks a registry.'],
  [
    'between-you-and-your-server.mdx',
    'location',
    'A part of a configuration: scripts/proxies/ runs nginx with its lines.',
  ],
  ['compression.mdx', 'Sec-WebSocket-Extensions', 'Two headers to read.'],
  ['echo-server.mdx', 'first, second', 'A part of a program to read.'],
  [
    'today-and-next.mdx',
    'npm run -s framelight -- serve --h2',
    'server/http2/http2.test.ts and tests/e2e/drafts.spec.ts run the same server.',
  ],
  ['today-and-next.mdx', 'const socket', 'Node has no WebSocketStream.'],
  ['today-and-next.mdx', 'Content-Type', 'An answer to read.'],
];

test('each block of the docs is run by a test, or there is a reason why not', () => {
  const known = [...RUN_BY, ...NOT_RUN];
  const fits = (block: Block) =>
    known.filter(([file, start]) => block.file.endsWith(file) && block.text.startsWith(start));
  expect(blocks.filter((block) => fits(block).length === 0)).toEqual([]);
  const seen = new Set(blocks.flatMap(fits));
  expect(known.filter((row) => !seen.has(row))).toEqual([]);
  for (const [, , by] of RUN_BY) expect(globSync(by, { cwd: ROOT })).toEqual([by]);
});

/** Starts a program, and ends it after the test. */
function start(program: string, args: readonly string[]): ChildProcess {
  const child = spawn(program, args, { cwd: ROOT, stdio: ['pipe', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  child.stdin?.on('error', () => {});
  return child;
}

/** The arguments of an example of the command line, with another port in place of each of its own. */
function argumentsOf(line: string, ports: Readonly<Record<string, number>> = {}): string[] {
  const command = line.replace(/\s+#.*$/, '').replace(FRAMELIGHT, '');
  const text = Object.entries(ports).reduce((all, [from, to]) => all.replaceAll(from, String(to)), command);
  return text.trim().split(/\s+/);
}

/** Waits for a line of a stream that fits. */
async function lineOf(stream: NodeJS.ReadableStream | null, fits: RegExp): Promise<string> {
  for await (const line of createInterface(stream as NodeJS.ReadableStream)) if (fits.test(line)) return line;
  throw new Error(`No line fits ${fits}.`);
}

async function run(args: readonly string[], input = ''): Promise<{ out: string; status: number }> {
  const child = start(process.execPath, [MAIN, ...args]);
  let out = '';
  child.stdout?.on('data', (data) => {
    out += String(data);
  });
  child.stdin?.end(input);
  const [status] = (await once(child, 'close')) as [number];
  return { out, status };
}

describe('README.md, the command line', () => {
  const lines = blockOf('README.md', 'npm run -s framelight -- serve').trimEnd().split('\n');
  const lineWith = (word: string) => lines.find((line) => line.startsWith(FRAMELIGHT + word)) ?? '';

  test('serve', async () => {
    const port = await freePort();
    const child = start(process.execPath, [MAIN, ...argumentsOf(lineWith('serve'), { 9000: port })]);
    await lineOf(child.stdout, new RegExp(`http://localhost:${port}`));
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
  });

  test('accept', async () => {
    expect((await run(argumentsOf(lineWith('accept')))).out).toContain('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
  });

  test('decode', async () => {
    expect((await run(argumentsOf(lineWith('decode 8')))).out).toContain('text  "Hello"');
    const args = argumentsOf(lineWith('decode --json').replace(' < frames.txt', ''));
    expect(JSON.parse((await run(args, '8105 48656c6c6f\n')).out)).toMatchObject({ type: 'frame', opcode: 1 });
  });

  test('check and doctor', async () => {
    const address = `ws://127.0.0.1:${companion.port}/echo`;
    const check = argumentsOf(lineWith('check').replace('ws://localhost:9001/echo', address));
    expect((await run([...check, '--only', '5.5.2'])).status).toBe(0);
    const doctor = argumentsOf(lineWith('doctor').replace('wss://example.org/socket', address));
    expect((await run(doctor)).out).toContain('It opens.');
  });

  test('there is no other example', () => {
    expect(lines.map((line) => argumentsOf(line)[0])).toEqual([
      'serve',
      'accept',
      'decode',
      'decode',
      'check',
      'doctor',
    ]);
  });
});

test('docs/agents.md: an agent with this configuration gets the tools of the table', async () => {
  const text = blockOf('docs/agents.md', '{').replaceAll('/path/to/framelight/', ROOT);
  const { mcpServers } = JSON.parse(text) as { mcpServers: Record<string, { command: string; args: string[] }> };
  const { command = '', args = [] } = mcpServers['framelight'] ?? {};
  const client = new Client({ name: 'a test', version: '1' });
  onTestFinished(() => client.close());
  await client.connect(new StdioClientTransport({ command: command === 'node' ? process.execPath : command, args }));
  const { tools } = await client.listTools();
  const table = readFileSync(join(ROOT, 'docs/agents.md'), 'utf8').matchAll(/^\| `(\w+)` \|/gm);
  expect([...table].map(([, name]) => name)).toEqual(tools.map(({ name }) => name));
});

test('docs/test-a-client.md: the client of the page runs all cases, and the report comes', async () => {
  const child = start(process.execPath, [MAIN, 'check', '--client', '--port', '0', '--only', '5.5.3']);
  const [, port = ''] = /127\.0\.0\.1:(\d+)/.exec(await lineOf(child.stderr, /127\.0\.0\.1:\d+/)) ?? [];
  const report = lineOf(child.stdout, /by the client mine/);
  const client = start(process.execPath, [
    '--input-type=module',
    '-e',
    blockOf('docs/test-a-client.md', 'const server').replaceAll('9001', port),
  ]);
  expect(await once(client, 'close')).toEqual([0, null]);
  expect(await report).toMatch(/ 0 failed\.$/);
});

describe('the chapter about broadcasts', () => {
  const PORT = () => ({ 8080: companion.port });

  test('a terminal hears the console of a page', async () => {
    const line = blockOf('broadcast-server.mdx', `${FRAMELIGHT}connect ws://localhost:8080/broadcast`);
    const terminal = start(process.execPath, [MAIN, ...argumentsOf(line, PORT())]);
    await lineOf(terminal.stdout, /101/);
    const heard = lineOf(terminal.stdout, /Hello from the console/);
    const script = blockOf('broadcast-server.mdx', 'const ws').replaceAll('8080', String(companion.port));
    const page = start(process.execPath, ['--input-type=module', '-e', script]);
    await lineOf(page.stdout, /^Hello from the console$/);
    expect(await heard).toContain('←');
  });

  test('a price that is none closes the connection', async () => {
    const line = blockOf('broadcast-server.mdx', `${FRAMELIGHT}connect ws://localhost:8080/prices`);
    const terminal = start(process.execPath, [MAIN, ...argumentsOf(line, PORT())]);
    terminal.stdin?.write('text "{\\"symbol\\":\\"ACME\\",\\"price\\":\\"dear\\"}"\n');
    expect(await lineOf(terminal.stdout, /← close/)).toContain('price must be a number');
  });
});

const NO_PYTHON = spawnSync('python3', ['--version']).status !== 0;

test.skipIf(NO_PYTHON)('the chapter about drafts: Python gets the answer that the draft gives', async () => {
  const port = await freePort();
  const serve = argumentsOf(blockOf('drafts.mdx', `${FRAMELIGHT}serve --lab-drafts`));
  await lineOf(start(process.execPath, [MAIN, ...serve, '--port', String(port)]).stdout, /http:\/\//);
  const folder = mkdtempSync(join(tmpdir(), 'framelight-docs-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const program = join(folder, 'old.py');
  writeFileSync(program, blockOf('drafts.mdx', 'from socket').replaceAll('8080', String(port)));
  expect(await lineOf(start('python3', [program]).stdout, /8jKS/)).toBe("8jKS'y:G*Co,Wxa-");
});

test.skipIf(NO_PYTHON)(
  'the chapter about the listing of 2011: its server runs, and the check finds mistakes',
  async () => {
    const port = await freePort();
    const [program = '', ...args] = argumentsOf(blockOf('the-2011-listing.mdx', 'python3'), { 8081: port });
    const server = start(program, args);
    await Promise.race([lineOf(server.stdout, /./), lineOf(server.stderr, /./)]);
    const check = argumentsOf(blockOf('the-2011-listing.mdx', `${FRAMELIGHT}check`), { 8081: port });
    const { out, status } = await run([...check, '--bail']);
    expect([status, out]).toEqual([1, expect.stringContaining('Most likely causes:')]);
  },
);
