import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { computeAccept } from '../request/compute-accept.ts';
import { startCompanion } from '../testing/companion.ts';
import { startTarget } from '../testing/proxy.ts';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));

async function run(script: string, ...args: string[]) {
  const child = spawn(process.execPath, [MAIN, 'connect', ...args]);
  onTestFinished(() => void child.kill('SIGKILL'));
  child.stdin.on('error', () => {});
  child.stdin.end(script);
  const closed = once(child, 'close');
  const [out, err, [status]] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
  return { out, err, status: status as number };
}

/** The frames that were sent and received, without times. */
const framesIn = (out: string) =>
  [...out.matchAll(/#1 ([→←] (?:text|binary|ping|pong|close|reserved).*)$/gm)].map(([, line]) => line);

test('a script that is met ends with 0, after the closing handshake', async () => {
  const { port } = await startCompanion();
  const script = `
    # every kind of frame that a browser sends, and some that it does not
    text "Hi"
    expect text "Hi"
    text fin=0 "in two "
    continuation hex:70617274730a
    expect text ~/^in two parts\\n$/
    binary 00ff
    expect binary 00ff
    ping 6869
    expect pong 6869
    expect nothing 50
  `;
  const { out, err, status } = await run(script, `ws://127.0.0.1:${port}/echo`);
  expect([status, err]).toEqual([0, '']);
  expect(out).toContain('→ GET /echo HTTP/1.1');
  expect(framesIn(out).slice(-2)).toEqual([
    '→ close, masked, 2 bytes, final: 03 e8',
    '← close, unmasked, 2 bytes, final: 03 e8',
  ]);
});

test('a wrong frame is sent as it was ordered, and the server closes with 1002', async () => {
  const { port } = await startCompanion();
  const { out, status } = await run(
    'frame opcode=3 rsv1 mask=0 hex:00ff\nexpect close 1002\nexpect end\n',
    `ws://127.0.0.1:${port}/echo`,
  );
  expect(status).toBe(0);
  expect(framesIn(out)[0]).toMatch(/^→ reserved 3, unmasked, 2 bytes, final: 00 ff$/);
});

describe('what is not met ends with 1, and says what came', () => {
  test.each([
    [
      'text "Hi"\nexpect text "Ho"',
      'Line 2: "expect text "Ho"" is not met: what came is text, unmasked, 2 bytes, final: "Hi"',
    ],
    ['expect text', '"expect text" is not met: no frame came within 100 ms.'],
    ['reset\nexpect text', 'is not met: the server has ended TCP.'],
    ['expect end', 'the server has not ended TCP within 100 ms.'],
    ['text x\nexpect nothing 5000', '"expect nothing 5000" is not met: what came is text'],
  ])('%j', async (script, message) => {
    const { port } = await startCompanion();
    const { err, status } = await run(script, `ws://127.0.0.1:${port}/echo`, '--timeout', '100');
    expect([status, err]).toEqual([1, expect.stringContaining(message)]);
  });
});

test('a line with a mistake ends with 2', async () => {
  const { port } = await startCompanion();
  const { err, status } = await run('text "a"\nbogus\n', `ws://127.0.0.1:${port}/echo`);
  expect([status, err]).toEqual([2, expect.stringContaining('Line 2: Unknown order "bogus".')]);
});

test('pings are answered, unless they are not to be', async () => {
  const answer = async (...args: string[]) => {
    const received: Buffer[] = [];
    const target = await startTarget((socket) => {
      socket.once('data', (head: Buffer) => {
        const [, key = ''] = /Sec-WebSocket-Key: (\S+)/.exec(head.toString()) ?? [];
        const accept = computeAccept(key);
        socket.write(
          `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
        );
        socket.write(Buffer.from('89026869', 'hex'));
        socket.on('data', (chunk: Buffer) => received.push(chunk));
        socket.on('end', () => socket.end());
      });
    });
    await run('expect ping 6869\nend\n', `ws://127.0.0.1:${target.port}/`, ...args);
    return Buffer.concat(received)[0];
  };
  expect(await answer()).toBe(0x8a);
  expect(await answer('--no-pong')).toBeUndefined();
});

test('headers come from -H, and from a command that a browser copied', async () => {
  const heads: string[] = [];
  const target = await startTarget((socket) => {
    socket.once('data', (head: Buffer) => {
      heads.push(head.toString());
      socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n');
    });
  });
  const copied = `curl 'ws://127.0.0.1:${target.port}/chat?a=1' \\\n  -H 'Upgrade: websocket' \\\n  -H 'Origin: http://localhost:3000' -H $'X-It: it\\'s' -b "s=\\"1\\""`;
  const { err, status } = await run('', '--curl', copied, '-H', 'X-More: yes');
  expect([status, err]).toEqual([1, expect.stringContaining('The server answered "403 Forbidden", not 101.')]);
  expect(heads[0]?.split('\r\n').slice(0, 2)).toEqual(['GET /chat?a=1 HTTP/1.1', `Host: 127.0.0.1:${target.port}`]);
  expect(heads[0]?.match(/^Upgrade:/gm)).toHaveLength(1);
  for (const line of ['Origin: http://localhost:3000', "X-It: it's", 'Cookie: s="1"', 'X-More: yes'])
    expect(heads[0]).toContain(`\r\n${line}\r\n`);
});

test('without a server, a line that says so', async () => {
  expect(await run('', 'ws://127.0.0.1:1/')).toMatchObject({
    status: 1,
    out: '',
    err: expect.stringContaining('Nothing listens at 127.0.0.1 port 1'),
  });
});
