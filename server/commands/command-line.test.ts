import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { masked, maskedText, RawPeer } from '../testing/raw-peer.ts';
import { VERSION } from '../version.ts';
import { runCommandLine } from './command-line.ts';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
const ACCEPT = 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=';

function start(...args: string[]) {
  const child = spawn(process.execPath, [MAIN, ...args]);
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

async function run(args: string[], input = '') {
  const child = start(...args);
  child.stdin.end(input);
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { out, err, status: child.exitCode };
}

describe('framelight accept', () => {
  test('prints the accept alone', async () => {
    expect(await run(['accept', KEY])).toEqual({ out: `${ACCEPT}\n`, err: '', status: 0 });
  });

  test('takes a whole header line too', async () => {
    expect((await run(['accept', `Sec-WebSocket-Key: ${KEY}`])).out).toBe(`${ACCEPT}\n`);
  });

  test('--explain prints each step', async () => {
    const { out } = await run(['accept', KEY, '--explain']);
    expect(out).toContain(`${KEY}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`);
    expect(out).toContain('b37a4f2cc0624f1690f64606cf385945b2bec4ea');
    expect(out).toContain(ACCEPT);
  });
});

describe('framelight decode of compressed messages', () => {
  // RFC 7692 §7.2.3.2, masked and with RSV1: Hello, and Hello again with a match into the first.
  const compressed = 'c18737fa213dc5b2ecf4fefd21 c18537fa213dc5fa303d37';
  const response = 'HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n';

  test('without a handshake, the bit breaks a rule, and the remark names the option', async () => {
    const { out, err } = await run(['decode', compressed]);
    expect(out).toContain('RSV1 must be 0');
    expect(err).toContain('byte 1 has RSV1 set: probably permessage-deflate. Add --deflate to read it as compressed.');
  });

  test('--deflate reads them as compressed', async () => {
    const { out, err } = await run(['decode', '--deflate', compressed]);
    expect(out).not.toContain('RSV1 must be 0');
    expect(err).not.toContain('Add --deflate');
    expect(out.match(/text {2}"Hello"/g)).toHaveLength(2);
    expect(out).toContain('compressed message: 7 bytes on the wire, 5 bytes inflated: 2 bytes more than without');
    expect(out).toContain('The window is unknown from here');
    expect(out).toContain('block 1: fixed codes, bits 1 to 31, 5 bytes');
    expect(out).toContain('"H" [4 bytes from 5 back]');
  });

  test('--json has the same as data', async () => {
    const { out } = await run(['decode', '--deflate', '--json', compressed]);
    const [, second] = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(second).toMatchObject({
      violations: [],
      inflated: { byteLength: 5, packedBytes: 5, text: 'Hello', window: 'unknown', unknown: [], ending: 'complete' },
    });
  });

  test('a response that agrees on it is enough', async () => {
    const unmasked = 'c107f248cdc9c90700 c105f200110000';
    const { out } = await run(['decode', Buffer.from(response).toString('hex') + unmasked]);
    expect(out.match(/text {2}"Hello"/g)).toHaveLength(2);
    expect(out).toContain('The window holds earlier messages');
  });
});

describe('framelight decode', () => {
  const frames = '818537fa213d7f9f4d5158 8a00';

  test('prints every frame, annotated', async () => {
    const { out, status } = await run(['decode', frames]);
    expect(out.match(/^frame at byte (1|12): /gm)).toHaveLength(2);
    expect(out).not.toContain('\u001b');
    expect(status).toBe(0);
  });

  test('--json prints one object a line, from standard input too', async () => {
    const { out } = await run(['decode', '--json', '-'], `${frames}\n`);
    const dumps = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { hex: string; offset: number });
    expect(dumps.map(({ hex, offset }) => [hex, offset])).toEqual([
      ['818537fa213d7f9f4d5158', 0],
      ['8a00', 11],
    ]);
    expect(await run(['decode', '--json', '8a', '00'])).toMatchObject({ out: expect.stringContaining('"8a00"') });
  });

  test.each([
    ['8a00', 'Read as: hex.\n'],
    ['[138, 0]', 'Read as: decimal bytes.\n'],
    [
      '474554202f20485454502f312e310d0a0d0a8a00',
      'Read as: hex.\nFound an HTTP request of 18 bytes: "GET / HTTP/1.1".\n',
    ],
  ])('names the form of %s on standard error', async (bytes, err) => {
    expect(await run(['decode', '--json', bytes])).toEqual({ out: expect.stringContaining('"8a00"'), err, status: 0 });
  });

  test.each([
    ['8185', 1, 1],
    ['8a00 8105', 2, 3],
  ])('prints the frames of %s as far as they go, and then says what is missing', async (bytes, count, place) => {
    const { out, err, status } = await run(['decode', bytes]);
    expect(out.match(/^frame at byte /gm)).toHaveLength(count);
    expect(err).toMatch(new RegExp(`^Read as: hex\\.\nThe frame at byte ${place} .*\nFor help: .*\n$`));
    expect(status).toBe(2);
  });

  test('--from says whose frames they are: then a mask can be missing', async () => {
    expect((await run(['decode', '--json', '8a00'])).out).toContain('"violations":[]');
    expect((await run(['decode', '--json', '--from', 'client', '8a00'])).out).toContain('"statusCode":1002');
  });
});

