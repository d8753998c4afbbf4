import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startCompanion } from '../testing/companion.ts';
import { RawPeer } from '../testing/raw-peer.ts';
import { OpenFiles } from './open-files.ts';
import { createStatic } from './static.ts';

/** A site of three files. */
function builtSite(): URL {
  const folder = mkdtempSync(join(tmpdir(), 'framelight-site-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, '_astro'));
  mkdirSync(join(folder, 'chapters'));
  writeFileSync(join(folder, 'index.html'), '<h1>home</h1>');
  writeFileSync(join(folder, 'chapters', 'index.html'), '<h1>chapters</h1>');
  writeFileSync(join(folder, '404.html'), '<h1>nowhere</h1>');
  writeFileSync(join(folder, '_astro', 'page.abc123.js'), 'export {};');
  return pathToFileURL(`${folder}/`);
}

describe('the site', () => {
  test('its pages are revalidated, and cannot be framed, sniffed or leaked as referrers', async () => {
    const { url } = await startCompanion({ site: builtSite() });
    for (const path of ['/', '/chapters', '/chapters/', '/?q=1']) {
      const response = await fetch(url + path);
      expect(response.status).toBe(200);
      const headers = Object.fromEntries(response.headers);
      expect(headers).toMatchObject({
        'cache-control': 'no-cache',
        'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
        'content-type': 'text/html;charset=utf-8',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
      });
      const again = await fetch(url + path, { headers: { 'If-None-Match': headers['etag'] ?? '' } });
      expect(again.status).toBe(304);
    }
  });

  test('a file with a hash in its name is cached forever', async () => {
    const { url } = await startCompanion({ site: builtSite() });
    const response = await fetch(`${url}/_astro/page.abc123.js`);
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(response.headers.get('content-type')).toMatch(/^text\/javascript/);
  });

  test('an unknown path gets the 404 page', async () => {
    const { url } = await startCompanion({ site: builtSite() });
    for (const path of ['/nowhere', '/_astro/gone.js', '/..%2f..%2fpackage.json', '/%', '/%00']) {
      const response = await fetch(url + path);
      expect(response.status).toBe(404);
      expect(response.headers.get('cache-control')).toBe('no-cache');
      expect(await response.text()).toBe('<h1>nowhere</h1>');
    }
  });

  test('is only read', async () => {
    const { url } = await startCompanion({ site: builtSite() });
    const response = await fetch(url, { method: 'POST', body: 'x' });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, HEAD');
    expect((await fetch(url, { method: 'HEAD' })).headers.get('content-length')).toBe('13');
  });

  test('an impossible range gets the whole file', async () => {
    const { url } = await startCompanion({ site: builtSite() });
    for (const range of ['bytes=5-2', 'bytes=-', 'lines=1-2', 'bytes=999-']) {
      const response = await fetch(url, { headers: { Range: range } });
      expect(await response.text()).toBe('<h1>home</h1>');
    }
  });

  test('can be read by a client that ends its side after the request, and TCP ends after the answer', async () => {
    const site = builtSite();
    const long = 8 * 1024 * 1024;
    writeFileSync(new URL('long.bin', site), new Uint8Array(long));
    const { port } = await startCompanion({ site });
    for (const [path, byteLength] of [
      ['/', 13],
      ['/long.bin', long],
      ['/nowhere', 16],
    ] as const) {
      const peer = await RawPeer.connect(port);
      peer.socket.end(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
      await peer.end();
      const head = await peer.head();
      expect(head).toMatch(/^HTTP\/1.1 (200|404) /);
      expect(peer.received.length).toBe(head.length + byteLength);
    }
  });

  test('a file whose client has left is closed', async () => {
    const site = builtSite();
    writeFileSync(new URL('long.bin', site), new Uint8Array(32 * 1024 * 1024));
    const serve = createStatic(site, new OpenFiles(10));
    const { promise: piped, resolve } = Promise.withResolvers<Readable>();
    const httpServer = createServer((request, response) => {
      response.on('pipe', resolve);
      serve(request, response);
    }).listen(0, '127.0.0.1');
    onTestFinished(() => void httpServer.close());
    await once(httpServer, 'listening');
    const peer = await RawPeer.connect((httpServer.address() as AddressInfo).port);
    peer.send('GET /long.bin HTTP/1.1\r\nHost: localhost\r\n\r\n');
    const file = await piped;
    const closed = once(file, 'close');
    peer.socket.destroy();
    await closed;
    expect(file.readableEnded).toBe(false);
  });

  test('files requested at once on one connection are opened one after another', async () => {
    const serve = createStatic(builtSite(), new OpenFiles(10));
    const events: string[] = [];
    const paths = ['/', '/chapters', '/_astro/page.abc123.js'];
    const lastRead = Promise.withResolvers<void>();
    const httpServer = createServer((request, response) => {
      response.on('pipe', (file: Readable) => {
        events.push(`opened ${request.url}`);
        file.on('end', () => {
          events.push(`read ${request.url}`);
          if (request.url === paths.at(-1)) lastRead.resolve();
        });
      });
      serve(request, response);
    }).listen(0, '127.0.0.1');
    onTestFinished(() => void httpServer.close());
    await once(httpServer, 'listening');
    const peer = await RawPeer.connect((httpServer.address() as AddressInfo).port);
    peer.send(...paths.map((path) => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`));
    // The last bytes are here before the file's end has been read.
    await lastRead.promise;
    expect(events).toEqual(paths.flatMap((path) => [`opened ${path}`, `read ${path}`]));
    peer.socket.destroy();
  });

  test('that is not a folder says so', async () => {
    const site = builtSite();
    const { url } = await startCompanion({ site: new URL('index.html', site) });
    const response = await fetch(url);
    expect(response.status).toBe(500);
    expect(await response.text()).toContain('(ENOTDIR)');
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  test('that is not built yet says how to build it', async () => {
    const { url } = await startCompanion({ site: new URL('file:///nowhere/at/all/') });
    const response = await fetch(url);
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('npm run build');
  });
});

/** The site as it is served where the clock says what it is told. */
async function serveAt(site: URL, clock: { nowMs: number }): Promise<string> {
  const httpServer = createServer(createStatic(site, new OpenFiles(10), () => clock.nowMs)).listen(0, '127.0.0.1');
  onTestFinished(() => void httpServer.close());
  await once(httpServer, 'listening');
  return `http://127.0.0.1:${(httpServer.address() as AddressInfo).port}`;
}

const textAt = async (url: string) => (await fetch(url)).text();

describe('a site that changes while it is served', () => {
  test('is served in its latest build, a second later', async () => {
    const [site, clock] = [builtSite(), { nowMs: 0 }];
    const url = await serveAt(site, clock);
    expect(await textAt(url)).toBe('<h1>home</h1>');
    writeFileSync(new URL('index.html', site), '<h1>a longer home</h1>');
    writeFileSync(new URL('_astro/page.def456.js', site), 'export {};');
    rmSync(new URL('_astro/page.abc123.js', site));
    expect((await fetch(`${url}/_astro/page.def456.js`)).status).toBe(404);
    clock.nowMs += 1000;
    expect(await textAt(url)).toBe('<h1>a longer home</h1>');
    expect((await fetch(`${url}/_astro/page.def456.js`)).status).toBe(200);
    expect((await fetch(`${url}/_astro/page.abc123.js`)).status).toBe(404);
  });

  test('is checked again when the build is complete', async () => {
    const [site, clock] = [builtSite(), { nowMs: 0 }];
    const url = await serveAt(site, clock);
    writeFileSync(new URL('.built', site), '');
    expect((await fetch(`${url}/chapters/late`)).status).toBe(404);
    writeFileSync(new URL('chapters/late.html', site), '<h1>late</h1>');
    // The system's clock may not have moved on; the length tells, too.
    writeFileSync(new URL('.built', site), 'again');
    clock.nowMs += 1000;
    expect(await textAt(`${url}/chapters/late`)).toBe('<h1>late</h1>');
  });

  test('is served once it is built', async () => {
    const [site, clock] = [builtSite(), { nowMs: 0 }];
    const url = await serveAt(new URL('later/', site), clock);
    expect((await fetch(url)).status).toBe(404);
    mkdirSync(new URL('later', site));
    writeFileSync(new URL('later/index.html', site), '<h1>home</h1>');
    clock.nowMs += 1000;
    expect(await textAt(url)).toBe('<h1>home</h1>');
  });

  test('a missing file ends its response, not the server, and the next answer knows', async () => {
    const site = builtSite();
    const url = await serveAt(site, { nowMs: 0 });
    expect((await fetch(`${url}/chapters`)).status).toBe(200);
    rmSync(new URL('index.html', site));
    await expect(textAt(url)).rejects.toThrow();
    expect(await textAt(url)).toBe('<h1>nowhere</h1>');
  });

  test.each(['', '<h1>a longer home</h1>'])(
    'a file of another length, %j, is cut off, and the next time whole',
    async (text) => {
      const site = builtSite();
      const url = await serveAt(site, { nowMs: 0 });
      expect(await textAt(url)).toBe('<h1>home</h1>');
      writeFileSync(new URL('index.html', site), text);
      await expect(textAt(url)).rejects.toThrow();
      expect(await textAt(url)).toBe(text);
    },
  );

  test('that cannot be read is tried again at once', async () => {
    const site = builtSite();
    rmSync(new URL('404.html', site));
    mkdirSync(new URL('404.html', site));
    const url = await serveAt(site, { nowMs: 0 });
    expect(await textAt(url)).toContain('(EISDIR)');
    rmSync(new URL('404.html', site), { recursive: true });
    expect(await textAt(url)).toBe('<h1>home</h1>');
  });
});
