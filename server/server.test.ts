import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createCompanion } from './server.ts';
import { startCompanion } from './testing/companion.ts';
import { KEY, masked, maskedText, RawPeer, requestFor } from './testing/raw-peer.ts';
import { VERSION } from './version.ts';

const closeBody = (code: number) => new Uint8Array([code >> 8, code & 255]);
const without = (request: string, header: string) => request.replace(new RegExp(`${header}:.*\r\n`), '');
const withHeader = (request: string, header: string, value: string) =>
  request.replace(new RegExp(`(${header}):.*\r\n`), `$1: ${value}\r\n`);

async function answerTo(port: number, request: string): Promise<{ head: string; body: string }> {
  const peer = await RawPeer.connect(port);
  peer.send(request);
  await peer.end();
  const [head = '', body = ''] = peer.received.toString('latin1').split('\r\n\r\n');
  return { head, body };
}

describe('the opening handshake over a real socket', () => {
  test('gets a 101 with nothing that it did not request', async () => {
    const { port } = await startCompanion();
    const peer = await RawPeer.connect(port);
    peer.send(requestFor('/echo'));
    expect((await peer.head()).split('\r\n')).toEqual([
      'HTTP/1.1 101 Switching Protocols',
      'Upgrade: websocket',
      'Connection: Upgrade',
      'Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=',
      '',
      '',
    ]);
    peer.socket.destroy();
  });

  test('frames that come with the request are answered after the 101', async () => {
    const { port } = await startCompanion();
    const peer = await RawPeer.connect(port);
    peer.send(requestFor('/echo'), maskedText('Hello'), maskedText('again'));
    expect(await peer.head()).toContain(' 101 ');
    expect((await peer.frame()).payload.toString()).toBe('Hello');
    expect((await peer.frame()).payload.toString()).toBe('again');
    peer.socket.destroy();
  });

  const echo = requestFor('/echo');
  test.each([
    ['a plain GET', 'GET /echo HTTP/1.1\r\nHost: localhost\r\n\r\n', 426],
    ['a POST', 'POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n', 405],
    ['an upgrade by POST', echo.replace('GET', 'POST'), 405],
    ['an upgrade by HTTP/1.0', echo.replace('HTTP/1.1', 'HTTP/1.0'), 400],
    ['no Host', without(echo, 'Host'), 400],
    ['no Upgrade', without(echo, 'Upgrade'), 426],
    ['another Upgrade', withHeader(echo, 'Upgrade', 'h2c'), 400],
    ['no Connection', without(echo, 'Connection'), 400],
    ['another Connection', withHeader(echo, 'Connection', 'keep-alive'), 400],
    ['no key', without(echo, 'Sec-WebSocket-Key'), 400],
    ['a short key', echo.replace(KEY, 'c2hvcnQ='), 400],
    ['no version', without(echo, 'Sec-WebSocket-Version'), 426],
    ['version 8', withHeader(echo, 'Sec-WebSocket-Version', '8'), 426],
    ['a body', echo.replace('\r\n\r\n', '\r\nContent-Length: 5\r\n\r\nHello'), 400],
    ['an unknown path', requestFor('/nowhere'), 404],
    ['a foreign origin', requestFor('/echo', ['Origin: https://example.com']), 403],
    ['a malformed token', requestFor('/echo?watch=short'), 400],
    ['bytes that are no HTTP', 'hello\r\n\r\n', 400],
    ['a head without end', `GET /echo HTTP/1.1\r\nA: ${'a'.repeat(17_000)}`, 431],
  ])('%s is refused, with the reason in the body, and logged in one line', async (_name, request, status) => {
    const { port, lines, connections } = await startCompanion();
    const { head, body } = await answerTo(port, request);
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} \\S`));
    expect(head).toMatch(/^connection: .*\bclose$/im);
    expect(body).toMatch(/^[A-Z].*\.\n$/);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(`refused with ${status}`);
    expect(connections).toBe(0);
  });

  test('an answer has the headers that its status requires', async () => {
    const { port } = await startCompanion();
    expect((await answerTo(port, echo.replace('GET', 'POST'))).head).toMatch(/^Allow: GET$/m);
    const unsupported = await answerTo(port, withHeader(echo, 'Sec-WebSocket-Version', '8'));
    expect(unsupported.head).toMatch(/^Sec-WebSocket-Version: 13\r?$/m);
  });

  test('an upgrade to another protocol is ignored outside the WebSocket paths', async () => {
    const { url } = await startCompanion();
    const { port } = new URL(url);
    const request = `GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, close\r\nUpgrade: h2c\r\n\r\n`;
    expect((await answerTo(Number(port), request)).head).toMatch(/^HTTP\/1.1 200 /);
  });

  test('is not answered before the requests that came first', async () => {
    const { port, lines } = await startCompanion({ site: new URL('../src/', import.meta.url) });
    const peer = await RawPeer.connect(port);
    peer.send('GET /companion/paths.ts HTTP/1.1\r\nHost: localhost\r\n\r\n', requestFor('/echo'));
    await peer.end();
    expect(peer.received.toString()).not.toContain(' 101 ');
    expect(lines).toEqual([expect.stringMatching(/^127\.0\.0\.1:\d+: asked for a WebSocket before /)]);
  });

  test('a head that comes byte by byte gets a 408 in the end', async () => {
    const { port, lines } = await startCompanion({ limits: { handshakeTimeoutMs: 60 } });
    const peer = await RawPeer.connect(port);
    const request = requestFor('/echo');
    let sent = 0;
    const timer = setInterval(() => peer.send(request.charAt(sent++)), 10);
    await peer.end();
    clearInterval(timer);
    expect(sent).toBeLessThan(request.length);
    expect(peer.received.toString()).toMatch(/^HTTP\/1.1 408 /);
    expect(lines[0]).toContain('refused with 408');
  });

  test('one connection too many gets a 503', async () => {
    const companion = await startCompanion({ limits: { maxConnections: 1 } });
    const first = await RawPeer.open(companion.port, '/echo');
    expect((await answerTo(companion.port, echo)).head).toMatch(/^HTTP\/1.1 503 /);
    first.send(masked({ opcode: 8, payload: closeBody(1000) }));
    await first.end();
    const second = await RawPeer.open(companion.port, '/echo');
    expect(companion.connections).toBe(1);
    second.socket.destroy();
  });
});

describe('HTTP', () => {
  test('/healthz tells any page who is here', async () => {
    const { url } = await startCompanion();
    const response = await fetch(`${url}/healthz`);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(await response.json()).toEqual({ name: 'framelight', version: VERSION });
  });
});

describe('close()', () => {
  test('sends 1001 to all, and ends when they have answered', async () => {
    const companion = createCompanion({ port: 0 });
    await companion.listen();
    const peer = await RawPeer.open(companion.listening.port, '/echo');
    const closed = companion.close();
    const close = await peer.frame();
    expect(close.opcode).toBe(8);
    expect(close.payload.readUInt16BE()).toBe(1001);
    peer.send(masked({ opcode: 8, payload: closeBody(1001) }));
    await peer.end();
    await closed;
    expect(companion.connections).toBe(0);
    await expect(RawPeer.connect(companion.listening.port)).rejects.toThrow();
  });

  test('does not wait forever for a client that does not answer', async () => {
    const companion = createCompanion({ port: 0, limits: { closingTimeoutMs: 50 } });
    await companion.listen();
    const peer = await RawPeer.open(companion.listening.port, '/echo');
    const unfinished = await RawPeer.connect(companion.listening.port);
    unfinished.send('GET /');
    await companion.close();
    await peer.end();
    expect((await peer.frame().catch(() => undefined))?.opcode ?? 8).toBe(8);
    unfinished.socket.destroy();
  });
});

describe('listen()', () => {
  test('fails if the port is in use', async () => {
    const other: Server = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void other.close());
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    await expect(createCompanion({ port }).listen()).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  test('says localhost where only this machine can connect', async () => {
    const { url, listening } = await startCompanion();
    expect(url).toBe(`http://localhost:${listening.port}`);
    expect(listening.loopbackOnly).toBe(true);
  });
});
