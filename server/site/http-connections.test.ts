import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createCompanion } from '../server.ts';
import { RawPeer, requestFor } from '../testing/raw-peer.ts';
import { HttpConnections } from './http-connections.ts';
import { LastResponses } from './pending-responses.ts';

const REQUEST = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n';

/** An HTTP server that is to go down. */
async function serve(answer: RequestListener) {
  const httpServer = createServer(answer);
  new HttpConnections(httpServer, new LastResponses(httpServer));
  await new Promise<void>((resolve) => httpServer.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => httpServer.closeAllConnections());
  const close = () => new Promise((resolve) => httpServer.close(resolve));
  const { port } = httpServer.address() as AddressInfo;
  return { port, close, accepted: () => new Promise((resolve) => httpServer.once('connection', resolve)) };
}

describe('an HTTP server that shuts down', () => {
  test('does not wait for clients that have sent nothing, or half a request', async () => {
    const { port, close, accepted } = await serve(() => {});
    for (const said of ['', 'GET / HT']) {
      const connected = accepted();
      const peer = await RawPeer.connect(port);
      peer.send(said);
      await connected;
      onTestFinished(() => void peer.socket.destroy());
    }
    await close();
  });

  test('does not wait for clients that already have their answer', async () => {
    const { port, close } = await serve((_, response) => response.end('here'));
    const peer = await RawPeer.connect(port);
    peer.send(REQUEST);
    await peer.until(() => peer.received.includes('here'));
    await close();
    await peer.end();
  });

  test('completes started answers, and then waits no longer', async () => {
    const long = Buffer.alloc(16 * 1024 * 1024, 'a');
    const asked = Promise.withResolvers<void>();
    const { port, close } = await serve(({ url }, response) => {
      response.end(long);
      if (url === '/last') asked.resolve();
    });
    const peer = await RawPeer.connect(port);
    peer.socket.pause();
    peer.send(REQUEST, REQUEST.replace('/', '/last'));
    await asked.promise;
    const closed = close();
    peer.socket.resume();
    await peer.end();
    await closed;
    expect(peer.received.length).toBeGreaterThan(2 * long.length);
    expect(peer.received.subarray(-long.length).equals(long)).toBe(true);
  });
});

test('a companion that shuts down does not wait for idle clients', async () => {
  const companion = createCompanion({ port: 0, limits: { closingTimeoutMs: 600_000 } });
  await companion.listen();
  const { port } = companion.listening;
  const silent = await RawPeer.connect(port);
  const unfinished = await RawPeer.connect(port);
  unfinished.send('GET /');
  const refused = await RawPeer.connect(port);
  refused.send(requestFor('/nowhere'));
  await refused.head();
  const answered = await RawPeer.connect(port);
  answered.send(REQUEST.replace('/', '/healthz'));
  await answered.head();
  await companion.close();
  for (const peer of [silent, unfinished, refused, answered]) await peer.end();
});
