import { expect, test } from 'vitest';
import { startCompanion } from '../testing/companion.ts';
import { maskedText, RawPeer } from '../testing/raw-peer.ts';
import { COMMANDS, runCommandLine } from './command-line.ts';
import { tapUrl } from './watch.ts';

/** Runs the command until its server ends, and returns what it prints. */
async function watched(...args: string[]) {
  const companion = await startCompanion();
  const [out, err]: [string[], string[]] = [[], []];
  const { promise: watching, resolve } = Promise.withResolvers<void>();
  const { promise: shown, resolve: onShown } = Promise.withResolvers<void>();
  const output = {
    out: (text: string) => {
      out.push(text);
      if (/normal end|"type":"ending"/.test(text)) onShown();
    },
    err: (text: string) => {
      err.push(text);
      if (text.startsWith('Watching')) resolve();
    },
  };
  const ended = runCommandLine(['watch', `http://127.0.0.1:${companion.port}/`, ...args], output, COMMANDS);
  await watching;
  const peer = await RawPeer.open(companion.port, '/echo');
  peer.send(maskedText('Hi \u001b[2J'));
  await peer.frame();
  peer.send(Uint8Array.of(0x88, 0x80, 0, 0, 0, 0));
  await peer.frame();
  await peer.end();
  await shown;
  await companion.close();
  expect(await ended).toBe(0);
  return { out: out.join(''), err: err.join('') };
}

test('one line for each frame, its text escaped', async () => {
  const { out } = await watched();
  const lines = out.trimEnd().split('\n');
  expect(lines.map((line) => line.replace(/^ *[\d.]+ ms {2}#\d+ +/, ''))).toEqual([
    expect.stringMatching(/^opened: \/echo from 127\.0\.0\.1:\d+$/),
    '→ GET /echo HTTP/1.1',
    '← HTTP/1.1 101 Switching Protocols',
    '→ text, masked, 7 bytes, final: "Hi \\u{1b}[2J"',
    '← text, unmasked, 7 bytes, final: "Hi \\u{1b}[2J"',
    '→ close, masked, 0 bytes, final',
    '← close, unmasked, 0 bytes, final',
    'closed with 1005',
    expect.stringMatching(/^ +#\d+ +The client sent a close frame without a code.*This is a normal end/),
  ]);
});

test('with -v, every field', async () => {
  const { out } = await watched('-v');
  expect(out).toContain('masking-key');
  expect(out).toContain('Sec-WebSocket-Key: ');
});

test('with --json, the messages of the tap', async () => {
  const { out } = await watched('--json');
  const types = out
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { type: string }).type);
  expect(types[0]).toBe('open');
  expect(types.slice(-2)).toEqual(['close', 'ending']);
});

test.each([
  ['localhost:8080', 'ws://localhost:8080/tap'],
  ['http://localhost:8082/inspector/#watch=abcdefghijklmnop', 'ws://localhost:8082/tap?watch=abcdefghijklmnop'],
  ['wss://example.org/echo?watch=abcdefghijklmnop', 'wss://example.org/tap?watch=abcdefghijklmnop'],
])('the tap of %s is %s', (given, expected) => {
  expect(tapUrl(given)).toBe(expected);
});

test('without a server, a line that says what to start', async () => {
  const err: string[] = [];
  const output = { out: () => {}, err: (text: string) => void err.push(text) };
  expect(await runCommandLine(['watch', 'http://127.0.0.1:1/'], output, COMMANDS)).toBe(1);
  expect(err.join('')).toContain('Start "framelight serve" or "framelight proxy"');
});
