import { chmodSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { builtSite } from './built-site.ts';
import { expectHarm, startServer } from './harm.ts';
import { ask, askMany, askUnread } from './peers/site.ts';

const serve = (site: string) =>
  startServer({ settings: { site: pathToFileURL(`${site}/`).href, obeyPermissions: true } });

const CUT_OFF = { status: undefined };

test('dist/ missing: the pages say how to build it, the sockets are served', async () => {
  const server = await serve('/nowhere/at/all');
  await expectHarm(server, { peakMegabytes: 48, lines: 0 }, async () => {
    for (let i = 0; i < 100; i++) {
      expect(await ask(server.port)).toEqual({ status: '404', text: expect.stringContaining('npm run build') });
    }
    expect(await ask(server.port, '/healthz')).toMatchObject({ status: '200' });
  });
});

test('dist/ unreadable: the pages say so, the sockets are served', async () => {
  const site = builtSite();
  chmodSync(site, 0);
  const server = await serve(site);
  await expectHarm(server, { peakMegabytes: 48, lines: 0 }, async () => {
    expect(await ask(server.port)).toEqual({ status: '500', text: expect.stringContaining('(EACCES)') });
    expect(await ask(server.port, '/healthz')).toMatchObject({ status: '200' });
  });
  chmodSync(site, 0o755);
});

test('a file of dist/ unreadable, and then all of it gone while it is served: that ends a response at most', async () => {
  const site = builtSite();
  chmodSync(join(site, 'long.js'), 0);
  const server = await serve(site);
  await expectHarm(server, { peakMegabytes: 48, lines: 0 }, async () => {
    expect(await ask(server.port)).toEqual({ status: '200', text: '<h1>home</h1>' });
    expect(await ask(server.port, '/long.js')).toMatchObject(CUT_OFF);
    rmSync(site, { recursive: true });
    // The first may find out that the files are gone, when its answer has begun.
    await ask(server.port);
    for (let i = 0; i < 100; i++) {
      expect(await ask(server.port)).toEqual({ status: '404', text: expect.stringContaining('npm run build') });
    }
  });
});

test('100,000 files asked for at once on one connection, and never read: the server stops reading', async () => {
  const server = await serve(builtSite());
  await expectHarm(server, { peakMegabytes: 64, lines: 0, worstLatencyMs: 1500 }, async () => {
    const hangUp = await askUnread(server.port, 'GET /long.js', 100_000);
    // While that waits, others are served.
    for (let i = 0; i < 100; i++) expect(await ask(server.port)).toMatchObject({ status: '200' });
    hangUp();
  });
});

/** What is asked for, and what is answered how often. */
const REQUESTS = {
  'a page': ['GET /', 200, 5001],
  'the health': ['GET /healthz', 200, 5001],
  'a page that is missing': ['GET /nowhere', 404, 5000],
  'a method that no file takes': ['DELETE /', 405, 5000],
  // A refusal ends the connection.
  'a WebSocket’s path, with no upgrade': ['GET /echo', 426, 1],
} as const;

test.each(Object.entries(REQUESTS))(
  '50,000 requests at once for %s: unread, they are not all read; read, all are answered',
  async (_, [request, status, times]) => {
    const server = await serve(builtSite());
    await expectHarm(server, { peakMegabytes: 96, lines: 21, worstLatencyMs: 1200 }, async () => {
      const hangUp = await askUnread(server.port, request, 50_000);
      for (let i = 0; i < 10; i++) expect(await ask(server.port)).toMatchObject({ status: '200' });
      hangUp();
      expect(await askMany(server.port, request, 5000, status)).toBe(times);
    });
  },
);
