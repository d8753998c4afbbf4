import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { OPEN_TARGETS, OWN_TARGETS, shareCompanion, statusesOf, statusOf } from '../testing/access.ts';
import { startCompanion } from '../testing/companion.ts';
import { maskedText, RawPeer, requestFor } from '../testing/raw-peer.ts';

const server = shareCompanion();

const numbered = (text: string) => text.replaceAll('PORT', String(server.port));

/** What the paths that are the server's own, and the open ones, say to the page that a Host was made for. */
async function answersTo(host: string, origin = `http://${host}`) {
  const hosts = [numbered(host)];
  return {
    own: await statusesOf(server.port, OWN_TARGETS, hosts, [numbered(origin)]),
    open: await statusesOf(server.port, OPEN_TARGETS, hosts, [numbered(origin)]),
  };
}

describe('a page whose name was made to lead to this machine (DNS rebinding) may connect to nothing', () => {
  test.each([
    ...['evil.example:PORT', 'evil.example', 'EVIL.example:PORT', 'evil.example:', 'evil.example:80'],
    ...['localhost.evil.example:PORT', '127.0.0.1.evil.example:PORT', 'localhost.:PORT', '.localhost:PORT'],
    ...['127.0.0.1.:PORT', '127.0.0.999:PORT', '127.1:PORT', '2130706433:PORT', '0x7f000001:PORT', '0177.0.0.1:PORT'],
    ...['xn--lcalhost-5cg:PORT', 'lоcalhost:PORT', 'ⓛocalhost:PORT', '127.0.0.1%2eevil.example:PORT'],
    ...['evil@localhost:PORT', 'localhost:PORT@evil.example', 'localhost@evil.example:PORT', 'localhost,evil.example'],
    ...[
      'localhost/evil',
      'localhost\\evil',
      'localhost?evil',
      'localhost#evil',
      'localhost evil.example',
      'localhost\tevil',
    ],
    ...['localhost:PORT:PORT', 'localhost:port', 'localhost:-1', '[::1', '::1', '[::1]evil.example', '[localhost]'],
  ])('Host: %s', async (host) => {
    expect(await answersTo(host)).toEqual({ own: [403], open: [403] });
  });
});

describe('the paths that show traffic, or make some, are refused under another name to programs too', () => {
  test.each([
    'evil.example',
    '192.168.1.5',
    '0.0.0.0',
    '127.0.0.999',
    '[::ffff:127.0.0.1]',
    '[0:0:0:0:0:0:0:1]',
    'localhost.',
    '',
  ])('Host: %s', async (host) => {
    expect(await statusesOf(server.port, OWN_TARGETS, [host], [])).toEqual([403]);
  });

  test('and without any', async () => {
    expect(await statusesOf(server.port, OWN_TARGETS, [], [])).toEqual([403]);
    expect(await statusesOf(server.port, OPEN_TARGETS, [], [])).toEqual([400]);
  });
});

test('a page that was loaded from an address is at that address: it may connect where nobody else’s traffic is', async () => {
  expect(await answersTo('192.168.1.5:PORT')).toEqual({ own: [403], open: [101] });
});

test('a Host that names another service’s port: an Origin with ours is foreign to it', async () => {
  expect(await answersTo('localhost:3000', 'http://localhost:PORT')).toEqual({ own: [403], open: [101] });
  expect(await answersTo('localhost:PORT', 'http://localhost:3000')).toEqual({ own: [403], open: [101] });
  // No browser lies about the port: one that was forwarded here, by ssh -L for one, is where the page came from.
  expect(await answersTo('localhost:3000', 'http://localhost:3000')).toEqual({ own: [101], open: [101] });
});

