import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createSecureServer } from 'node:http2';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { runCommandLine } from '../commands/command-line.ts';
import { startCompanion } from '../testing/companion.ts';
import { selfSigned } from '../testing/self-signed.ts';
import { type DoctorOptions, examine } from './doctor.ts';
import { parseDoctorUrl } from './doctor-url.ts';

async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return (server.address() as AddressInfo).port;
}

const raw = (onSocket: (socket: Socket) => void) => listen(createServer(onSocket));

/** Answers every request with these bytes. */
const answering = (answer: (request: string) => string | Buffer, end = true) =>
  raw((socket) => {
    let request = '';
    socket.on('data', (bytes) => {
      // After the 101 it ends at the first frame, so that nobody waits for a pong.
      if (request.includes('\r\n\r\n')) return void socket.end();
      request += bytes.toString('latin1');
      if (!request.includes('\r\n\r\n')) return;
      const bytesOut = answer(request);
      if (end) socket.end(bytesOut);
      else socket.write(bytesOut);
    });
  });

const acceptFor = (request: string) => {
  const key = /sec-websocket-key: (\S+)/i.exec(request)?.[1] ?? '';
  return createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
};
const right101 = (request: string, ...more: string[]) =>
  [
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Accept: ${acceptFor(request)}`,
    ...more,
    '',
    '',
  ].join('\r\n');
const refusal = (status: string, body: string, ...headers: string[]) =>
  [`HTTP/1.1 ${status}`, `Content-Length: ${body.length}`, 'Connection: close', ...headers, '', body].join('\r\n');

const report = (port: number, options: Partial<DoctorOptions> = {}, scheme = 'ws') =>
  examine(parseDoctorUrl(`${scheme}://127.0.0.1:${port}/socket`), { timeoutMs: 3000, ...options });

const outcomes = async (port: number, options: Partial<DoctorOptions> = {}, scheme = 'ws') => {
  const { steps, opens, cause, sentence } = await report(port, options, scheme);
  return { steps: steps.map(({ name, outcome }) => `${name} ${outcome}`), opens, cause, sentence };
};

test('opens our own echo in every way', async () => {
  const { port } = await startCompanion();
  const { steps, opens, cause } = await examine(parseDoctorUrl(`ws://127.0.0.1:${port}/echo`), { timeoutMs: 3000 });
  expect({ opens, cause }).toEqual({ opens: true, cause: 'opens' });
  expect(steps.map(({ name, outcome }) => `${name} ${outcome}`)).toEqual([
    'dns ok',
    'tcp ok',
    'http ok',
    'http-with-origin ok',
    'http-with-deflate ok',
  ]);
  expect(steps[2]?.sentence).toContain('A ping was answered');
});

describe('over TLS', () => {
  test('a certificate that is signed by itself is shown and refused, and the handshake is tried all the same', async () => {
    const https = createHttpsServer(selfSigned());
    new WebSocketServer({ server: https });
    const port = await listen(https);
    const { steps, opens, cause, sentence } = await report(port, {}, 'wss');
    expect({ opens, cause }).toEqual({ opens: false, cause: 'certificate-refused' });
    expect(sentence).toContain('signed by itself');
    expect(steps.map(({ name, outcome }) => `${name} ${outcome}`)).toEqual([
      ...['dns ok', 'tcp ok', 'tls failed', 'http ok', 'http-with-origin ok', 'http-with-deflate ok', 'http2 noted'],
    ]);
    expect(steps[2]?.details.join('\n')).toMatch(
      /certificate for "localhost"[\s\S]*refused: DEPTH_ZERO_SELF_SIGNED_CERT/,
    );
  });

  test('HTTP/2 with the extended CONNECT is tried, too', async () => {
    const server = createSecureServer({ ...selfSigned(), allowHTTP1: true, settings: { enableConnectProtocol: true } });
    server.on('stream', (stream, headers) => {
      stream.on('error', () => {});
      stream.respond({ ':status': headers[':protocol'] === 'websocket' ? 200 : 404 });
    });
    const port = await listen(server as unknown as Server);
    const { steps } = await report(port, {}, 'wss');
    expect(steps.at(-1)).toMatchObject({ name: 'http2', outcome: 'ok', sentence: expect.stringContaining('200') });
  });

  test('wss:// to a plain port, and ws:// to a TLS port: the other one is tried, and works', async () => {
    const plain = await listen(createHttpServer((_, response) => response.end('Hi')));
    expect(await outcomes(plain, {}, 'wss')).toMatchObject({ opens: false, cause: 'tls-on-plain-port' });
    const secure = await listen(createHttpsServer(selfSigned()));
    expect(await outcomes(secure)).toMatchObject({ opens: false, cause: 'plain-on-tls-port' });
  });

  test('a port that greets is neither', async () => {
    const port = await raw((socket) => void socket.end('SSH-2.0-OpenSSH_9.2\r\n'));
    expect(await outcomes(port, {}, 'wss')).toMatchObject({ opens: false, cause: 'tls-failed' });
  });
});

describe('a server that', () => {
  test.each<[string, () => Promise<number>, string, string]>([
    ['answers a page', () => answering(() => refusal('200 OK', '<h1>Hi</h1>')), 'refused-with-status', '"200 OK"'],
    [
      'redirects',
      () => answering(() => refusal('301 Moved', '', 'Location: https://example.org/')),
      'redirected',
      'https://example.org/',
    ],
    [
      'answers 400',
      () => answering(() => refusal('400 Bad Request', 'no')),
      'refused-with-status',
      '"400 Bad Request"',
    ],
    [
      'answers 426',
      () => answering(() => refusal('426 Upgrade Required', 'no', 'Upgrade: websocket')),
      'refused-with-status',
      '426',
    ],
    [
      'sends a wrong accept',
      () => answering((request) => right101(request).replace(/Accept: ./, 'Accept: _'), false),
      'wrong-accept',
      'Sec-WebSocket-Accept',
    ],
    [
      'compresses without an offer',
      () => answering((request) => right101(request, 'Sec-WebSocket-Extensions: permessage-deflate'), false),
      'extension-not-offered',
      'permessage-deflate',
    ],
    ['closes at once', () => raw((socket) => void socket.end()), 'no-answer', 'no byte came back'],
    [
      'greets first',
      () => raw((socket) => void socket.end('220 mail.example.org ESMTP\r\n')),
      'other-protocol',
      '220 mail',
    ],
    [
      'refuses the Origin',
      () =>
        answering(
          (request) => (/^origin:/im.test(request) ? refusal('403 Forbidden', 'no') : right101(request)),
          false,
        ),
      'origin-refused',
      'Without Origin it opens',
    ],
    [
      'fails if compression is offered',
      () => answering((request) => (/deflate/.test(request) ? refusal('500 Oops', 'no') : right101(request)), false),
      'deflate-breaks',
      'permessage-deflate',
    ],
  ])('%s', { timeout: 30_000 }, async (_, start, cause, words) => {
    const found = await outcomes(await start());
    expect({ opens: found.opens, cause: found.cause }).toEqual({ opens: false, cause });
    expect(found.sentence).toContain(words);
  });

  test('never answers is left after the timeout, and the silence is shown', async () => {
    const port = await raw(() => {});
    const { steps, cause } = await report(port, { timeoutMs: 200 });
    expect(cause).toBe('no-answer');
    expect(steps[2]).toMatchObject({ name: 'http', outcome: 'failed', sentence: 'Not one byte came back in 200 ms.' });
  });

  test('never stops sending is not read for ever', async () => {
    const port = await raw((socket) => {
      const fill = () => {
        while (socket.writable && socket.write('x'.repeat(16_384)));
      };
      socket.on('drain', fill);
      fill();
    });
    const { steps } = await report(port);
    expect(steps[2]?.outcome).toBe('failed');
    expect(JSON.stringify(steps).length).toBeLessThan(20_000);
  });

  test('is not there', async () => {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => void server.close(resolve));
    expect(await outcomes(port)).toMatchObject({
      opens: false,
      cause: 'connection-refused',
      steps: ['dns ok', 'tcp failed'],
    });
  });

  test('only takes requests with an Origin opens for a page', async () => {
    const port = await answering(
      (request) => (/^origin:/im.test(request) ? right101(request) : refusal('403 Forbidden', 'no')),
      false,
    );
    expect(await outcomes(port)).toMatchObject({ opens: true, cause: 'origin-required' });
  });
});

