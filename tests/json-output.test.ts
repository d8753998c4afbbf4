import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createProxyServer } from 'http-proxy-3';
import { type BaseIssue, type BaseSchema, parse } from 'valibot';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { runCommandLine } from '../server/commands/command-line.ts';
import { shareCompanion } from '../server/testing/access.ts';
import { RawPeer } from '../server/testing/raw-peer.ts';
import {
  ACCEPT,
  CHECK,
  DECODED_LINE,
  DOCTOR,
  DOCUMENTED,
  ENCODED,
  RECORDED_LINE,
  SANDWICH_LINE,
  WIRE_LINE,
} from './json-schemas.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const MAIN = join(ROOT, 'server/main.ts');
const companion = shareCompanion();

type Schema<T> = BaseSchema<unknown, T, BaseIssue<unknown>>;

async function run(...args: string[]) {
  let out = '';
  const status = await runCommandLine(args, {
    out: (text) => {
      out += text;
    },
    err: () => {},
  });
  return { out, status };
}

/** Reads each line with the schema, and returns them. */
function linesOf<T>(out: string, schema: Schema<T>): T[] {
  return out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => parse(schema, JSON.parse(line)));
}

const typesOf = (lines: readonly { readonly type: string }[]) => [...new Set(lines.map(({ type }) => type))].sort();

