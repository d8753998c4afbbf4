import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { startCompanion } from '../../testing/companion.ts';
import { maskedText, RawPeer } from '../../testing/raw-peer.ts';

const MAIN = fileURLToPath(new URL('../../main.ts', import.meta.url));
const sample = (name: string) => fileURLToPath(new URL(`../../../tests/samples/${name}`, import.meta.url));
const CAPTURE = sample('captures/mergecap-two-linktypes.pcapng');

/** The command as an agent runs it, with the official client. */
const client = new Client({ name: 'a test', version: '1' });
beforeAll(async () => {
  await client.connect(new StdioClientTransport({ command: process.execPath, args: [MAIN, 'mcp'] }));
});
afterAll(() => client.close());

async function call(name: string, args: Record<string, unknown>): Promise<{ text: string; isError: boolean }> {
  const { content, isError } = await client.callTool({ name, arguments: args });
  const [first] = content;
  return { text: first?.type === 'text' ? first.text : '', isError: isError === true };
}

test('every tool says what it does, takes named arguments only, and changes nothing', async () => {
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toEqual([
    ...['list_connections', 'list_messages', 'show_frame', 'why_did_it_end'],
    ...['decode', 'accept', 'doctor', 'check'],
  ]);
  for (const { description = '', inputSchema, annotations } of tools) {
    expect(description).toMatch(/^[A-Z].*\.$/);
    expect(inputSchema['additionalProperties']).toBe(false);
    expect(annotations?.readOnlyHint).toBe(true);
  }
});

describe('a recording', () => {
  test('has its connections, one line each', async () => {
    const { text } = await call('list_connections', { source: CAPTURE });
    const [first = '', second = ''] = text.split('\n');
    expect(first).toMatch(/^#1 \/\S+, 8 frames, ended: \S/);
    expect(second).toMatch(/^#2 \/\S+, 8 frames, ended: \S/);
    expect(text).toContain('Source: a pcapng capture.');
  });

  test('has the messages of a connection from an index on, and each frame bit by bit', async () => {
    const { text } = await call('list_messages', { source: CAPTURE, connection: 2, from: 3, count: 2 });
    const [first = '', second = '', more = ''] = text.split('\n');
    expect(first).toMatch(/^\[3\] .*#2 → text, masked, /);
    expect(second).toMatch(/^\[4\] /);
    expect(more).toMatch(/^\d+ more: ask again from 5\.$/);
    const frame = await call('show_frame', { source: CAPTURE, connection: 2, index: 3 });
    expect(frame.text).toContain('masking-key');
    expect(frame.text).toContain('payload data');
  });

  test('says why a connection ended', async () => {
    const { text } = await call('why_did_it_end', { source: CAPTURE, connection: 1 });
    expect(text).toMatch(/^#1: \S+\. The server sent a close frame with 1000/);
  });

  test('whose messages have no frames can be listed, too', async () => {
    const { text } = await call('list_connections', { source: sample('devtools-156.har') });
    expect(text).toMatch(/^#1 \/\S*, 12 messages, ended: /);
  });
});

test('a running companion is watched from the first question on, and its secrets are replaced', async () => {
  const { port } = await startCompanion();
  const source = `http://localhost:${port}/`;
  await call('list_connections', { source });
  const peer = await RawPeer.open(port, '/echo?token=letmein', ['Cookie: id=letmein']);
  onTestFinished(() => void peer.socket.destroy());
  peer.send(maskedText('{"password":"letmein"}'));
  await peer.frame();
  const { text } = await call('list_connections', { source });
  const [, number = ''] = /^#(\d+) \/echo, 2 frames, not ended$/m.exec(text) ?? [];
  const messages = await call('list_messages', { source, connection: Number(number) });
  expect(messages.text).toContain('GET /echo?token=xxxxxxx HTTP/1.1');
  expect(messages.text).toContain('Replaced with "x": ');
  const indexes = [...messages.text.matchAll(/^\[(\d+)\]/gm)].map(([, index]) => Number(index));
  expect(indexes.length).toBeGreaterThan(3);
  for (const index of indexes) {
    const { text: whole } = await call('show_frame', { source, connection: Number(number), index });
    expect(messages.text + whole).not.toContain('letmein');
  }
});

test('bytes, keys and servers', async () => {
  expect((await call('decode', { bytes: '81 05 48 65 6c 6c 6f' })).text).toContain('text, unmasked, 5 bytes, final');
  expect((await call('accept', { key: 'dGhlIHNhbXBsZSBub25jZQ==' })).text).toContain('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
  const { port } = await startCompanion();
  const url = `ws://localhost:${port}/echo`;
  expect((await call('check', { url, only: '5.5.2-' })).text).toMatch(/ passed, 0 allowed, 0 failed\.\n$/);
  expect((await call('doctor', { url })).text).toMatch(/101/);
});

test.each<[string, string, Record<string, unknown>, string]>([
  ['a file that is missing', 'list_connections', { source: '/no/such/file' }, 'does not exist'],
  ['standard input', 'list_connections', { source: '-' }, 'Give the path of a file'],
  ['another machine', 'list_connections', { source: 'http://example.com/' }, 'is not on this machine'],
  ['no companion', 'list_connections', { source: 'http://127.0.0.1:1/' }, 'There is no tap at'],
  ['no such connection', 'list_messages', { source: CAPTURE, connection: 9 }, 'There is no connection 9'],
  ['no such frame', 'show_frame', { source: CAPTURE, connection: 1, index: 999 }, 'numbered from 0'],
  ['bytes that are none', 'decode', { bytes: 'wss://example.com/' }, 'This is an address'],
  ['a server elsewhere', 'check', { url: 'ws://192.0.2.1/' }, 'is not this machine'],
])('%s is an answer that says what is wrong', async (_, tool, args, words) => {
  const { text, isError } = await call(tool, args);
  expect(isError).toBe(true);
  expect(text).toContain(words);
});

test('an argument that is missing or unknown is refused', async () => {
  for (const args of [{}, { source: CAPTURE, conection: 1 }]) {
    const refused = await client.callTool({ name: 'list_connections', arguments: args }).then(
      ({ isError }) => isError === true,
      () => true,
    );
    expect(refused).toBe(true);
  }
});
