import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer, Server, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { WireMessage } from '../../src/inspector/index.ts';
import { listeningOf } from '../request/listening.ts';
import { createCompanion } from '../server.ts';
import { startCompanion } from '../testing/companion.ts';
import { maskedText, RawPeer, requestFor } from '../testing/raw-peer.ts';
import { ListeningSockets } from './listening-sockets.ts';

const HEALTH = 'GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n';
const LOOPBACKS = ['127.0.0.1', '::1'] as const;
const hasIPv6 = Object.values(networkInterfaces()).some((list) => list?.some(({ address }) => address === '::1'));

// The tests that need [::1] are listed as skipped on a machine without it.
const testWithIPv6 = test.skipIf(!hasIPv6);

afterEach(() => void vi.restoreAllMocks());

/** The answer at an address; undefined if no program listens there. */
async function healthAt(host: string, port: number): Promise<string | undefined> {
  const peer = await RawPeer.connect(port, host).catch(() => undefined);
  if (peer === undefined) return undefined;
  peer.send(HEALTH);
  await peer.end();
  return peer.received.toString();
}

/** Another program, which sends nothing and closes the connection. */
async function takePort(host: string, port = 0): Promise<number> {
  const other = createServer((socket) => socket.destroy()).listen(port, host);
  await once(other, 'listening');
  onTestFinished(() => void other.close());
  return (other.address() as { port: number }).port;
}

/** A port that another program holds on [::1], and that is free on 127.0.0.1. */
async function portHeldOnIPv6(): Promise<number> {
  for (;;) {
    const port = await takePort('::1');
    const probe = createServer().listen(port, '127.0.0.1');
    const isFree = await once(probe, 'listening').then(
      () => true,
      () => false,
    );
    await new Promise((resolve) => probe.close(resolve));
    if (isFree) return port;
  }
}

/** Makes listening on [::1] fail, the given number of times. */
function refuseIPv6(code: string, times: number): void {
  const listen = Server.prototype.listen as (this: Server, port: number, host: string) => Server;
  vi.spyOn(Server.prototype, 'listen').mockImplementation(function (this: Server, ...args: unknown[]) {
    const [port, host] = args as [number, string];
    if (host !== '::1' || times-- <= 0) return listen.call(this, port, host);
    process.nextTick(() => this.emit('error', Object.assign(new Error(`listen ${code}`), { code })));
    return this;
  });
}

describe('by default', () => {
  testWithIPv6('127.0.0.1 and [::1] both answer, at the one port that is printed', async () => {
    const { port, url, lines } = await startCompanion();
    expect(url).toBe(`http://localhost:${port}`);
    for (const host of LOOPBACKS) {
      expect(await healthAt(host, port)).toContain('"framelight"');
      const peer = await RawPeer.connect(port, host);
      peer.send(requestFor('/echo'), maskedText('Hello'));
      expect(await peer.head()).toContain(' 101 ');
      expect((await peer.frame()).payload.toString()).toBe('Hello');
      peer.socket.destroy();
    }
    expect(lines.filter((line) => !line.includes('ended without a close frame'))).toEqual([]);
  });

  testWithIPv6('what comes over [::1] is shown to a tap, with an address that can be read', async () => {
    const { port } = await startCompanion();
    const token = 'over-the-loopback-of-IPv6';
    const tap = await RawPeer.open(port, `/tap?watch=${token}`);
    const peer = await RawPeer.connect(port, '::1');
    peer.send(requestFor(`/echo?watch=${token}`));
    const { port: from } = peer.socket.address() as { port: number };
    expect(await tap.json<WireMessage>()).toMatchObject({ type: 'open', remote: `[::1]:${from}` });
    for (const { socket } of [tap, peer]) socket.destroy();
  });

  testWithIPv6('with another program on [::1], the address printed is 127.0.0.1, and a line says why', async () => {
    const port = await portHeldOnIPv6();
    const { url, lines, listening } = await startCompanion({ port });
    expect(url).toBe(`http://127.0.0.1:${port}`);
    expect(listening).toEqual({ host: '127.0.0.1', port, loopbackOnly: true });
    expect(await (await fetch(`${url}/healthz`)).json()).toMatchObject({ name: 'framelight' });
    expect(lines).toEqual([
      expect.stringMatching(/^\[::1\]:\d+ belongs to another program\. .* so use http:\/\/127\./),
    ]);
  });

  testWithIPv6('another program on 127.0.0.1 is an error, and nothing stays open', async () => {
    const port = await takePort('127.0.0.1');
    await expect(createCompanion({ port }).listen()).rejects.toMatchObject({ code: 'EADDRINUSE' });
    expect(await healthAt('::1', port)).toBeUndefined();
  });

  testWithIPv6('a free port is one that is free on both', async () => {
    refuseIPv6('EADDRINUSE', 3);
    const { url, port, lines } = await startCompanion();
    expect(url).toBe(`http://localhost:${port}`);
    for (const host of LOOPBACKS) expect(await healthAt(host, port)).toContain('"framelight"');
    expect(lines).toEqual([]);
  });

  test('if no such port is found, 127.0.0.1 is printed', async () => {
    refuseIPv6('EADDRINUSE', Number.POSITIVE_INFINITY);
    const { url, port, lines } = await startCompanion();
    expect(url).toBe(`http://127.0.0.1:${port}`);
    expect(await healthAt('127.0.0.1', port)).toContain('"framelight"');
    expect(lines).toHaveLength(1);
  });

  test.each(['EADDRNOTAVAIL', 'EAFNOSUPPORT'])(
    'on a machine without IPv6 (%s), localhost leads to 127.0.0.1 alone, and is printed',
    async (code) => {
      refuseIPv6(code, Number.POSITIVE_INFINITY);
      const { url, port, lines } = await startCompanion();
      expect(url).toBe(`http://localhost:${port}`);
      expect(await healthAt('127.0.0.1', port)).toContain('"framelight"');
      expect(lines).toEqual([]);
    },
  );

  testWithIPv6('close() says 1001 to the connections of both, and neither address answers any more', async () => {
    const companion = createCompanion({ port: 0, limits: { closingTimeoutMs: 50 } });
    await companion.listen();
    const { port } = companion.listening;
    const peers = await Promise.all(LOOPBACKS.map((host) => RawPeer.connect(port, host)));
    const silent = await Promise.all(LOOPBACKS.map((host) => RawPeer.connect(port, host)));
    for (const peer of peers) {
      peer.send(requestFor('/echo'));
      await peer.head();
    }
    const closed = companion.close();
    for (const peer of peers) expect((await peer.frame()).payload.readUInt16BE()).toBe(1001);
    await closed;
    for (const peer of [...peers, ...silent]) await peer.end();
    for (const host of LOOPBACKS) expect(await healthAt(host, port)).toBeUndefined();
  });
});

