import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import { explainDialError, NOT_LOOPBACK } from '../socket/dial-error.ts';
import { recordsOf, startProxy, startTarget } from '../testing/proxy.ts';
import { RawPeer, requestFor } from '../testing/raw-peer.ts';
import { selfSigned } from '../testing/self-signed.ts';
import { dial, type Lookup } from './dial.ts';
import { parseProxyTarget } from './target.ts';

/** A port at which nothing listens. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

describe('a target that cannot be reached', () => {
  test('refused: the client gets a 502 that says what to do, and so does the terminal', async () => {
    const proxy = await startProxy(await freePort());
    const peer = await RawPeer.connect(proxy.port);
    peer.send(requestFor('/chat'));
    expect(await peer.head()).toMatch(/^HTTP\/1\.1 502 /);
    await peer.end();
    expect(peer.received.toString()).toContain('Nothing listens at 127.0.0.1 port');
    expect(proxy.problems).toHaveLength(1);
    expect(
      recordsOf(proxy)
        .slice(0, 4)
        .map(({ kind }) => kind),
    ).toEqual(['open', 'bytes', 'bytes', 'end']);
  });

  test('gone: an open connection ends as its server did, and the next one gets a 502', async () => {
    const { promise, resolve } = Promise.withResolvers<Socket>();
    const target = await startTarget(resolve);
    const proxy = await startProxy(target.port);
    const peer = await RawPeer.connect(proxy.port);
    const socket = await promise;
    target.server.close();
    socket.end('the last words');
    await peer.end();
    expect(peer.received.toString()).toBe('the last words');
    const next = await RawPeer.connect(proxy.port);
    next.send(requestFor('/chat'));
    expect(await next.head()).toMatch(/^HTTP\/1\.1 502 /);
  });

  test('a name on another machine is not dialed: it is looked up for each connection', async () => {
    const target = { ...parseProxyTarget('ws://localhost:1/'), hostname: 'elsewhere.test' };
    const lookup: Lookup = (_name, _options, answer) => answer(null, [{ address: '192.0.2.1', family: 4 }]);
    const socket = dial(target, false, lookup);
    const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe(NOT_LOOPBACK);
    expect(explainDialError(error, target)).toBe(
      'elsewhere.test resolves to 192.0.2.1, which is not this machine. To pass connections on to another machine, add --allow-remote.',
    );
  });
});

describe('TLS', () => {
  async function startTls(accept: (socket: Socket) => void = () => {}): Promise<number> {
    const server = createTlsServer(selfSigned(), (socket) => {
      socket.on('error', () => {});
      socket.pipe(socket);
      accept(socket);
    }).listen(0, '127.0.0.1');
    server.on('tlsClientError', () => {});
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    return (server.address() as { port: number }).port;
  }

  test('a self-signed certificate is refused, with the reason and the way out', async () => {
    const proxy = await startProxy(`wss://localhost:${await startTls()}/`);
    const peer = await RawPeer.connect(proxy.port);
    peer.send(requestFor('/'));
    expect(await peer.head()).toMatch(/^HTTP\/1\.1 502 /);
    await peer.end();
    expect(peer.received.toString()).toMatch(/self-signed.*--insecure/s);
  });

  test('with insecure, the bytes pass', async () => {
    const proxy = await startProxy(`wss://localhost:${await startTls()}/`, { insecure: true });
    const peer = await RawPeer.connect(proxy.port);
    peer.send('through TLS');
    await peer.until(() => peer.received.toString() === 'through TLS');
  });

  test('a RST of the client ends the connection to the server', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const port = await startTls((socket) => socket.on('close', () => resolve()));
    const proxy = await startProxy(`wss://localhost:${port}/`, { insecure: true });
    const peer = await RawPeer.connect(proxy.port);
    peer.send('through TLS');
    await peer.until(() => peer.received.toString() === 'through TLS');
    peer.socket.resetAndDestroy();
    await promise;
  });

  test('a target without TLS is explained', async () => {
    const target = await startTarget((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const proxy = await startProxy(`wss://localhost:${target.port}/`);
    const peer = await RawPeer.connect(proxy.port);
    peer.send(requestFor('/'));
    expect(await peer.head()).toMatch(/^HTTP\/1\.1 502 /);
    await peer.end();
    expect(peer.received.toString()).toContain('give a ws:// address');
  });
});

test('a client that never reads stops the server, and takes no memory without bounds', async () => {
  let written = 0;
  const { promise: stalled, resolve: onStalled } = Promise.withResolvers<void>();
  const target = await startTarget((socket) => {
    const piece = Buffer.alloc(64 * 1024, 'x');
    const fill = (): void => {
      // Until the first write that has to wait, and then until nothing drains it any more.
      while (socket.write(piece)) written += piece.length;
      written += piece.length;
      let drained = false;
      socket.once('drain', () => {
        drained = true;
        fill();
      });
      setTimeout(() => {
        if (!drained) onStalled();
      }, 300);
    };
    fill();
  });
  const proxy = await startProxy(target.port);
  const peer = await RawPeer.connect(proxy.port);
  peer.socket.pause();
  await stalled;
  const [connection] = proxy.connections;
  expect(connection?.unsentBytes.out).toBeLessThan(1024 * 1024);
  // It reads again: everything that was written arrives.
  peer.socket.resume();
  const until = written;
  await peer.until(() => peer.received.length >= until);
}, 30_000);

test('a RST of the server reaches a client that did not read, as soon as it reads again', async () => {
  const { promise, resolve } = Promise.withResolvers<Socket>();
  const target = await startTarget(resolve);
  const proxy = await startProxy(target.port);
  const peer = await RawPeer.connect(proxy.port);
  const socket = await promise;
  peer.socket.pause();
  const failed = once(peer.socket, 'error');
  const [connection] = proxy.connections;
  // More than the buffers of the system take.
  socket.write(Buffer.alloc(32 * 1024 * 1024));
  await expect.poll(() => connection?.unsentBytes.out ?? 0, { timeout: 10_000 }).toBeGreaterThan(0);
  socket.resetAndDestroy();
  peer.socket.resume();
  expect(((await failed) as [NodeJS.ErrnoException])[0].code).toBe('ECONNRESET');
  await expect.poll(() => proxy.connections.size, { timeout: 10_000 }).toBe(0);
});

test('closing: both sides get everything that was accepted, then a FIN', async () => {
  const { promise, resolve } = Promise.withResolvers<Socket>();
  const target = await startTarget(resolve);
  const proxy = await startProxy(target.port);
  const peer = await RawPeer.connect(proxy.port);
  const socket = await promise;
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.on('end', () => socket.end());
  const [up, down] = [Buffer.alloc(3_000_000, 'u'), Buffer.alloc(3_000_000, 'd')];
  peer.send(up);
  socket.write(down);
  await peer.until(() => peer.received.length === down.length);
  while (Buffer.concat(chunks).length < up.length) await once(socket, 'data');
  peer.send('last up');
  socket.write('last down');
  // Bytes that the proxy has not read yet are not accepted, and only their arrival shows that it has.
  await peer.until(() => peer.received.length === down.length + 'last down'.length);
  while (Buffer.concat(chunks).length < up.length + 'last up'.length) await once(socket, 'data');
  const ended = Promise.all([once(socket, 'end'), once(peer.socket, 'end')]);
  peer.socket.on('end', () => peer.socket.end());
  const closed = proxy.close();
  await ended;
  await closed;
  expect(Buffer.concat(chunks).subarray(up.length).toString()).toBe('last up');
  expect(peer.received.subarray(down.length).toString()).toBe('last down');
  expect(proxy.connections.size).toBe(0);
});

test('2,000 connections at once, each with its own bytes', async () => {
  const target = await startTarget((socket) => socket.pipe(socket));
  const proxy = await startProxy(target.port);
  const count = 2_000;
  const peers: RawPeer[] = [];
  for (let first = 0; first < count; first += 100) {
    const some = Array.from({ length: 100 }, () => RawPeer.connect(proxy.port));
    peers.push(...(await Promise.all(some)));
  }
  for (const [index, peer] of peers.entries()) peer.send(`I am ${index}.`);
  await Promise.all(peers.map((peer, index) => peer.until(() => peer.received.toString() === `I am ${index}.`)));
  expect(proxy.connections.size).toBe(count);
  for (const peer of peers) peer.socket.destroy();
}, 60_000);
