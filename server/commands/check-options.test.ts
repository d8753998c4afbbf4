import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { selfSigned } from '../testing/self-signed.ts';
import { runCommandLine } from './command-line.ts';

// A server that is no plain echo: it has TLS, wants an Origin, a cookie and a subprotocol, greets, and answers with a prefix.

const tls = createServer(selfSigned());
let address: string;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'check-'));
  const server = new WebSocketServer({
    server: tls,
    verifyClient: ({ origin, req }: { origin: string; req: IncomingMessage }) =>
      origin === 'https://app.example' && req.headers.cookie === 'session=1',
    handleProtocols: (offered) => offered.has('chat') && 'chat',
  });
  server.on('connection', (socket) => {
    socket.on('error', () => {});
    if (socket.protocol !== 'chat') socket.close(1008);
    socket.send('Welcome!');
    socket.send(Buffer.from([1, 2, 3]));
    socket.on('message', (data: Buffer, isBinary) =>
      socket.send(Buffer.concat([Buffer.from('echo: '), data]), { binary: isBinary }),
    );
  });
  tls.listen(0, '127.0.0.1');
  await once(tls, 'listening');
  address = `wss://localhost:${(tls.address() as AddressInfo).port}/`;
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  tls.close();
  tls.closeAllConnections();
});

async function run(...args: string[]) {
  let [out, err] = ['', ''];
  const status = await runCommandLine(['check', ...args], {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
  });
  return { status, out, err };
}

const KNOWN = [
  ...['--insecure', '--origin', 'https://app.example', '--header', 'Cookie: session=1', '--subprotocol', 'chat'],
  ...['--skip-greeting', '2', '--echo-prefix', 'echo: '],
];

describe('a server with demands and habits', () => {
  test.each(['5.6-', '5.4-', '8.1-', '7.4'])('passes the cases %s if all are given', async (only) => {
    const { status, out, err } = await run(address, ...KNOWN, '--only', only);
    expect(out).toMatch(/ [1-9]\d* passed, \d+ allowed, 0 failed\.\n$/);
    expect(status).toBe(0);
    expect(err).toContain('--insecure: any certificate is accepted');
  });

  test.each([
    ['--origin', 'an origin'],
    ['--header', 'a cookie'],
  ])('without %s, nothing opens', async (left) => {
    const at = KNOWN.indexOf(left);
    const { status, out } = await run(address, ...KNOWN.toSpliced(at, 2), '--only', '5.6-');
    expect(status).toBe(1);
    expect(out).toContain('The server answered "401 Unauthorized", not 101.');
  });

  test.each(['--subprotocol', '--skip-greeting', '--echo-prefix'])('without %s, every echo is wrong', async (left) => {
    const at = KNOWN.indexOf(left);
    const { status, out } = await run(address, ...KNOWN.toSpliced(at, 2), '--only', '5.6-');
    expect(status).toBe(1);
    expect(out).toMatch(/: 0 passed, \d+ allowed, [1-9]\d* failed\.\n$/);
  });

  test('without --insecure, the certificate is not trusted, and the report says what to do', async () => {
    const { status, err } = await run(address, '--only', '5.6-');
    expect(status).toBe(2);
    expect(err).toContain('its certificate is self-signed');
    expect(err).toContain('--insecure');
  });

  test('ws: in front of TLS is a server that does not answer as it should', async () => {
    const { status } = await run(address.replace('wss', 'ws'), '--only', '5.6-');
    expect(status).toBe(1);
  });
});