describe('--host', () => {
  testWithIPv6('localhost is both', async () => {
    const { port, url } = await startCompanion({ host: 'LocalHost' });
    expect(url).toBe(`http://localhost:${port}`);
    for (const host of LOOPBACKS) expect(await healthAt(host, port)).toContain('"framelight"');
  });

  testWithIPv6.each([
    ['127.0.0.1', '127.0.0.1', '::1', '127.0.0.1'],
    ['::1', '::1', '127.0.0.1', '[::1]'],
    ['0.0.0.0', '127.0.0.1', '::1', '127.0.0.1'],
  ])('%s is that one, and what is printed leads there', async (host, here, notHere, printed) => {
    const { port, url } = await startCompanion({ host });
    expect(url).toBe(`http://${printed}:${port}`);
    expect(await healthAt(here, port)).toContain('"framelight"');
    expect(await healthAt(notHere, port)).toBeUndefined();
  });

  testWithIPv6(':: is both, by one socket', async () => {
    const { port, url, listening } = await startCompanion({ host: '::' });
    expect(url).toBe(`http://localhost:${port}`);
    expect(listening.loopbackOnly).toBe(false);
    for (const host of LOOPBACKS) expect(await healthAt(host, port)).toContain('"framelight"');
  });
});

testWithIPv6('the most connections are counted over both addresses together', async () => {
  const httpServer = createHttpServer();
  const sockets = new ListeningSockets(httpServer, 3);
  await sockets.listen(0, 'localhost');
  onTestFinished(() => {
    httpServer.closeAllConnections();
    return sockets.close();
  });
  let dropped = 0;
  for (const server of sockets.servers) server.on('drop', () => dropped++);
  const { port } = listeningOf(httpServer);
  const connect = async (host: string): Promise<{ peer: RawPeer; accepted: Socket | undefined }> => {
    const event = Promise.race([
      once(httpServer, 'connection').then(([socket]) => socket as Socket),
      ...sockets.servers.map((server) => once(server, 'drop').then(() => undefined)),
    ]);
    return { peer: await RawPeer.connect(port, host), accepted: await event };
  };
  const open = [await connect('127.0.0.1'), await connect('::1'), await connect('::1')];
  expect(open.map(({ accepted }) => accepted !== undefined)).toEqual([true, true, true]);
  for (const host of LOOPBACKS) expect((await connect(host)).accepted).toBeUndefined();
  expect(dropped).toBe(2);
  // After a connection ends, either address can accept the next.
  const gone = once(open[1]?.accepted as Socket, 'close');
  open[1]?.peer.socket.destroy();
  await gone;
  const next = await connect('127.0.0.1');
  expect(next.accepted).toBeDefined();
  expect((await connect('::1')).accepted).toBeUndefined();
  for (const { peer } of [...open, next]) peer.socket.destroy();
});