test.each([
  [['localhost:PORT', 'evil.example'], [400]],
  [['evil.example', 'localhost:PORT'], [403]],
  [['localhost:PORT', 'localhost:PORT'], [400]],
])('two Hosts, %j, are never right', async (hosts, statuses) => {
  expect(await statusesOf(server.port, OWN_TARGETS, hosts.map(numbered), [])).toEqual(statuses);
  expect(await statusesOf(server.port, OPEN_TARGETS, hosts.map(numbered), [])).toEqual([400]);
});

describe('a target that is a whole address', () => {
  const absolute = (authority: string, targets: readonly string[]) =>
    targets.map((target) => `http://${numbered(authority)}${target}`);

  test.each(['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example'])(
    'with %s as its host counts, whatever the Host header says',
    async (authority) => {
      const hosts = [`localhost:${server.port}`];
      expect(await statusesOf(server.port, absolute(authority, OWN_TARGETS), hosts, [])).toEqual([403]);
      const origins = [`http://${authority}`];
      expect(await statusesOf(server.port, absolute(authority, OPEN_TARGETS), hosts, origins)).toEqual([403]);
    },
  );

  test('with our own host does not welcome the page of another', async () => {
    const targets = absolute('localhost:PORT', [...OWN_TARGETS, ...OPEN_TARGETS]);
    expect(await statusesOf(server.port, targets, ['evil.example'], ['http://evil.example'])).toEqual([403]);
  });

  test.each(['evil@localhost:PORT', 'localhost:PORT@evil.example', ''])(
    'with %j for a host leads nowhere',
    async (host) => {
      const targets = absolute(host, [...OWN_TARGETS, ...OPEN_TARGETS]);
      const statuses = await statusesOf(server.port, targets, [`localhost:${server.port}`], []);
      expect(statuses.filter((status) => status !== 404 && status !== 400)).toEqual([]);
    },
  );
});

describe('a server that other machines can reach', () => {
  const everywhere = { host: '0.0.0.0' };

  test('shows nobody’s traffic but to who knows the token, under its own name', async () => {
    const { port: own } = await startCompanion(everywhere);
    const [tap, watch] = ['/tap', '/tap?watch=abcdefghijklmnop'];
    expect(await statusesOf(own, [tap], [`localhost:${own}`], [])).toEqual([403]);
    expect(await statusesOf(own, [watch], [`localhost:${own}`], [])).toEqual([101]);
    expect(await statusesOf(own, [watch], ['evil.example'], [])).toEqual([403]);
  });

  test('lets its own page connect under whatever name it has, and no other page', async () => {
    const { port: own } = await startCompanion(everywhere);
    const hosts = [`desk.lan:${own}`];
    expect(await statusesOf(own, OPEN_TARGETS, hosts, [`http://desk.lan:${own}`])).toEqual([101]);
    expect(await statusesOf(own, OPEN_TARGETS, hosts, [`http://evil.example:${own}`])).toEqual([403]);
  });

  test('checks no server on this machine for them: they would read through it what listens on loopback alone', async () => {
    const { port: own } = await startCompanion(everywhere);
    const inner = createServer(() => {
      throw new Error('somebody connected');
    }).listen(0, '127.0.0.1');
    await once(inner, 'listening');
    onTestFinished(() => void inner.close());
    const page = await RawPeer.open(own, '/lab/check');
    page.send(maskedText(JSON.stringify({ url: `ws://127.0.0.1:${(inner.address() as AddressInfo).port}/` })));
    const answer = await page.json<{ type: string; sentence: string }>();
    expect(answer).toMatchObject({ type: 'problem', sentence: expect.stringContaining('framelight check') });
    page.socket.destroy();
  });
});

test('a request for no upgrade tells a rebound page no more than anybody', async () => {
  for (const target of OWN_TARGETS) {
    expect(await statusOf(server.port, `GET ${target} HTTP/1.1\r\nHost: evil.example\r\n\r\n`)).toBe(403);
  }
  const asking = requestFor('/healthz').replace('localhost', 'evil.example');
  expect(await statusOf(server.port, asking)).toBe(404);
});
