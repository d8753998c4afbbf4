import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { encodeFrame, OPCODE } from '../../../src/protocol/index.ts';
import { startCompanion } from '../../testing/companion.ts';
import { masked, maskedText, RawPeer } from '../../testing/raw-peer.ts';

// What an agent must not get: the secrets of a recording, in whatever form; other machines; and the input of the command.

const MAIN = fileURLToPath(new URL('../../main.ts', import.meta.url));

const client = new Client({ name: 'a test', version: '1' });
beforeAll(async () => {
  await client.connect(new StdioClientTransport({ command: process.execPath, args: [MAIN, 'mcp'] }));
});
afterAll(() => client.close());

async function call(name: string, args: Record<string, unknown>): Promise<{ text: string; isError: boolean }> {
  const { content, isError } = await client.callTool({ name, arguments: args }, { timeout: 20_000 });
  const [first] = content;
  return { text: first?.type === 'text' ? first.text : '', isError: isError === true };
}

const SECRET = 'letmein-12345';

const MASKING_KEY = Buffer.of(0x37, 0xfa, 0x21, 0x3d);

/**
 * The bytes that an answer shows in hex: those of each line, those of the rows of a dump together, and all of them behind
 * the masking key.
 */
function bytesIn(text: string): string[] {
  const rows = [...text.matchAll(/^ {2}((?:[0-9a-f]{2} ?){1,8})(?= |$)/gm)].map(([, row]) => row).join(' ');
  const runs = [rows, ...[...text.matchAll(/(?:\b[0-9a-f]{2}\b ?){4,}/g)].map(([run]) => run)];
  return runs.flatMap((run) => {
    const bytes = Buffer.from(run.replaceAll(' ', ''), 'hex');
    const unmasked = [0, 1, 2, 3].map((shift) => bytes.map((byte, i) => byte ^ (MASKING_KEY[(i + shift) % 4] ?? 0)));
    return [bytes, ...unmasked.map((each) => Buffer.from(each))].map((each) => each.toString('latin1'));
  });
}

test('the bytes of a dump are found, masked and unmasked', async () => {
  const json = JSON.stringify({ password: SECRET });
  const frames = [maskedText(json), encodeFrame({ opcode: OPCODE.binary, payload: Buffer.from(json) })];
  for (const frame of frames) {
    const { text } = await call('decode', { bytes: Buffer.from(frame).toString('hex') });
    expect(bytesIn(text).some((bytes) => bytes.includes('letmein'))).toBe(true);
  }
});

test.each([
  ['a text message', (json: string) => [maskedText(json)]],
  ['a binary message that is text', (json: string) => [masked({ opcode: OPCODE.binary, payload: Buffer.from(json) })]],
])('%s: the secret is in no line, and not in the bytes', async (_what, framesOf) => {
  const companion = await startCompanion();
  const token = 'a-token-for-agents-01';
  const source = `http://127.0.0.1:${companion.port}/#watch=${token}`;
  const peer = await RawPeer.open(companion.port, `/echo?watch=${token}`);
  for (const frame of framesOf(JSON.stringify({ password: SECRET }))) peer.send(frame);
  await peer.frame();
  peer.send(
    masked({ opcode: OPCODE.close, payload: Buffer.concat([Buffer.of(0x03, 0xe8), Buffer.from(`token=${SECRET}`)]) }),
  );
  await peer.frame();
  await peer.end();
  const { text: connections } = await call('list_connections', { source });
  const connection = Number(/#(\d+)/.exec(connections)?.[1]);
  const { text: list } = await call('list_messages', { source, connection });
  const answers = [list, (await call('why_did_it_end', { source, connection })).text];
  const count = list.match(/^\[\d+\]/gm)?.length ?? 0;
  expect(count).toBeGreaterThan(5);
  for (let index = 0; index < count; index++)
    answers.push((await call('show_frame', { source, connection, index })).text);
  for (const answer of answers) {
    expect(answer).not.toContain(SECRET);
    // A dump shows only the first bytes of a payload.
    for (const bytes of bytesIn(answer)) expect(bytes).not.toContain('letmein');
  }
});

test('the doctor of a server that sets a cookie', async () => {
  const server = createServer((_request, response) =>
    response.writeHead(403, { 'Set-Cookie': `id=${SECRET}; HttpOnly` }).end(),
  );
  server.on('upgrade', (_request, socket) =>
    socket.end(`HTTP/1.1 403 Forbidden\r\nSet-Cookie: id=${SECRET}; HttpOnly\r\nContent-Length: 0\r\n\r\n`),
  );
  server.listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { text } = await call('doctor', { url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/` });
  expect(text).toMatch(/403/);
  expect(text).not.toContain(SECRET);
});

test('the doctor examines this machine only', async () => {
  const { text, isError } = await call('doctor', { url: 'ws://192.0.2.1/' });
  expect([isError, text]).toEqual([true, expect.stringContaining('is not on this machine')]);
});

test('"-" is not standard input, which carries the protocol', async () => {
  expect(await call('decode', { bytes: '-' })).toMatchObject({ isError: true });
});

test.skipIf(process.platform === 'win32')('a pipe is no file: reading it might never end', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mcp-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const { text, isError } = await call('list_connections', { source: pipe });
  expect([isError, text]).toEqual([true, expect.stringContaining('is not a file')]);
});

test('a companion that starts again on its port is watched again', async () => {
  const first = await startCompanion();
  const { port } = first;
  const source = `http://127.0.0.1:${port}/`;
  expect((await call('list_connections', { source })).text).toContain('No WebSocket connection');
  await first.close();
  expect((await call('list_connections', { source })).text).toContain('The companion has ended');
  await startCompanion({ port });
  expect((await call('list_connections', { source })).text).toContain('The recording goes on');
});

test('with --folder, no file outside of it is opened, not even by a link', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mcp-'));
  const capture = fileURLToPath(new URL('../../../tests/samples/captures/tcpdump-lo-ipv6.pcap', import.meta.url));
  copyFileSync(capture, join(folder, 'inside.pcap'));
  symlinkSync(capture, join(folder, 'link.pcap'));
  const confined = new Client({ name: 'a test', version: '1' });
  await confined.connect(
    new StdioClientTransport({ command: process.execPath, args: [MAIN, 'mcp', '--folder', folder] }),
  );
  onTestFinished(async () => {
    await confined.close();
    rmSync(folder, { recursive: true });
  });
  const opens = async (source: string) =>
    (await confined.callTool({ name: 'list_connections', arguments: { source } })).isError !== true;
  expect(await opens(join(folder, 'inside.pcap'))).toBe(true);
  for (const outside of [
    capture,
    join(folder, 'link.pcap'),
    join(folder, '..', 'none.pcap'),
    `${folder}-beside/a.pcap`,
  ])
    expect(await opens(outside)).toBe(false);
});
