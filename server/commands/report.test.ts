import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { redactHead } from '../../src/inspector/redact/redact-head.ts';
import { redactText } from '../../src/inspector/redact/redact-text.ts';
import { decodeLatin1, encodeLatin1 } from '../../src/text/latin1.ts';
import { Saver } from '../proxy/saver.ts';
import { startCompanion } from '../testing/companion.ts';
import { messagesOf, startProxy } from '../testing/proxy.ts';
import { maskedText, RawPeer } from '../testing/raw-peer.ts';
import { COMMANDS, runCommandLine } from './command-line.ts';

const LOGIN = '{"user":"ann","password":"hunter2","note":"`````"}';

/** A capture of one connection: a login, a short text, a frame that breaks a rule. */
async function capture() {
  const folder = mkdtempSync(join(tmpdir(), 'framelight-report-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'a.pcapng');
  const companion = await startCompanion();
  const proxy = await startProxy(companion.port);
  const saver = await Saver.start(path, proxy.recording, { title: 'a test', secrets: true, onProblem: () => {} });
  const peer = await RawPeer.open(proxy.port, '/echo?token=abc', ['Cookie: a=letmein', 'Origin: http://localhost:1']);
  peer.send(maskedText(LOGIN));
  await peer.frame();
  peer.send(maskedText('Hi'));
  await peer.frame();
  peer.send(Uint8Array.of(0x83, 0x80, 0, 0, 0, 0));
  await peer.frame();
  await peer.end();
  await proxy.close();
  await saver.close();
  return { path, proxy };
}

async function run(...args: string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const output = { out: (text: string) => void out.push(text), err: (text: string) => void err.push(text) };
  const status = await runCommandLine(args, output, COMMANDS);
  return { status, out: out.join(''), err: err.join('') };
}

test('what a proxy has saved is opened again as the frames that it has recorded', async () => {
  const { path, proxy } = await capture();
  const { out } = await run('open', '--json', path);
  const opened = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string });
  const frames = (all: readonly { readonly type: string }[]) =>
    all
      .filter(({ type }) => type === 'frame' || type === 'handshake' || type === 'close')
      .map((message) => ({ ...message, timeMs: 0 }));
  expect(frames(opened)).toEqual(frames(messagesOf(proxy)));
});

test('the connection is drawn as a ladder, alone or in the report, without its secrets', async () => {
  const { path } = await capture();
  const svg = await run('report', path, '--as', 'svg');
  expect(svg.status).toBe(0);
  expect(svg.out).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" /);
  expect(svg.out).toContain('GET /echo?token=');
  expect(svg.out).not.toMatch(/hunter2|letmein|token=abc/);
  expect((await run('report', path, '--as', 'svg', '--secrets')).out).toContain('hunter2');
  const { out } = await run('report', path, '--ladder');
  const [, base64 = ''] =
    /^!\[The connection as a ladder\]\(data:image\/svg\+xml;base64,([\w+/=]+)\)$/m.exec(out) ?? [];
  expect(Buffer.from(base64, 'base64').toString()).toBe(svg.out);
});

test('a report has the ending, the heads, the frames, the broken rule and the command, and no secret', async () => {
  const { path } = await capture();
  const { status, out } = await run('report', path);
  expect(status).toBe(0);
  for (const secret of ['hunter2', 'letmein', 'token=abc']) expect(out).not.toContain(secret);
  expect(out).toMatch(/^# WebSocket \/echo: [\w-]+\n/);
  expect(out).toContain('GET /echo?token=xxx HTTP/1.1');
  expect(out).toContain('→ text, masked, 2 bytes, final: "Hi"');
  expect(out).toContain('- The client: Byte 1, opcode: Opcodes 3 to 7 are reserved');
  expect(out).toContain('Replaced with "x": token in the URL, Cookie, "password" in a message.');
  // The fence is longer than the one in the message.
  expect(out).toContain('``````sh\nnpm run -s framelight -- connect ');
  expect((await run('report', path, '--secrets')).out).toContain('hunter2');
});

test('the script repeats what the client did', async () => {
  const { path } = await capture();
  const { out } = await run('report', path, '--as', 'script');
  expect(out.trimEnd().split('\n')).toEqual([
    ...[`text ${JSON.stringify(LOGIN)}`, `expect text ${JSON.stringify(LOGIN)}`],
    ...['text "Hi"', 'expect text "Hi"', 'frame opcode=3', 'expect close 1002'],
  ]);
});

test('a file or a connection that is not there ends with 2', async () => {
  const { path } = await capture();
  expect(await run('report', path, '--connection', '2')).toMatchObject({ status: 2, out: '' });
  expect(await run('report', join(path, 'nowhere'))).toMatchObject({ status: 2, out: '' });
});

describe('secrets in a head', () => {
  test.each([
    ['Cookie: a=b; c=d', 'Cookie: a=x; c=x'],
    ['Cookie: alone', 'Cookie: xxxxx'],
    ['Set-Cookie: sid=123; Path=/; HttpOnly', 'Set-Cookie: sid=xxx; Path=/; HttpOnly'],
    ['Authorization: Bearer abc', 'Authorization: Bearer xxx'],
    ['X-Api-Key:  k1 ', 'X-Api-Key:  xx '],
    ['Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='],
    ['Sec-WebSocket-Protocol: chat, eyJhbGciOi.eyJzdWIi.c2ln', `Sec-WebSocket-Protocol: chat, ${'x'.repeat(24)}`],
    ['Referer: https://u:p@h/?session=1&b=2', 'Referer: https://u:x@h/?session=x&b=2'],
    ['User-Agent: token=1', 'User-Agent: token=1'],
  ])('%s', (line, expected) => {
    const head = (each: string) => `GET /?access_token=s&x=1 HTTP/1.1\r\n${each}\r\n\r\n`;
    const { bytes } = redactHead(encodeLatin1(head(line)));
    expect(decodeLatin1(bytes)).toBe(head(expected).replace('token=s&', 'token=x&'));
  });
});

test.each([
  ['{"apiKey": "abc", "b": "c"}', '{"apiKey": "xxx", "b": "c"}'],
  ['{"a":"{\\"token\\":\\"abc\\"}"}', '{"a":"{\\"token\\":\\"xxx\\"}"}'],
  ['sessionId=abc&b=c', 'sessionId=xxx&b=c'],
  ['Authorization: Bearer abcdefgh', 'Authorization: Bearer xxxxxxxx'],
  ['Hello, nothing here', 'Hello, nothing here'],
])('the secrets in %s', (text, expected) => {
  expect(redactText(text).text).toBe(expected);
});
