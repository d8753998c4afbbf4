import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startCompanion } from '../testing/companion.ts';
import { makeHostileSite } from '../testing/hostile-site.ts';
import { ask, expectSafe } from '../testing/http.ts';

function hostileSite() {
  const site = makeHostileSite();
  onTestFinished(site.remove);
  return site;
}

describe('a request that does not say which server it means, once, is refused', () => {
  test.each([
    ['', 400],
    ['Host: \r\n', 400],
    ['Host: localhost\r\nHost: localhost\r\n', 400],
    ['Host: evil@localhost\r\n', 400],
    ['Host: localhost/\r\n', 400],
    ['Host: localhost:99999\r\n', 400],
    ['Host: localhost\r\n', 200],
  ])('%j: %i', async (lines, status) => {
    const { port } = await startCompanion({ site: hostileSite().url });
    for (const target of ['/', '/healthz']) expect((await ask(port, target, { lines })).status).toBe(status);
  });
});

describe('a page whose name was made to lead here (DNS rebinding)', () => {
  test.each(['', 'Origin: http://evil.example\r\n'])('gets what all get, and nothing else, with %j', async (origin) => {
    const { port } = await startCompanion({ site: hostileSite().url });
    for (const target of ['/', '/chapters/', '/_astro/page.js', '/nowhere', '/healthz', '/.env']) {
      const own = await ask(port, target);
      const other = await ask(port, target, { lines: `Host: evil.example\r\n${origin}` });
      expect([other.status, other.body]).toEqual([own.status, own.body]);
    }
  });

  test('learns from /healthz that Framelight runs here, and in which version, as any page does', async () => {
    const { port } = await startCompanion();
    const answer = await ask(port, '/healthz', { lines: 'Host: evil.example\r\nOrigin: http://evil.example\r\n' });
    expect(Object.keys(JSON.parse(answer.body))).toEqual(['name', 'version']);
    const { 'access-control-allow-origin': readBy, ...headers } = answer.headers;
    expect(readBy).toBe('*');
    expectSafe({ ...answer, headers }, 'no-store');
  });
});

test('what refuses a WebSocket may be read by no other page, either', async () => {
  const { port } = await startCompanion();
  for (const target of ['/echo', '/tap', '/lab/raw']) {
    const answer = await ask(port, target, { lines: 'Host: localhost\r\nOrigin: https://example.com\r\n' });
    expect(answer.status).toBe(403);
    expectSafe(answer, 'no-store');
  }
});

test('a site that is not built says so as safely', async () => {
  const { port } = await startCompanion({ site: new URL('file:///nowhere/at/all/') });
  expectSafe(await ask(port, '/'), 'no-cache');
});

describe('a site with a symbolic link in it is not served, and says why', () => {
  test.each([
    ['a file outside', 'link.txt', '../secret.txt'],
    ['a folder outside', 'chapters/link', '../../dist-of-another'],
    ['itself', 'loop', '.'],
    ['nothing', 'dangling.html', 'nothing-here'],
  ])('a link to %s', async (_what, link, to) => {
    const site = hostileSite();
    symlinkSync(to, join(site.path, link));
    const { port } = await startCompanion({ site: site.url });
    for (const target of [`/${link}`, `/${link}/secret.txt`, '/']) {
      const answer = await ask(port, target);
      expect(answer.status).toBe(404);
      expect(answer.body).toContain('is a symbolic link');
      expectSafe(answer, 'no-cache');
    }
  });
});
