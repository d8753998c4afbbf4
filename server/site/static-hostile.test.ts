import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NO_STORE, SAFE_HEADERS } from '../request/safe-headers.ts';
import type { Companion } from '../server.ts';
import { startShared } from '../testing/access.ts';
import { makeHostileSite, SECRET } from '../testing/hostile-site.ts';
import { ask, expectSafe } from '../testing/http.ts';
import { RawPeer } from '../testing/raw-peer.ts';

let site: ReturnType<typeof makeHostileSite>;
let companion: Companion;
let port: number;
beforeAll(async () => {
  site = makeHostileSite();
  companion = await startShared({ site: site.url });
  ({ port } = companion.listening);
});
afterAll(async () => {
  await companion.close();
  site.remove();
});

describe('a target that could lead out of the site, or to what is hidden in it, leads nowhere', () => {
  test.each([
    // up, plain and in every encoding
    ...['/../secret.txt', '/chapters/../../secret.txt', '/_astro/../../secret.txt', '/./../secret.txt', '/..', '/.'],
    ...['/%2e%2e/secret.txt', '/%2E%2E%2Fsecret.txt', '/..%2fsecret.txt', '/.%2e/secret.txt', '/%2e%2e', '/../index'],
    ...['/%252e%252e%252fsecret.txt', '/%25252e%25252e/secret.txt', '/%%32%65%%32%65/secret.txt'],
    ...['/..\\secret.txt', '/..%5csecret.txt', '/%5c..%5csecret.txt', '/....//secret.txt', '/..;/secret.txt'],
    ...['/%c0%ae%c0%ae/secret.txt', '/%c0%ae%c0%ae%c0%afsecret.txt', '/%e0%80%ae%e0%80%ae/secret.txt'],
    ...['/%u002e%u002e/secret.txt', '/%ef%bc%8e%ef%bc%8e/secret.txt', '/..%00/secret.txt'],
    ...['/../dist-of-another/secret.txt', '/-of-another/secret.txt', '/../dist/index.html', '/_astro/../index.html'],
    // to another root
    ...['//secret.txt', '//etc/passwd', '///etc/passwd', '/C:/Windows/win.ini', '/C:%5cWindows', '/~root/.profile'],
    ...['/file:///etc/passwd', '/etc/passwd', '/proc/self/environ', '//localhost/../secret.txt'],
    // a name with something more
    ...['/secret.txt%00.html', '/index.html%00', '/index.html%00.txt', '/%00', '/index.html::$DATA', '/index.html.'],
    ...['/index.html%20', '/INDEX.HTML', '/index.html%0d%0aX-Evil:%201', '/%0d%0a%0d%0a<script>'],
    ...['/%', '/%z', '/%ff', '/%e2%82', '/chapters/index.html/..', '/chapters//', '/chapters/./index.html'],
    // what begins with a dot
    ...['/.env', '/%2eenv', '/.git/config', '/.git%2fconfig', '/.hidden.html', '/.hidden', '/chapters/.hidden'],
    ...['/.well-known/../.env', '/.well-known%2f..%2f.env'],
    // what every object of JavaScript has
    ...['/__proto__', '/constructor', '/toString', '/__proto__/index', '/hasOwnProperty.html'],
    // whole addresses, and long ones
    ...['http://localhost/../secret.txt', 'http://localhost/%2e%2e/secret.txt', 'http://evil.example/.env'],
    ...[`/${'a'.repeat(15_000)}`, `/${'a/'.repeat(7000)}`, `/${'%2e'.repeat(5000)}`, `/${'../'.repeat(900)}etc/passwd`],
  ])('%j', async (target) => {
    const answer = await ask(port, target);
    expect(answer.status).toBe(404);
    expect(answer.body).not.toContain(SECRET);
    expect(answer.headers).not.toHaveProperty('x-evil');
    expectSafe(answer, 'no-cache');
  });
});

describe('a target that is none is refused with 400', () => {
  test.each([
    ...['/\0', '/secret.txt\0.html', '/a b', '/\x7f', '/\x1b[2J', '/#', '/index.html#', 'secret.txt', '*', '?'],
    ...['/\xc0\xae\xc0\xae/secret.txt', '/\xef\xbc\x8e\xef\xbc\x8e/secret.txt', '/index.html\xa0'],
    ...['\\..\\secret.txt', 'file:///etc/passwd', 'gopher://localhost/', 'data:,x'],
    ...['http://', 'http:///etc/passwd', 'http://user@localhost/', 'http://[::1/'],
  ])('%j', async (target) => {
    const answer = await ask(port, target);
    expect(answer.status).toBe(400);
    expectSafe(answer, 'no-store');
  });
});

