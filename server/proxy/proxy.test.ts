import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import type { Socket } from 'node:net';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startCompanion } from '../testing/companion.ts';
import { messagesOf, recordsOf, startProxy, startTarget } from '../testing/proxy.ts';
import { maskedText, RawPeer, requestFor } from '../testing/raw-peer.ts';

const ANSWER =
  'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n';
/** What the target gets and sends by itself. */
function collect(socket: Socket): { readonly bytes: Buffer; until(length: number): Promise<void> } {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  return {
    get bytes() {
      return Buffer.concat(chunks);
    },
    async until(length) {
      while (Buffer.concat(chunks).length < length) await once(socket, 'data');
    },
  };
}

describe('a WebSocket through the proxy', () => {
  test('has the same bytes on both sides, and the recording has them, too', async () => {
    const companion = await startCompanion();
    const proxy = await startProxy(companion.port);
    const peer = await RawPeer.open(proxy.port, '/echo');
    peer.send(maskedText('Hello'));
    expect((await peer.frame()).payload.toString()).toBe('Hello');
    expect(messagesOf(proxy).map(({ type }) => type)).toEqual([
      ...['open', 'chunk', 'handshake', 'chunk', 'handshake', 'chunk', 'frame', 'chunk', 'frame'],
    ]);
    const frames = messagesOf(proxy).flatMap((message) => (message.type === 'frame' ? [message] : []));
    expect(frames.map(({ direction, payload }) => [direction, payload.text])).toEqual([
      ['in', 'Hello'],
      ['out', 'Hello'],
    ]);
    const sent = recordsOf(proxy).filter(({ kind, direction }) => kind === 'bytes' && direction === 'in');
    expect(Buffer.concat(sent.map(({ bytes }) => bytes)).toString('latin1')).toBe(
      requestFor('/echo') + Buffer.from(maskedText('Hello')).toString('latin1'),
    );
  });

  test('nothing accepted is lost: whatever the bytes, cut anywhere, arrive in order on the other side', async () => {
    const sockets: Socket[] = [];
    const target = await startTarget((socket) => sockets.push(socket));
    const proxy = await startProxy(target.port);
    const pieces = fc.array(fc.uint8Array({ minLength: 1, maxLength: 70_000 }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(pieces, pieces, fc.boolean(), async (up, down, asWebSocket) => {
        const accepted = once(target.server, 'connection');
        const peer = await RawPeer.connect(proxy.port);
        await accepted;
        const socket = sockets.at(-1) as Socket;
        const got = collect(socket);
        const head = asWebSocket ? Buffer.from(requestFor('/chat')) : Buffer.alloc(0);
        const answer = asWebSocket ? Buffer.from(ANSWER) : Buffer.alloc(0);
        if (asWebSocket) {
          peer.send(head);
          await got.until(head.length);
          socket.write(answer);
          await peer.until(() => peer.received.length >= answer.length);
        }
        for (const piece of up) peer.send(piece);
        for (const piece of down) socket.write(piece);
        const [expectedUp, expectedDown] = [Buffer.concat([head, ...up]), Buffer.concat([answer, ...down])];
        await Promise.all([
          got.until(expectedUp.length),
          peer.until(() => peer.received.length >= expectedDown.length),
        ]);
        expect(got.bytes.equals(expectedUp)).toBe(true);
        expect(peer.received.equals(expectedDown)).toBe(true);
        peer.socket.destroy();
      }),
      { numRuns: 40 },
    );
  });

  test('the client’s FIN and the server’s FIN are passed on, and each side can still send after the other’s', async () => {
    const target = await startTarget((socket) => {
      socket.on('end', () => socket.end('and one last word'));
      socket.resume();
    });
    const proxy = await startProxy(target.port);
    const peer = await RawPeer.connect(proxy.port);
    peer.socket.end('bye');
    await once(peer.socket, 'end');
    expect(peer.received.toString()).toBe('and one last word');
  });

  test.each([
    ['before the request', ''],
    ['after the request', requestFor('/chat')],
  ])('a RST of the client %s is passed on as a RST', async (_, request) => {
    const { promise, resolve } = Promise.withResolvers<Socket>();
    const target = await startTarget(resolve);
    const proxy = await startProxy(target.port);
    const peer = await RawPeer.connect(proxy.port);
    const socket = await promise;
    const got = collect(socket);
    peer.send(request);
    await got.until(request.length);
    const failed = once(socket, 'error');
    peer.socket.resetAndDestroy();
    expect(((await failed) as [NodeJS.ErrnoException])[0].code).toBe('ECONNRESET');
  });

  test.each([
    ['before the request', ''],
    ['after the request', requestFor('/chat')],
  ])('a RST of the server %s is passed on as a RST', async (_, request) => {
    const { promise, resolve } = Promise.withResolvers<Socket>();
    const target = await startTarget(resolve);
    const proxy = await startProxy(target.port);
    const peer = await RawPeer.connect(proxy.port);
    const socket = await promise;
    const got = collect(socket);
    peer.send(request);
    await got.until(request.length);
    const failed = once(peer.socket, 'error');
    socket.resetAndDestroy();
    expect(((await failed) as [NodeJS.ErrnoException])[0].code).toBe('ECONNRESET');
  });

  test('a RST in the open connection is passed on, and recorded with its side', async () => {
    const { promise, resolve } = Promise.withResolvers<Socket>();
    const target = await startTarget((socket) => {
      socket.once('data', () => socket.write(ANSWER));
      resolve(socket);
    });
    const proxy = await startProxy(target.port);
    const peer = await RawPeer.open(proxy.port, '/chat');
    const failed = once(peer.socket, 'error');
    (await promise).resetAndDestroy();
    await failed;
    const last = recordsOf(proxy).at(-1);
    expect([last?.kind, last?.direction, Buffer.from(last?.bytes ?? []).toString()]).toEqual(['end', 'out', 'RST']);
    expect(messagesOf(proxy).at(-1)).toMatchObject({ type: 'close', closeCode: 1006, clean: false });
  });
});

describe('HTTP through the proxy', () => {
  async function startWeb() {
    const heads: string[][] = [];
    const server = createHttpServer((request, response) => {
      heads.push(request.rawHeaders);
      const body: Buffer[] = [];
      request.on('data', (chunk: Buffer) => body.push(chunk));
      request.on('end', () => {
        response.setHeader('Content-Type', 'text/plain');
        // Without a length: in chunks.
        response.write(`${request.method} ${request.url} `);
        response.end(Buffer.concat(body));
      });
    });
    server.on('upgrade', (_, socket) => socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    return { port: (server.address() as { port: number }).port, heads };
  }

  test('passes, with bodies, on one connection after another request', async () => {
    const web = await startWeb();
    const proxy = await startProxy(web.port);
    const answers = await Promise.all(
      [1, 2, 3].map(async (n) => {
        const response = await fetch(`http://127.0.0.1:${proxy.port}/page${n}`, { method: 'POST', body: `x${n}` });
        return response.text();
      }),
    );
    expect(answers).toEqual(['POST /page1 x1', 'POST /page2 x2', 'POST /page3 x3']);
    expect(recordsOf(proxy)).toEqual([]);
  });

  test('a refused handshake is recorded with its answer', async () => {
    const web = await startWeb();
    const proxy = await startProxy(web.port);
    const peer = await RawPeer.connect(proxy.port);
    peer.send(requestFor('/chat'));
    expect(await peer.head()).toContain('403 Forbidden');
    await peer.end();
    const types = messagesOf(proxy).map(({ type }) => type);
    expect(types.slice(0, 5)).toEqual(['open', 'chunk', 'handshake', 'chunk', 'handshake']);
    expect(types.at(-1)).toBe('close');
  });

  test('a WebSocket that opens on a connection after other requests is recorded from its own request on', async () => {
    const { promise, resolve } = Promise.withResolvers<Socket>();
    const target = await startTarget(resolve);
    const proxy = await startProxy(target.port);
    const peer = await RawPeer.connect(proxy.port);
    const socket = await promise;
    const got = collect(socket);
    const first = 'POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n';
    peer.send(first);
    await got.until(first.length);
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc');
    await peer.until(() => peer.received.includes('abc'));
    const second = requestFor('/chat');
    peer.send(second.slice(0, 20));
    peer.send(second.slice(20));
    await got.until(first.length + second.length);
    expect(got.bytes.toString()).toBe(first + second);
    socket.write(Buffer.concat([Buffer.from(ANSWER), Buffer.from('8102', 'hex'), Buffer.from('Hi')]));
    await peer.until(() => peer.received.includes('Hi'));
    const messages = messagesOf(proxy);
    expect(messages[0]).toMatchObject({ type: 'open', path: '/chat' });
    expect(messages.at(-1)).toMatchObject({ type: 'frame', direction: 'out', payload: { text: 'Hi' } });
  });

  test('the Host and Origin headers are passed on as they came', async () => {
    const web = await startWeb();
    const proxy = await startProxy(web.port);
    await fetch(`http://127.0.0.1:${proxy.port}/`);
    expect(web.heads[0]).toContain(`127.0.0.1:${proxy.port}`);
  });
});

describe('with replaced headers', () => {
  const head = (host: string, origin: string) =>
    `GET / HTTP/1.1\r\nhOsT:  ${host} \r\nX-Odd:\tä\r\nOrigin: ${origin}\r\nContent-Length: 3\r\n\r\nabc`;

  test('only the values of Host and Origin differ, in every request of a connection, cut anywhere', async () => {
    const { promise, resolve } = Promise.withResolvers<Socket>();
    const target = await startTarget(resolve);
    const proxy = await startProxy(target.port, { hostHeader: 'target', origin: 'https://example.org' });
    const peer = await RawPeer.connect(proxy.port);
    const socket = await promise;
    const got = collect(socket);
    const given = Buffer.from(head('localhost:8081', 'http://localhost:8081'), 'latin1');
    const expected = Buffer.from(head(`127.0.0.1:${target.port}`, 'https://example.org'), 'latin1');
    const both = Buffer.concat([given, given]);
    for (let at = 0; at < both.length; at += 7) peer.send(both.subarray(at, at + 7));
    await got.until(2 * expected.length);
    expect(got.bytes.toString('latin1')).toBe(Buffer.concat([expected, expected]).toString('latin1'));
  });

  test.each([
    ['of a page from elsewhere', head('localhost', 'http://evil.example')],
    ['under a name that was pointed at this machine', head('evil.example', 'http://evil.example')],
  ])('a request %s is refused, because the target could no longer tell', async (_, request) => {
    const { promise, resolve } = Promise.withResolvers<Socket>();
    const target = await startTarget(resolve);
    const proxy = await startProxy(target.port, { hostHeader: 'target' });
    const peer = await RawPeer.connect(proxy.port);
    const got = collect(await promise);
    peer.send(request);
    expect(await peer.head()).toMatch(/^HTTP\/1\.1 403 /);
    await peer.end();
    expect(got.bytes.length).toBe(0);
  });
});
