import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { WireMessage } from '../../src/inspector/wire/wire.ts';
import { startCompanion } from '../testing/companion.ts';
import { RawPeer } from '../testing/raw-peer.ts';
import { COMMANDS, runCommandLine } from './command-line.ts';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));

/** Runs `framelight proxy` in a process of its own. */
async function startCommand(...args: string[]) {
  const child = spawn(process.execPath, [MAIN, 'proxy', ...args, '--port', '0', '--inspector-port', '0']);
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines = createInterface(child.stdout);
  const all: string[] = [];
  const waiting = new Set<() => void>();
  lines.on('line', (line) => {
    all.push(line);
    for (const wake of waiting) wake();
  });
  const line = async (pattern: RegExp): Promise<RegExpExecArray> => {
    for (;;) {
      for (const each of all) {
        const found = pattern.exec(each);
        if (found !== null) return found;
      }
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.add(resolve);
      await promise;
      waiting.delete(resolve);
    }
  };
  return { child, line, all };
}

test('prints where to connect and where to watch, shows the connections to a tap, and saves them when it is ended', async () => {
  const companion = await startCompanion();
  const folder = mkdtempSync(join(tmpdir(), 'framelight-proxy-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'a.jsonl');
  const { child, line, all } = await startCommand(`ws://127.0.0.1:${companion.port}/echo?a=b`, '--save', file);
  const [, address = ''] = await line(/^Connect to (ws:\/\/\S+): everything goes to ws:/);
  expect(address).toMatch(/\/echo\?a=b$/);
  const [, inspector = '', token = ''] = await line(/^Watch at http:\/\/([^/]+)\/inspector\/#watch=(\w+)$/);
  const client = new WebSocket(address);
  await once(client, 'open');
  client.send('Hello');
  await once(client, 'message');
  // The tap comes late, and sees the connection from its first byte.
  const tap = await RawPeer.open(Number(new URL(`http://${inspector}`).port), `/tap?watch=${token}`);
  const seen: WireMessage[] = [];
  while (!seen.some(({ type, ...rest }) => type === 'frame' && 'direction' in rest && rest.direction === 'out'))
    seen.push(await tap.json<WireMessage>());
  expect(seen[0]).toMatchObject({ type: 'open', connection: 1, path: '/echo' });
  client.close(1000);
  await once(client, 'close');
  while (seen.at(-1)?.type !== 'close') seen.push(await tap.json<WireMessage>());
  expect(seen.at(-1)).toMatchObject({ closeCode: 1000, clean: true });
  await line(/^#1 \/echo ended: .* first; /);
  tap.socket.destroy();
  child.kill('SIGTERM');
  expect(await once(child, 'close')).toEqual([0, null]);
  expect(all.at(-1)).toMatch(/^Saved [\d,]+ bytes to /);
  const saved = readFileSync(file, 'utf8').trimEnd().split('\n');
  expect(saved.map((each) => JSON.parse(each))).toEqual(seen);
});

test('a tap with another token sees nothing of the proxy', async () => {
  const companion = await startCompanion();
  const { line } = await startCommand(`ws://127.0.0.1:${companion.port}/echo`);
  const [, address = ''] = await line(/^Connect to (ws:\/\/\S+):/);
  const [, inspector = ''] = await line(/^Watch at http:\/\/([^/]+)\//);
  const port = Number(new URL(`http://${inspector}`).port);
  const other = 'abcdefghijklmnop';
  const tap = await RawPeer.open(port, `/tap?watch=${other}`);
  const proxied = new WebSocket(address);
  await once(proxied, 'open');
  const own = await RawPeer.open(port, `/dump?watch=${other}`);
  expect(await tap.json()).toMatchObject({ type: 'open', path: '/dump' });
  own.socket.destroy();
  tap.socket.destroy();
  proxied.close();
});

describe('wrong arguments', () => {
  test.each([
    [[], 'Give the address of a server, such as ws://localhost:3000/chat.'],
    [
      ['ws://192.0.2.1/'],
      '192.0.2.1 is not this machine. To pass connections on to another machine, add --allow-remote.',
    ],
    [['ws://example.invalid/'], 'example.invalid is not this machine.'],
    [
      ['gopher://localhost/'],
      'gopher://localhost/ starts with gopher://. Give an address that starts with ws:// or wss://.',
    ],
    [
      ['ws://localhost:1', '--save', 'a.txt'],
      '--save is "a.txt". The name must end with .pcapng, .json, .jsonl, .har.',
    ],
    [
      ['ws://localhost:1', '--host-header', 'other'],
      'Unknown value of --host-header "other". Choose from: as-is, target.',
    ],
    [
      ['ws://localhost:1', '--origin', 'localhost'],
      '"localhost" is not an origin. Write one like http://localhost:3000.',
    ],
  ])('%j', async (args, message) => {
    const out: string[] = [];
    const err: string[] = [];
    const output = { out: (text: string) => void out.push(text), err: (text: string) => void err.push(text) };
    expect(await runCommandLine(['proxy', ...args], output, COMMANDS)).toBe(2);
    expect([out.join(''), err.join('')]).toEqual(['', expect.stringContaining(message)]);
  });
});