test('the same 403 with and without Origin is not blamed on the Origin', async () => {
  const { cause, sentence } = await outcomes(await answering(() => refusal('403 Forbidden', 'token')));
  expect(cause).toBe('refused-with-status');
  expect(sentence).toContain('the Origin is not the reason');
});

test('an address that is not allowed gets no byte', async () => {
  let connections = 0;
  const port = await raw((socket) => {
    connections++;
    socket.end();
  });
  const { opens, cause } = await report(port, { refuseAddress: () => 'Not this one.' });
  expect({ opens, cause, connections }).toEqual({ opens: false, cause: 'not-allowed', connections: 0 });
});

describe('framelight doctor', () => {
  async function run(...args: string[]) {
    const seen = { out: '', err: '' };
    const output = {
      out: (text: string) => {
        seen.out += text;
      },
      err: (text: string) => {
        seen.err += text;
      },
    };
    return { status: await runCommandLine(['doctor', ...args], output), ...seen };
  }

  test('shows the head and the body of the refusal, with nothing in them that a terminal obeys; status 1', async () => {
    const port = await answering(() =>
      refusal('403 Forbidden', 'go \u001b[31maway\r\nnow', 'Server: nginx/1.22.1', 'CF-Ray: 1'),
    );
    const { out, err, status } = await run(`ws://127.0.0.1:${port}`);
    expect({ err, status }).toEqual({ err: '', status: 1 });
    expect(out).toContain('| HTTP/1.1 403 Forbidden');
    expect(out).toContain('| go \\u001b[31maway\n');
    expect(out).toContain('Its Server header is "nginx/1.22.1".');
    expect(out).toContain('Cloudflare');
    expect(out).not.toContain('\u001b');
  });

  test('--json is one line, and status 0 if it opens', async () => {
    const { port } = await startCompanion();
    const { out, status } = await run('--json', `ws://127.0.0.1:${port}/echo`);
    expect(out.trimEnd()).not.toContain('\n');
    expect(JSON.parse(out)).toMatchObject({ opens: true, cause: 'opens' });
    expect(status).toBe(0);
  });

  test.each([
    [[], 'one address'],
    [['ws://a', 'ws://b'], 'you gave 2'],
    [['ftp://a'], 'neither ws:// nor wss://'],
    [['ws://user:pw@a'], 'Leave them out'],
    [['--timeout', '5', 'ws://a'], '--timeout'],
    [['--origin', 'a b', 'ws://a'], '--origin'],
    [['--subprotocol', 'a,b', 'ws://a'], '--subprotocol'],
  ])('%j is bad input', async (args, words) => {
    const { out, err, status } = await run(...args);
    expect({ out, status }).toEqual({ out: '', status: 2 });
    expect(err).toContain(words);
  });
});