describe('docs/json.md', () => {
  const page = readFileSync(join(ROOT, 'docs/json.md'), 'utf8');
  const sections = new Map(
    page
      .split(/^## /m)
      .slice(1)
      .map((section) => [section.slice(0, section.indexOf('\n')), section]),
  );

  test.each(Object.entries(DOCUMENTED))('names every member under %s', (heading, schemas) => {
    const section = sections.get(heading) ?? '';
    const members = schemas.flatMap(({ entries }) => Object.keys(entries));
    const general = ['type', 'connection', 'timeMs', 'direction', 'byteLength'];
    const told = new Set(section.match(/(?<=`)\w+(?=`)/g));
    // What a frame consists of is said once, under its own heading.
    const frame = new Set(sections.get('A frame')?.match(/(?<=`)\w+(?=`)/g));
    const missing = members.filter((name) => !told.has(name) && !frame.has(name) && !general.includes(name));
    expect(missing).toEqual([]);
  });
});

test('accept', async () => {
  const [line] = linesOf((await run('accept', 'dGhlIHNhbXBsZSBub25jZQ==', '--json')).out, ACCEPT);
  expect(line?.accept).toBe('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
  expect(Buffer.from(line?.digestHex ?? '', 'hex').toString('base64')).toBe(line?.accept);
});

describe('decode', () => {
  test.each([
    ['a text', '818537fa213d7f9f4d5158', {}],
    ['a frame that breaks rules', 'f3023132', {}],
    ['a close frame', '880403e86f6b', {}],
    ['a length of 64 bits', `82ff8000000000000000${'00'.repeat(4)}`, { truncated: true }],
    ['a header that is cut', '82', { truncated: true }],
  ])('%s', async (_what, hex, wanted) => {
    const lines = linesOf((await run('decode', '--json', hex)).out, DECODED_LINE);
    expect(lines[0]).toMatchObject({ type: 'frame', offset: 0, ...wanted });
  });

  test('a compressed message', async () => {
    const { out } = await run('decode', '--json', '--deflate', 'c107f248cdc9c90700');
    expect(linesOf(out, DECODED_LINE)[0]?.inflated?.text).toBe('Hello');
  });
});

describe('encode', () => {
  test.each([
    ['text "Hi"', false, 1],
    ['frame opcode=3 rsv1 mask=0 hex:00ff', false, 1],
    ['frame opcode=1 length=9 "Hi"', true, 1],
  ])('%s', async (order, incomplete, frames) => {
    const { out, status } = await run('encode', order, '--json');
    const [line] = linesOf(out, ENCODED);
    expect([status, line?.incomplete, line?.frames.length]).toEqual([0, incomplete, frames]);
  });
});

describe('open', () => {
  const files = globSync('tests/samples/**/*', { cwd: ROOT, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(pcapng|pcap|har|json|ndjson|txt|bin|zip|flow)$/.test(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name));

  test('every recording among the samples', { timeout: 120_000 }, async () => {
    const types = new Set<string>();
    for (const file of files) {
      const { out } = await run('open', '--json', file);
      for (const { type } of linesOf(out, RECORDED_LINE)) types.add(type);
    }
    const all = ['chunk', 'close', 'ending', 'fields', 'frame', 'gap', 'handshake', 'message', 'note', 'open'];
    expect([...types].sort()).toEqual(all);
  });
});

/** Waits for a line of the program that fits, and returns all lines until then. */
async function linesUntil(child: ChildProcess, fits: (line: string) => boolean): Promise<string> {
  const lines: string[] = [];
  for await (const line of createInterface(child.stdout as NodeJS.ReadableStream)) {
    lines.push(line);
    if (fits(line)) break;
  }
  return lines.join('\n');
}

function start(...args: string[]): ChildProcess {
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

test('watch', async () => {
  const token = 'json-output-0123456789';
  const child = start('watch', `http://127.0.0.1:${companion.port}/#watch=${token}`, '--json');
  await once(child.stderr as NodeJS.ReadableStream, 'data');
  const peer = await RawPeer.open(companion.port, `/echo?watch=${token}`);
  peer.send(Uint8Array.of(0x88, 0x80, 0, 0, 0, 0));
  await peer.frame();
  await peer.end();
  const out = await linesUntil(child, (line) => line.includes('"type":"ending"'));
  const types = typesOf(linesOf(out, WIRE_LINE));
  expect(types).toEqual(['chunk', 'close', 'ending', 'frame', 'handshake', 'open']);
});

test('connect', async () => {
  const child = start('connect', `ws://127.0.0.1:${companion.port}/echo`, '--json');
  child.stdin?.end('text "Hi"\nexpect text "Hi"\nclose\n');
  const lines = linesOf(await linesUntil(child, () => false), WIRE_LINE);
  expect(typesOf(lines)).toEqual(expect.arrayContaining(['frame', 'handshake', 'open']));
});

describe('doctor', () => {
  test('a server that opens', async () => {
    const { out, status } = await run('doctor', `ws://127.0.0.1:${companion.port}/echo`, '--json');
    expect([status, linesOf(out, DOCTOR)[0]?.opens]).toEqual([0, true]);
  });

  test('a path without a WebSocket', async () => {
    const { out, status } = await run('doctor', `ws://127.0.0.1:${companion.port}/nothing`, '--json');
    expect([status, linesOf(out, DOCTOR)[0]?.opens]).toEqual([1, false]);
  });
});

test('sandwich', async () => {
  let target = '';
  const passing = createProxyServer({ ws: true });
  const proxy = createServer().on('upgrade', (request, socket, head) => passing.ws(request, socket, head, { target }));
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  onTestFinished(() => {
    proxy.close();
    proxy.closeAllConnections();
  });
  const servers = [`ws://127.0.0.1:${(proxy.address() as AddressInfo).port}/echo`, `ws://127.0.0.1:${companion.port}`];
  const child = start('sandwich', ...servers, '--port', '0', '--inner-port', '0', '--json');
  const said = createInterface(child.stderr as NodeJS.ReadableStream)[Symbol.asyncIterator]();
  const [, address = '', inner = ''] =
    /^Point your client at (ws:\S+), and your proxy at (\S+)\.$/.exec((await said.next()).value as string) ?? [];
  target = `http://${inner}`;
  const client = new WebSocket(address);
  await once(client, 'open');
  client.close(1000);
  const [line] = linesOf(await linesUntil(child, () => true), SANDWICH_LINE);
  expect(line?.connection).toEqual({ outer: 1, inner: 1 });
  expect(line?.differences.length).toBeGreaterThan(0);
});

describe('check', () => {
  test('a server that keeps most rules, and one section of the cases', async () => {
    const { out } = await run('check', `ws://127.0.0.1:${companion.port}/echo`, '--only', '5.5', '--json');
    const { counts, cases, causes } = parse(CHECK, JSON.parse(out));
    expect([counts.failed, causes]).toEqual([0, []]);
    expect(cases.length).toBe(counts.passed + counts.allowed);
  });

  test('a server that answers pings with other pongs, up to the first failed case', async () => {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0, autoPong: false });
    server.on('connection', (socket) => {
      socket.on('error', () => {});
      socket.on('ping', () => socket.pong('other'));
    });
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const address = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const { out, status } = await run('check', address, '--only', '5.5.2', '--bail', '--json');
    const report = parse(CHECK, JSON.parse(out));
    expect([status, report.end]).toEqual([1, 'bailed']);
    const [cause] = report.causes;
    expect(cause).toMatchObject({ name: 'pong-payload-changed', example: cause?.cases[0] });
    expect(report.cases.map(({ id }) => id)).toContain(cause?.example);
  });

  test('a stage', async () => {
    const address = `ws://127.0.0.1:${companion.port}/echo`;
    const { out } = await run('check', address, '--stage', '4', '--only', '4.2.1-opens', '--json');
    expect(parse(CHECK, JSON.parse(out)).stage?.number).toBe(4);
  });
});
