import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LAB_ACT_PATH } from '../../src/companion/lab.ts';
import { admit, type Policy } from '../../src/companion/policy/admit.ts';
import { companionAt, foreseeRefusal } from '../../src/companion/policy/foresee.ts';
import { servedPaths } from '../../src/companion/policy/paths.ts';
import { upgradeRequestOf } from '../../src/companion/policy/upgrade-request.ts';
import { checkAct } from '../../src/lab/asked-act.ts';
import { parseRequestHead, type RequestHead } from '../../src/protocol/index.ts';
import { MemoryBudget } from '../bounds/memory-budget.ts';
import { Turns } from '../bounds/turns.ts';
import { createRoutes } from '../paths/routes.ts';
import { InMemoryPubSub } from '../pubsub/in-memory.ts';
import type { Companion, CompanionOptions } from '../server.ts';
import { requestUnder, startShared } from '../testing/access.ts';
import { makeHostileSite } from '../testing/hostile-site.ts';
import { RawPeer, requestFor } from '../testing/raw-peer.ts';

// What a page predicts of the companion, and what the companion does: the same, whatever is asked.

const TOKEN = 'abcdefghijklmnop';
const ALLOWED = 'https://example.org:8443';

const TARGETS = [
  ...[
    '/echo',
    '/broadcast',
    '/dump',
    '/tap',
    '/lab/act',
    '/lab/raw',
    '/lab/room',
    '/lab/check',
    '/lab/doctor',
    '/lab/polling',
    '/prices',
  ],
  ...['/lab/members', `/lab/members?room=${TOKEN}`],
  ...[`/echo?watch=${TOKEN}`, '/echo?watch=short', '/echo?watch=', `/tap?watch=${TOKEN}`, '/tap?watch=short'],
  ...[`/lab/room?room=${TOKEN}`, '/lab/room?room=short', `/lab/room?room=${TOKEN}&watch=${TOKEN}`],
  ...['/lab/act?act=ping', '/lab/act?act=nope', '/lab/act?act=ping&payload=6', '/lab/act?act=close-1000&reason=bye'],
  ...['/nope', '/', '/healthz', '/echo/', '/ECHO', '/lab', '/lab/', '/%65cho', '//echo', '/constructor'],
  ...['http://localhost:8080/echo', 'http://evil.example/echo', 'http://evil.example/tap', 'ws://localhost/tap'],
];
const HOSTS = [
  ...['localhost:8080', 'localhost', 'LOCALHOST:8080', '127.0.0.1:8080', '127.0.0.2:8080', '[::1]:8080', '[fe80::a]'],
  ...['192.168.1.5:8080', 'desk.lan:8080', 'evil.example', 'evil.example:8080', '127.0.0.999:8080', 'localhost.', ''],
  ...['localhost:99999', 'example.org:8443', 'local host', '::1'],
];
const ORIGINS = [
  ...['http://localhost:8080', 'http://localhost', 'https://localhost:443', 'HTTP://LOCALHOST:8080', 'null', ''],
  ...['http://127.0.0.1:8080', 'http://127.0.0.2:8080', 'http://[::1]:8080', 'http://127.0.0.999', 'http://[::1'],
  ...['https://localhost:99999', 'http://localhost:3000', 'http://evil.example', 'http://evil.example:8080'],
  ...[
    'http://desk.lan:8080',
    'http://192.168.1.5:8080',
    'http://localhost@evil.example',
    ALLOWED,
    'https://example.org',
  ],
];
const HANDSHAKES = ['right', 'right', 'right', 'no upgrade', 'POST', 'version 8'] as const;

interface Asked {
  readonly target: string;
  readonly hosts: readonly string[];
  readonly origins: readonly string[];
  readonly handshake: (typeof HANDSHAKES)[number];
}

const anyRequest: fc.Arbitrary<Asked> = fc.record({
  target: fc.constantFrom(...TARGETS),
  hosts: fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...HOSTS).map((host) => [host]) },
    fc.subarray(HOSTS, { maxLength: 2 }),
  ),
  origins: fc.oneof(
    { weight: 2, arbitrary: fc.constant([]) },
    { weight: 7, arbitrary: fc.constantFrom(...ORIGINS).map((origin) => [origin]) },
    fc.subarray(ORIGINS, { maxLength: 2 }),
  ),
  handshake: fc.constantFrom(...HANDSHAKES),
});