describe('bad input gets a message on standard error, status 2, and no other output:', () => {
  test.each([
    [['accept'], 'one key'],
    [['accept', KEY, KEY], 'you gave 2'],
    [['accept', 'c2hvcnQ='], 'malformed'],
    [['accept', '--explode', KEY], '--explode'],
    [['decode'], 'hex'],
    [['decode', ''], 'no bytes'],
    [['decode', '81zz'], 'Character 3'],
    [['decode', '818'], 'Character 1'],
    [['decode', '8a00 81053'], 'Character'],
    [['decode', '--from', 'nobody', '8a00'], '--from'],
    [['sing'], '"sing"'],
    [['--prot', '1'], '--prot'],
    [['--port'], '--port'],
    [['--port', '65536'], '65535'],
    [['--port', '-1'], '--port'],
    [['--port', '80x'], '--port'],
    [['--host', ''], '--host'],
    [['--max-message', '1.5'], '--max-message'],
    [['--idle-timeout', 'never'], '--idle-timeout'],
    [['serve', 'now'], '"now"'],
    [['--pubsub'], '--pubsub: This is not a URL. Give one such as redis://localhost:6379'],
    [['--pubsub', 'http://localhost:6379'], 'starts with redis://'],
    [['check', 'ws://localhost:1', '--only'], '--only is empty'],
    [['decode', '8a00', '--from'], '--from'],
  ])('%j', async (args, expected) => {
    let [out, err] = ['', ''];
    const output = {
      out: (text: string) => {
        out += text;
      },
      err: (text: string) => {
        err += text;
      },
    };
    const status = await runCommandLine(args, output);
    expect(err).toContain(expected);
    expect({ out, status }).toEqual({ out: '', status: 2 });
  });

  test('and the place in many lines', async () => {
    const { out, err, status } = await run(['decode', '-'], '8a 00\n8a xx\n');
    expect(err).toMatch(/^Line 2, character 4: .*\n {2}8a xx\n {5}\^\nFor help: .*\n$/);
    expect({ out, status }).toEqual({ out: '', status: 2 });
  });

  test('and the way out for a file that is not text', async () => {
    const { out, err, status } = await run(['decode', '-'], '\u0001\r\r\n\u0000\u0000\u0000\u001c');
    expect(err).toMatch(/^The input is binary, not text\. .*xxd.*\nFor help: .*\n$/);
    expect({ out, status }).toEqual({ out: '', status: 2 });
  });

  test('and for a recording, the command that opens it', async () => {
    const { out, err, status } = await run(['decode', '-'], '\n\r\r\n\u0000\u0000\u0000\u001c');
    expect(err).toMatch(/^This is a pcapng capture, .*framelight open FILE\nFor help: .*\n$/);
    expect({ out, status }).toEqual({ out: '', status: 2 });
  });
});

describe('framelight', () => {
  test('--version', async () => expect(await run(['--version'])).toEqual({ out: `${VERSION}\n`, err: '', status: 0 }));

  test('--help names every command and option', async () => {
    const { out, status } = await run(['--help']);
    for (const word of ['serve', 'accept', 'decode', '--port', '--host', '--max-message', '--idle-timeout'])
      expect(out).toContain(word);
    expect(status).toBe(0);
    expect((await run(['help'])).out).toBe(out);
  });

  test.each([
    ['decode', '--help'],
    ['decode', '8105', '-h'],
    ['help', 'decode'],
  ])('%s %s prints the help of that command alone', async (...args) => {
    const { out, status } = await run(args.filter((arg) => arg !== undefined));
    expect(out).toMatch(/^framelight decode BYTES\n/);
    expect(out).not.toContain('framelight serve');
    expect(out).toMatch(/\nFor all commands: framelight --help\n$/);
    expect(status).toBe(0);
  });

  test('an error points to the help of its command', async () => {
    expect((await run(['accept'])).err).toMatch(/\nFor help: framelight accept --help\n$/);
    expect((await run(['acept'])).err).toMatch(/\nFor help: framelight --help\n$/);
  });
});

