import { describe, expect, test } from 'vitest';
import { OPEN_TARGETS, OWN_TARGETS, shareCompanion, statusesOf, statusOf } from '../testing/access.ts';
import { startCompanion } from '../testing/companion.ts';
import { RawPeer, requestFor } from '../testing/raw-peer.ts';

const ALL = [...OPEN_TARGETS, ...OWN_TARGETS];

const server = shareCompanion();

const numbered = (text: string) => text.replaceAll('PORT', String(server.port));

/** What the server answers when a page of these origins connects to a host; PORT stands for the server's port. */
const askedAt = (host: string, targets: readonly string[], ...origins: string[]) =>
  statusesOf(server.port, targets, [numbered(host)], origins.map(numbered));

const asked = (targets: readonly string[], ...origins: string[]) => askedAt('localhost:PORT', targets, ...origins);

test('the tables below hold every path that there is', async () => {
  const peer = await RawPeer.connect(server.port);
  peer.send(requestFor('/nowhere'));
  await peer.end();
  const [, paths = ''] = /Connect to one of (.*)\.\n/.exec(peer.received.toString()) ?? [];
  expect(paths.split(', ').sort()).toEqual([...new Set(ALL.map((target) => target.split('?')[0]))].sort());
});

test('a program, which sends no Origin, may connect to all', async () => {
  expect(await asked(ALL)).toEqual([101]);
});

describe('the server’s own page may connect to all: it connects to the host that it came from', () => {
  test.each([
    ['localhost:PORT', 'http://localhost:PORT'],
    ['127.0.0.1:PORT', 'http://127.0.0.1:PORT'],
    ['[::1]:PORT', 'http://[::1]:PORT'],
    ['LOCALHOST:PORT', 'http://localhost:PORT'],
    ['localhost:PORT', 'HTTP://LOCALHOST:PORT'],
    // A proxy that speaks TLS on the same name and port, or on the default port with the port written out.
    ['localhost:8443', 'https://localhost:8443'],
    ['localhost:443', 'https://localhost'],
    ['localhost', 'http://localhost'],
    ['localhost:80', 'http://localhost'],
  ])('%s, %s', async (host, origin) => expect(await askedAt(host, ALL, origin)).toEqual([101]));
});

describe('a page of another loopback name is another program’s, although the port is the same', () => {
  test.each([
    ['127.0.0.1:PORT', 'http://127.0.0.2:PORT'],
    ['127.0.0.1:PORT', 'http://[::1]:PORT'],
    ['127.0.0.1:PORT', 'http://localhost:PORT'],
    ['localhost:PORT', 'http://127.0.0.1:PORT'],
    ['localhost:PORT', 'http://127.0.0.2:PORT'],
    ['localhost:PORT', 'http://[::1]:PORT'],
    ['[::1]:PORT', 'http://127.0.0.1:PORT'],
    ['[::1]:PORT', 'http://localhost:PORT'],
    ['127.0.0.2:PORT', 'http://127.0.0.1:PORT'],
  ])('%s, %s', async (host, origin) => {
    expect(await askedAt(host, OPEN_TARGETS, origin)).toEqual([101]);
    expect(await askedAt(host, OWN_TARGETS, origin)).toEqual([403]);
  });
});

describe('a page that another program on this machine serves may connect where nobody else’s traffic is', () => {
  test.each(['http://localhost:3000', 'http://localhost', 'https://localhost', 'http://127.0.0.2:81', 'http://[::1]'])(
    '%s',
    async (origin) => {
      expect(await asked(OPEN_TARGETS, origin)).toEqual([101]);
      expect(await asked(OWN_TARGETS, origin)).toEqual([403]);
    },
  );
});