function bytesOf({ target, hosts, origins, handshake }: Asked): Uint8Array<ArrayBuffer> {
  const right = new TextDecoder('latin1').decode(requestUnder(target, hosts, origins));
  const changed = {
    right,
    'no upgrade': right.replace('Upgrade: websocket\r\nConnection: Upgrade\r\n', 'Connection: close\r\n'),
    POST: right.replace('GET', 'POST'),
    'version 8': right.replace('Version: 13', 'Version: 8'),
  }[handshake];
  return new TextEncoder().encode(changed);
}

function headOf(asked: Asked): RequestHead {
  const parsed = parseRequestHead(bytesOf(asked));
  if (parsed.kind !== 'complete') throw new Error(parsed.kind);
  return parsed.head;
}

/** What a page knows of a server that was started with these options. */
function policyOfPage({ allowedOrigins, taps, listening }: Omit<Policy, 'routes'>): Policy {
  const paths = new Map(servedPaths(taps));
  // The one thing that no page foresees by itself: it would have to load every act for it.
  if (taps) paths.set(LAB_ACT_PATH, { ...paths.get(LAB_ACT_PATH), checkDetails: checkAct });
  return { routes: paths, allowedOrigins, taps, listening };
}

const anyOptions = fc
  .record({
    allowedOrigins: fc.constantFrom([], [ALLOWED]),
    taps: fc.boolean(),
    reach: fc.constantFrom(
      { host: 'localhost', loopbackOnly: true },
      { host: '127.0.0.1', loopbackOnly: true },
      { host: '[::1]', loopbackOnly: true },
      { host: '192.168.1.5', loopbackOnly: false },
      { host: 'desk.lan', loopbackOnly: false },
      { host: '0.0.0.0', loopbackOnly: false },
    ),
  })
  .map(({ reach, ...options }) => ({ ...options, listening: () => reach }));

const routesOf = (taps: boolean) =>
  createRoutes({
    pubSub: new InMemoryPubSub(1, new MemoryBudget()),
    roomPubSub: new InMemoryPubSub(1, new MemoryBudget()),
    taps: (taps ? {} : undefined) as never,
    turns: new Turns(),
    listening: () => ({ host: 'localhost', port: 0, loopbackOnly: true }),
    dial: () => {
      throw new Error('nobody dials here');
    },
    meter: () => undefined as never,
    labDrafts: false,
  });
const ROUTES = new Map([true, false].map((taps) => [taps, routesOf(taps)]));

test('a page predicts what the server’s routes decide, whatever is asked of whom, and with whatever options', () => {
  const statuses = new Map<number, number>();
  fc.assert(
    fc.property(anyRequest, anyOptions, (asked, options) => {
      fc.pre(options.taps || asked.handshake !== 'no upgrade');
      const head = headOf(asked);
      const routes = ROUTES.get(options.taps);
      if (routes === undefined) throw new Error('no routes');
      const request = upgradeRequestOf(head);
      // Requests for no WebSocket at other paths are the site's.
      fc.pre(asked.handshake !== 'no upgrade' || routes.has(request.path));
      const admitted = admit(request, { ...options, routes });
      const refused = 'refused' in admitted ? admitted.refused : undefined;
      expect(foreseeRefusal(head, policyOfPage(options))).toEqual(refused);
      const status = refused?.httpStatus ?? 101;
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }),
    { numRuns: 3000 },
  );
  // None of the answers is so rare that it was hardly tried.
  for (const status of [101, 400, 403, 404, 405, 426]) expect(statuses.get(status)).toBeGreaterThan(20);
});

/** The answer of a real server: its status, and for a refusal its sentence. */
async function answerOf(port: number, asked: Asked) {
  const peer = await RawPeer.connect(port);
  peer.send(bytesOf(asked));
  const status = Number((await peer.head()).split(' ')[1]);
  if (status !== 101) await peer.end();
  else peer.socket.destroy();
  const [, body = ''] = peer.received.toString().split('\r\n\r\n');
  return { status, sentence: status === 101 ? '' : body.trimEnd() };
}