describe('reports', () => {
  test('--junit writes a test case for each case, and XML that holds whatever the server says', async () => {
    const file = join(folder, 'report.xml');
    const { status, out } = await run(address, ...KNOWN.slice(0, -2), '--only', '5.4-', '--junit', file);
    expect(status).toBe(1);
    const xml = readFileSync(file, 'utf8');
    const cases = Number(/^(\d+) cases/m.exec(out)?.[1]);
    expect(xml.match(/<testcase /g)).toHaveLength(cases);
    expect(xml).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n<testsuites name="framelight check wss:/);
    const failed = Number(/(\d+) failed\.\n$/.exec(out)?.[1]);
    expect(xml.match(/<failure type="failed"/g)).toHaveLength(failed);
    expect(xml).toContain(`failures="${failed}"`);
    // Each element that opens is closed, and no character stands that XML 1.0 does not have. XML 1.0 §2.2.
    expect(xml).toMatch(/^[\t\n\x20-\ud7ff\ue000-\ufffd]*$/);
    const open: string[] = [];
    for (const [, end, name = '', , empty] of xml.matchAll(/<(\/?)([a-z-]+)((?:"[^"]*"|[^>"/])*)(\/?)>/g)) {
      if (end !== '') expect(open.pop()).toBe(name);
      else if (empty === '') open.push(name);
    }
    expect(open).toEqual([]);
  });

  test('--tap prints a line for each case', async () => {
    const { out } = await run(address, ...KNOWN.slice(0, -2), '--only', '5.4-', '--tap');
    const lines = out.trimEnd().split('\n');
    expect(lines[0]).toBe('TAP version 14');
    const count = Number(/^1\.\.(\d+)$/.exec(lines[1] ?? '')?.[1]);
    const numbers = lines.flatMap((line) => /^(?:not )?ok (\d+) - 5\.4-/.exec(line)?.[1] ?? []);
    expect(numbers).toEqual(Array.from({ length: count }, (_, index) => String(index + 1)));
    expect(lines.filter((line) => line === '  ---').length).toBeGreaterThan(0);
    const got = lines
      .filter((line) => line.startsWith('  got: '))
      .map((line) => JSON.parse(line.slice('  got: '.length)));
    expect(got.join('\n')).toContain('echo: ');
  });

  test('--bail stops at the first failed case', async () => {
    const file = join(folder, 'bailed.xml');
    const { status, out } = await run(address, ...KNOWN.slice(0, -2), '--bail', '--junit', file);
    expect(status).toBe(1);
    expect(out).toMatch(/^\d+ of \d{3} cases against .* 1 failed\.\nStopped at the first case that failed\.\n$/m);
    expect(readFileSync(file, 'utf8')).toMatch(
      /<error type="unfinished" message="Stopped at the first case that failed\. /,
    );
  });
});

test('--cases runs what encode --as case has printed, and nothing else', async () => {
  const file = join(folder, 'own.jsonl');
  const made: string[] = [];
  for (const order of ['text "Hi"', 'ping 6869', 'frame opcode=3 "x"', 'text "x" mask=0']) {
    const out = (text: string) => void made.push(text);
    expect(await runCommandLine(['encode', '--as', 'case', order], { out, err: () => {} })).toBe(0);
  }
  writeFileSync(file, made.join(''));
  const { status, out } = await run(address, ...KNOWN, '--cases', file);
  expect(out).toMatch(/^4 cases against .* 4 passed, 0 allowed, 0 failed\.\n$/m);
  expect(status).toBe(0);
  const without = await run(address, ...KNOWN.slice(0, -2), '--cases', file);
  expect(without.out).toContain('FAILED  own-text-Hi: text "Hi"');
});

test.each([
  [['close 1000'], 'or one that an echo server answers by itself'],
  [['text "Hi" fin=0'], 'or one that an echo server answers by itself'],
  [['frame opcode=1 length=9 "x"'], 'needs one whole frame'],
  [['text "Hi"', '--from', 'server'], 'is for frames that a client sends'],
])('encode %j is no case', async (order, words) => {
  const said: string[] = [];
  const output = { out: () => {}, err: (text: string) => void said.push(text) };
  expect(await runCommandLine(['encode', '--as', 'case', ...order], output)).toBe(2);
  expect(said.join('')).toContain(words);
});

test.each([
  [['--cases', '/no/such/file'], '--cases: /no/such/file cannot be read'],
  [['--cases', 'package.json'], '--cases package.json: Line 1: this is not JSON'],
  [['--cases', 'package.json', '--stage', '2'], '--stage chooses cases of the suite'],
  [
    ['--junit', '/no/such/folder/r.xml'],
    '--junit: /no/such/folder/r.xml cannot be written: its folder does not exist.',
  ],
  [['--junit='], '--junit needs a file'],
  [['--json', '--tap'], 'two forms of one report'],
  [['--header', 'Cookie'], '"Cookie" is not a header'],
  [['--header', 'Cookie: a\r\nX: 1'], 'is not a header'],
  [['--header', 'Sec-WebSocket-Key: x'], 'the cases test this header themselves'],
  [['--origin', 'a\nb'], 'is not a header'],
  [['--subprotocol', 'a, b'], 'is not a token'],
  [['--skip-greeting', '-1'], '--skip-greeting'],
])('%s is refused before anything is sent', async (args, words) => {
  const { status, err, out } = await run('ws://127.0.0.1:1/', ...args);
  expect([status, out]).toEqual([2, '']);
  expect(err).toContain(words);
});
