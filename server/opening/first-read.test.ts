import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { WireMessage } from '../../src/inspector/index.ts';
import { startCompanion } from '../testing/companion.ts';
import { maskedText, RawPeer, requestFor } from '../testing/raw-peer.ts';
import { attachSockets } from './sockets.ts';

const ECHO = requestFor('/echo');

const REQUESTS = {
  'that may connect': ECHO,
  'for a subprotocol': requestFor('/dump', ['Sec-WebSocket-Protocol: dump.json']),
  'with another header': requestFor('/echo', ['Cookie: a=b', 'X-Other: \xe9']),
  'for a path that is not there': requestFor('/nowhere'),
  'from a foreign page': requestFor('/echo', ['Origin: https://example.com']),
  'with a token that is none': requestFor('/echo?watch=short'),
  'of another version': ECHO.replace(': 13', ': 8'),
  'without a key': ECHO.replace('Sec-WebSocket-Key', 'X-Key'),
  'with a body': requestFor('/echo', ['Content-Length: 3']),
  'with a folded header': requestFor('/echo', ['X-Other: a', ' b']),
  'that is a POST': ECHO.replace('GET', 'POST'),
  'for no upgrade': 'GET /echo HTTP/1.1\r\nHost: localhost\r\n\r\n',
  'for the health': 'GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
  'that is none': 'How do you do?\r\n\r\n',
};

/** All that a server answers, up to its end or to the answer to a message. */
async function answerTo(port: number, ...pieces: string[]): Promise<string> {
  const peer = await RawPeer.connect(port);
  for (const piece of pieces) {
    peer.send(Buffer.from(piece, 'latin1'));
    // The server has that piece when it has answered somebody who came later.
    (await RawPeer.open(port, '/echo')).socket.destroy();
  }
  await peer.until(() => peer.ended || peer.received.includes('\r\n\r\n'));
  if (!peer.received.includes(' 101 ')) await peer.end();
  peer.socket.destroy();
  return peer.received.toString('latin1').replace(/^Date: .*$/m, 'Date: now');
}

describe('a request gets the same answer whole as in two pieces', () => {
  test.each(Object.entries(REQUESTS))('%s', async (_, request) => {
    const { port } = await startCompanion();
    const whole = await answerTo(port, request);
    expect(await answerTo(port, request.slice(0, 40), request.slice(40))).toBe(whole);
    expect(whole).toMatch(/^HTTP\/1\.1 \d{3} /);
  });
});

/**
 * How many connections the HTTP server was given, and how many it was asked to upgrade.
 *
 * @param closingTimeoutMs whoever says nothing for a quarter of it is given to the HTTP server
 */
async function serveCounted(closingTimeoutMs = 5000) {
  const httpServer = createServer();
  const seen = { connections: 0, upgrades: 0 };
  httpServer.on('connection', () => seen.connections++);
  httpServer.on('upgrade', () => seen.upgrades++);
  const webSockets = attachSockets(httpServer, { readFirst: true, limits: { closingTimeoutMs } });
  await new Promise<void>((resolve) => httpServer.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    httpServer.close();
    await webSockets.close();
  });
  return { seen, port: (httpServer.address() as AddressInfo).port };
}

test('a whole request that may connect opens without the HTTP server, with the frames after it', async () => {
  const { seen, port } = await serveCounted();
  const peer = await RawPeer.connect(port);
  peer.send(ECHO, maskedText('Hello'));
  await peer.head();
  expect((await peer.frame()).payload.toString()).toBe('Hello');
  peer.send(maskedText('again'));
  expect((await peer.frame()).payload.toString()).toBe('again');
  expect(seen).toEqual({ connections: 0, upgrades: 0 });
  peer.socket.destroy();
});

test('a silent client goes to the HTTP server, which enforces a timeout', async () => {
  const { seen, port } = await serveCounted(40);
  const other = await RawPeer.open(port, '/echo');
  // On a machine that is busy, the other was given to the HTTP server before its request came.
  const { connections, upgrades } = seen;
  const silent = await RawPeer.connect(port);
  const ping = maskedText('?');
  while (seen.connections === connections) {
    other.send(ping);
    await other.frame();
  }
  silent.send(ECHO);
  expect(await silent.head()).toContain(' 101 ');
  expect(seen).toEqual({ connections: connections + 1, upgrades: upgrades + 1 });
  for (const peer of [silent, other]) peer.socket.destroy();
});

test.each([
  ['whole', 0],
  ['in two pieces', 40],
])('who ends its side behind its request, %s, is answered, and then TCP ends without a close: 1006', async (_, cut) => {
  const { port } = await startCompanion();
  const token = 'who-ends-its-side';
  const request = requestFor(`/echo?watch=${token}`);
  const tap = await RawPeer.open(port, `/tap?watch=${token}`);
  const peer = await RawPeer.connect(port);
  if (cut > 0) peer.send(request.slice(0, cut));
  // The server has that piece when it has answered somebody who came later.
  (await RawPeer.open(port, '/echo')).socket.destroy();
  peer.socket.end(Buffer.concat([Buffer.from(request.slice(cut)), maskedText('Hello')]));
  expect(await peer.head()).toContain(' 101 ');
  expect((await peer.frame()).payload.toString()).toBe('Hello');
  await expect(peer.frame()).rejects.toThrow('the server ended');
  let message = await tap.json<WireMessage>();
  while (message.type !== 'close') message = await tap.json<WireMessage>();
  expect(message).toMatchObject({ closeCode: 1006, clean: false });
  tap.socket.destroy();
});

test('a client that leaves before it sends anything leaves nothing behind', async () => {
  const { port } = await startCompanion();
  const gone = await RawPeer.connect(port);
  gone.socket.end();
  await gone.end();
  const reset = await RawPeer.connect(port);
  reset.socket.resetAndDestroy();
  // The test ends only once the server has closed, which waits for every connection.
  expect(await answerTo(port, ECHO)).toContain(' 101 ');
});