/** The site has a page of its own for what is not there. */
const NO_SUCH_PAGE = '<h1>nowhere</h1>';

function predictedOf(asked: Asked, policy: Policy) {
  const refused = foreseeRefusal(headOf(asked), policy);
  if (refused === undefined) return { status: 101, sentence: '' };
  return { status: refused.httpStatus, sentence: refused.rule === 'no-such-page' ? NO_SUCH_PAGE : refused.sentence };
}

const right = (target: string, host: string, origin?: string): Asked => ({
  target,
  hosts: [host],
  origins: origin === undefined ? [] : [origin],
  handshake: 'right',
});

const SERVERS: readonly (readonly [name: string, options: CompanionOptions])[] = [
  ['as it starts without options', {}],
  ['with --allow-origin', { allowedOrigins: [ALLOWED] }],
  ['with --no-tap', { taps: false }],
  ['with --host 0.0.0.0', { host: '0.0.0.0' }],
];

describe.each(SERVERS)('a server %s answers as a page predicts', (_, options) => {
  const site = makeHostileSite();
  let server: Companion;
  let policy: Policy;

  beforeAll(async () => {
    server = await startShared({ ...options, site: site.url });
    const { allowedOrigins = [], taps = true } = options;
    policy = policyOfPage({ allowedOrigins, taps, listening: () => server.listening });
  });
  afterAll(async () => {
    await server.close();
    site.remove();
  });

  test.each([
    right('/nope', 'localhost:8080'),
    right(`/lab/room?room=${TOKEN}`, 'localhost:8080'),
    right('/echo', 'localhost:8080', 'http://127.0.0.999'),
    right('/echo', 'localhost:8080', 'https://localhost:99999'),
    right('/echo?watch=short', 'localhost:8080'),
    right('/tap', '127.0.0.1:8080', 'http://localhost:8080'),
    right('/tap', 'pages.example:8080', 'http://pages.example:8080'),
    right('/lab/room', 'localhost:8080'),
  ])('$target at $hosts from $origins', async (asked) => {
    expect(predictedOf(asked, policy)).toEqual(await answerOf(server.listening.port, asked));
  });

  test('to requests of every kind', async () => {
    // The site has a page at its root, and the companion says that it is there: no page foresees either.
    const ofTheSite = ({ target, handshake }: Asked) =>
      handshake === 'no upgrade' && (target === '/' || target === '/healthz' || target.startsWith('//'));
    await fc.assert(
      fc.asyncProperty(anyRequest, async (asked) => {
        fc.pre(!ofTheSite(asked));
        expect(await answerOf(server.listening.port, asked)).toEqual(predictedOf(asked, policy));
      }),
      { numRuns: 150 },
    );
  });
});

test('the companion that a page imagines is the one that starts without options', async () => {
  const server = await startShared();
  const { routes, allowedOrigins, taps, listening } = companionAt('localhost:8080');
  expect(listening()).toEqual({ host: server.listening.host, loopbackOnly: server.listening.loopbackOnly });
  expect({ paths: [...routes.keys()], allowedOrigins, taps }).toEqual({
    paths: [...(ROUTES.get(true)?.keys() ?? [])],
    allowedOrigins: [],
    taps: true,
  });
  await server.close();
});

test('the page of another host imagines a companion that listens there', () => {
  const elsewhere = companionAt('Pages.example:8443');
  expect(elsewhere.listening()).toEqual({ host: 'pages.example', loopbackOnly: false });
  const ofPage = headOf(right('/echo', 'pages.example:8443', 'https://pages.example:8443'));
  expect(foreseeRefusal(ofPage, elsewhere)).toBeUndefined();
  expect(foreseeRefusal(ofPage, companionAt('localhost'))).toMatchObject({ rule: 'foreign-origin' });
});

test('requests are made as the other tests make them', () => {
  expect(new TextDecoder().decode(bytesOf(right('/echo', 'localhost')))).toBe(
    requestFor('/echo').replace('Host: localhost\r\n', '').replace('\r\n\r\n', '\r\nHost: localhost\r\n\r\n'),
  );
});