describe('an expectation that no server can meet is refused with 417, whatever is asked for', () => {
  test.each([
    ['GET', '/', 'banana'],
    ['GET', '/', ''],
    ['GET', '/nowhere', 'banana'],
    ['GET', '/healthz', 'banana'],
    ['GET', '/echo', 'banana'],
    ['GET', '/tap', '<script>alert(1)</script>'],
    ['POST', '/', '100-continued'],
  ])('%s %s, Expect: %s', async (method, target, expectation) => {
    const lines = `Host: localhost\r\nExpect: ${expectation}\r\n`;
    const answer = await ask(port, target, { method, lines });
    expect(answer.status).toBe(417);
    expect(answer.body).toMatch(/^[A-Z].*100-continue.*\.\n$/);
    expectSafe(answer, 'no-store');
  });

  test('one that it can meet is met: 100, then the answer', async () => {
    const peer = await RawPeer.connect(port);
    peer.send('GET / HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n');
    await peer.end();
    expect(peer.received.toString()).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK\r\n/);
  });

  test('the answer waits for its turn, and ends the connection', async () => {
    const peer = await RawPeer.connect(port);
    const request = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n';
    peer.send(request, request.replace('\r\n\r\n', '\r\nExpect: banana\r\n\r\n'), request);
    await peer.end();
    const statuses = [...peer.received.toString().matchAll(/HTTP\/1\.1 (\d+) /g)].map(([, status]) => status);
    expect(statuses).toEqual(['200', '417']);
  });
});

/** Heads that Node’s HTTP server meets in ways of its own. */
describe('every answer to an odd head has the promised headers, or there is none', () => {
  const HOST = 'Host: localhost\r\n';
  test.each([
    ['CONNECT localhost:80 HTTP/1.1\r\n', HOST, []],
    ['PRI * HTTP/2.0\r\n', '', ['400']],
    ['GET /nowhere HTTP/2.0\r\n', HOST, ['404']],
    ['GET /nowhere HTTP/1.2\r\n', HOST, ['400']],
    ['GET /nowhere\r\n', '', ['400']],
    ['FOO / HTTP/1.1\r\n', HOST, ['400']],
    ['OPTIONS * HTTP/1.1\r\n', HOST, ['400']],
    ['DESCRIBE / RTSP/1.0\r\n', HOST, ['405']],
    ['POST / HTTP/1.1\r\n', `${HOST}Transfer-Encoding: chunked\r\nContent-Length: 5\r\n`, ['400']],
    ['POST / HTTP/1.1\r\n', `${HOST}Transfer-Encoding: gzip\r\n`, ['405', '400']],
    ['POST / HTTP/1.1\r\n', `${HOST}Content-Length: x\r\n`, ['400']],
    ['GET /nowhere HTTP/1.1\r\n', `${HOST}Upgrade: h2c\r\nConnection: Upgrade\r\n`, ['404']],
    ['GET / HTTP/1.1\r\n', `${HOST}A: ${'a'.repeat(20_000)}\r\n`, ['431']],
  ])('%j %j', async (line, headers, statuses) => {
    const peer = await RawPeer.connect(port);
    peer.send(`${line}${headers}\r\n`);
    peer.socket.end();
    await peer.end();
    const answers = peer.received
      .toString('latin1')
      .split(/^(?=HTTP\/1\.1 \d{3} )/m)
      .filter((answer) => answer !== '');
    expect(answers.map((answer) => answer.slice(9, 12))).toEqual(statuses);
    for (const answer of answers) {
      const [head = ''] = answer.split('\r\n\r\n');
      for (const { name } of [NO_STORE, ...SAFE_HEADERS])
        expect(head.toLowerCase()).toContain(`\r\n${name.toLowerCase()}: `);
    }
  });
});

test('an enormous target is refused with 431', async () => {
  const answer = await ask(port, `/${'a'.repeat(20_000)}`);
  expect(answer.status).toBe(431);
  expectSafe(answer, 'no-store');
});

describe('what is right is served', () => {
  test.each([
    ['/', 'home', 'no-cache'],
    ['/?/../secret.txt', 'home', 'no-cache'],
    ['/%69ndex.html', 'home', 'no-cache'],
    ['/chapters', 'chapters', 'no-cache'],
    ['http://localhost/chapters/', 'chapters', 'no-cache'],
    ['http://localhost?x', 'home', 'no-cache'],
    ['/_astro/page.js', 'export', 'public, max-age=31536000, immutable'],
  ])('%s', async (target, text, caching) => {
    const answer = await ask(port, target);
    expect(answer.status).toBe(200);
    expect(answer.body).toContain(text);
    expectSafe(answer, caching);
  });

  test('and only a file that exists is cached forever', async () => {
    expectSafe(await ask(port, '/_astro/gone.js'), 'no-cache');
    expectSafe(await ask(port, '/_astro/page.js', { method: 'POST' }), 'no-cache');
  });
});