describe('framelight serve', () => {
  async function serving(...args: string[]) {
    const child = start(...args);
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const url = line.toString().trimEnd();
    return { child, url, port: Number(new URL(url).port) };
  }

  test('is the default, prints where it listens, and takes its limits from the options', async () => {
    const { child, url, port } = await serving('--port', '0', '--max-message', '4', '--no-tap');
    expect(url).toMatch(/^http:\/\/localhost:\d+$/);
    const peer = await RawPeer.open(port, '/echo');
    peer.send(maskedText('four'), maskedText('fives'));
    expect((await peer.frame()).payload.toString()).toBe('four');
    expect((await peer.frame()).payload.readUInt16BE()).toBe(1009);
    await peer.end();
    child.kill();
    await once(child, 'close');
  });

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const)(
    '%s says 1001 to all, then ends with status 0',
    async (signal) => {
      const { child, port } = await serving('serve', '--port', '0');
      const peer = await RawPeer.open(port, '/echo');
      child.kill(signal);
      const close = await peer.frame();
      expect(close.payload.readUInt16BE()).toBe(1001);
      const closed = once(child, 'close');
      peer.send(masked({ opcode: 8, payload: close.payload.subarray(0, 2) }));
      await peer.end();
      await closed;
      expect(child.exitCode).toBe(0);
    },
  );

  test('a signal that comes twice at once, as Ctrl+C does through npm, cuts nobody off', async () => {
    const { child, port } = await serving('--port', '0');
    const peer = await RawPeer.open(port, '/echo');
    child.kill('SIGINT');
    const { payload } = await peer.frame();
    child.kill('SIGINT');
    peer.send(masked({ opcode: 8, payload: payload.subarray(0, 2) }));
    await peer.end();
    await once(child, 'close');
    expect(child.exitCode).toBe(0);
  });

  test('a second signal ends it at once, whoever does not answer', async () => {
    const { child, port } = await serving('--port', '0');
    const peer = await RawPeer.open(port, '/echo');
    child.kill('SIGINT');
    expect((await peer.frame()).opcode).toBe(8);
    const again = setInterval(() => child.kill('SIGTERM'), 50);
    await once(child, 'close');
    clearInterval(again);
    expect(child.exitCode).toBe(130);
    peer.socket.destroy();
  });

  test('goes on if nobody reads its log any more, for example after its terminal was closed', async () => {
    const { child, port } = await serving('--port', '0');
    child.stderr.destroy();
    for (let i = 0; i < 3; i++) {
      const refused = await RawPeer.open(port, '/nowhere');
      await refused.end();
    }
    const peer = await RawPeer.open(port, '/echo');
    child.kill('SIGHUP');
    expect((await peer.frame()).payload.readUInt16BE()).toBe(1001);
    peer.send(masked({ opcode: 8, payload: new Uint8Array([3, 233]) }));
    await peer.end();
    await once(child, 'close');
    expect(child.exitCode).toBe(0);
  });

  test('says that a port is taken, and how to choose another, in one line', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void other.close());
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { out, err, status } = await run(['serve', '--port', String(port)]);
    expect({ out, status }).toEqual({ out: '', status: 1 });
    expect(err).toMatch(new RegExp(`^Another program uses port ${port} .*--port ${port + 1}\\.\n$`));
  });

  test.each(['example.org', 'https://example.org/', 'https://Example.org', 'https://example.org:443', '*'])(
    '--allow-origin %s, which no browser ever sends, is bad input',
    async (origin) => {
      const { out, err, status } = await run(['serve', '--port', '0', '--allow-origin', origin]);
      expect({ out, status }).toEqual({ out: '', status: 2 });
      expect(err).toContain(`--allow-origin is ${JSON.stringify(origin)}. Give `);
    },
  );

  test('--allow-origin lets that origin in, and no other', async () => {
    const { child, port } = await serving('--port', '0', '--allow-origin', 'https://example.org');
    const peer = await RawPeer.open(port, '/echo', ['Origin: https://example.org']);
    expect(peer.received.toString()).toContain(' 101 ');
    const other = await RawPeer.open(port, '/echo', ['Origin: https://example.com']);
    expect(other.received.toString()).toContain(' 403 ');
    peer.socket.destroy();
    other.socket.destroy();
    child.kill();
    await once(child, 'close');
  });
});