describe('a page from elsewhere may connect to nothing', () => {
  test.each([
    // foreign, and no origin at all
    ...['https://example.com', 'http://evil.example:PORT', 'http://192.168.1.5:PORT', 'http://0.0.0.0:PORT'],
    ...['null', 'NULL', '', 'about:blank', 'file://', 'data:', 'blob:http://localhost:PORT'],
    ...['ws://localhost:PORT', 'chrome-extension://localhost', 'localhost:PORT', '//localhost:PORT', 'http:localhost'],
    // names that begin or end like ours
    ...['http://localhost.evil.example:PORT', 'http://127.0.0.1.evil.example:PORT', 'http://evil-localhost:PORT'],
    ...[
      'http://localhost@evil.example:PORT',
      'http://localhost:PORT@evil.example',
      'http://evil.example@localhost:PORT',
    ],
    ...['http://evil.example#@localhost:PORT', 'http://evil.example/localhost', 'http://evil.example\\@localhost:PORT'],
    ...[
      'http://evil.example?localhost',
      'http://[::1].evil.example:PORT',
      'http://[::1]evil.example:PORT',
      'http://[::1',
    ],
    ...['http://127.0.0.1%2eevil.example:PORT', 'http://localhost%00.evil.example', 'http://localhost%2eevil.example'],
    // a name with its last dot is another name to a browser, and ours is never written so
    ...['http://localhost.:PORT', 'http://127.0.0.1.:PORT', 'http://localhost..:PORT', 'http://.localhost:PORT'],
    // other ways to write 127.0.0.1: a browser never sends them
    ...['http://2130706433:PORT', 'http://0x7f000001:PORT', 'http://0x7f.0.0.1:PORT', 'http://0177.0.0.1:PORT'],
    ...['http://127.1:PORT', 'http://127.0.0.999:PORT', 'http://127.0.0.01:PORT', 'http://127.0.0.1.1:PORT'],
    ...['http://[::ffff:127.0.0.1]:PORT', 'http://[::ffff:7f00:1]:PORT', 'http://[0:0:0:0:0:0:0:1]:PORT'],
    ...['http://[::1%25lo]:PORT', 'http://[::]:PORT'],
    // letters that look like ours, or fold to them
    ...['http://xn--lcalhost-5cg:PORT', 'http://lоcalhost:PORT', 'http://ⓛocalhost:PORT', 'http://localhoſt:PORT'],
    ...[
      'http://local\u00adhost:PORT',
      'http://127。0。0。1:PORT',
      'http://１２７.0.0.1:PORT',
      'http://localhost\u200b',
    ],
    // more than an origin
    ...[
      'http://localhost:PORT/',
      'http://localhost:PORT http://evil.example',
      'http://evil.example, http://localhost:PORT',
    ],
    ...[
      'http://localhost:PORT\thttp://evil.example',
      'http://local\thost:PORT',
      'http://localhost:99999',
      'http://:PORT',
    ],
  ])('%j', async (origin) => expect(await asked(ALL, origin)).toEqual([403]));

  test('with a second Origin that is ours', async () => {
    expect(await asked(ALL, 'http://evil.example', 'http://localhost:PORT')).toEqual([403]);
    expect(await asked(ALL, 'http://localhost:PORT', 'http://evil.example')).toEqual([400]);
  });

  test('by a request that asks for no upgrade either', async () => {
    for (const target of ALL) {
      const head = `GET ${target} HTTP/1.1\r\nHost: localhost:${server.port}\r\nOrigin: https://example.com\r\n\r\n`;
      expect(await statusOf(server.port, head)).toBe(403);
    }
  });
});

describe('--allow-origin', () => {
  const allowed = 'https://example.org:8443';

  test('opens all to that origin, but shows traffic under the server’s own name only', async () => {
    const { port: own } = await startCompanion({ allowedOrigins: [allowed] });
    expect(await statusesOf(own, ALL, [`localhost:${own}`], [allowed])).toEqual([101]);
    expect(await statusesOf(own, OPEN_TARGETS, ['example.org:8443'], [allowed])).toEqual([101]);
    expect(await statusesOf(own, OWN_TARGETS, ['example.org:8443'], [allowed])).toEqual([403]);
  });

  test.each([
    ...['http://example.org:8443', 'https://example.org', 'https://example.org:84430', 'https://example.org.:8443'],
    ...['https://sub.example.org:8443', 'https://example.org:8443.evil.example', 'https://EXAMPLE.org:8443', 'null'],
  ])('opens nothing to %s', async (origin) => {
    const { port: own } = await startCompanion({ allowedOrigins: [allowed] });
    expect(await statusesOf(own, ALL, [`localhost:${own}`], [origin])).toEqual([403]);
  });
});
