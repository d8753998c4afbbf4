import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startCompanion } from './testing/companion.ts';

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
  test('its pages are asked for again, and may not be framed, sniffed or told of', async () => {
    const { url } = await startCompanion({ site: builtSite() });
    for (const path of ['/', '/chapters', '/chapters/', '/?q=1']) {
      const response = await fetch(url + path);
      expect(response.status).toBe(200);
      const headers = Object.fromEntries(response.headers);
      expect(headers).toMatchObject({
        'cache-control': 'no-cache',
        'content-security-policy': "frame-ancestors 'none'",
        'content-type': 'text/html;charset=utf-8',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
      });
      const again = await fetch(url + path, { headers: { 'If-None-Match': headers['etag'] ?? '' } });
      expect(again.status).toBe(304);
    }
  });

  test('a file with a hash in its name is kept for ever', async () => {
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

  test('a range that cannot be is answered with the whole', async () => {
    const { url } = await startCompanion({ site: builtSite() });
    for (const range of ['bytes=5-2', 'bytes=-', 'lines=1-2', 'bytes=999-']) {
      const response = await fetch(url, { headers: { Range: range } });
      expect(await response.text()).toBe('<h1>home</h1>');
    }
  });

  test('a file that is gone ends its response, not the server', async () => {
    const site = builtSite();
    const { url } = await startCompanion({ site });
    rmSync(new URL('index.html', site));
    await expect(fetch(url).then((response) => response.text())).rejects.toThrow();
    expect((await fetch(`${url}/chapters`)).status).toBe(200);
  });

  test('that is not built yet says how to build it', async () => {
    const { url } = await startCompanion({ site: new URL('file:///nowhere/at/all/') });
    const response = await fetch(url);
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('npm run build');
  });
});
