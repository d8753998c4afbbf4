import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { startCompanion } from '../testing/companion.ts';
import { ask, expectSafe } from '../testing/http.ts';

/** What Chromium sends for a page. */
const ACCEPT = 'Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n';
const BROWSER = `Host: localhost\r\n${ACCEPT}`;
const TOKEN = 'abcdefghijklmnop';

describe.each(['/echo', '/broadcast', '/tap', '/dump'])('%s', (path) => {
  test('opened in a browser, says what it is and where to go', async () => {
    const { port } = await startCompanion();
    const answer = await ask(port, path, { lines: BROWSER });
    expect(answer.status).toBe(426);
    expect(answer.headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', upgrade: 'websocket' });
    expect(answer.headers['vary']).toBe('Accept');
    expectSafe(answer, 'no-store');
    expect(answer.body).toContain(`${path} is the address of a WebSocket`);
    expect(answer.body).toContain('href="/inspector/#watch"');
  });

  test.each(['', 'Accept: */*\r\n', 'Accept: application/json\r\n'])(
    'answers a program as before, with %j',
    async (line) => {
      const { port } = await startCompanion();
      const answer = await ask(port, path, { lines: `Host: localhost\r\n${line}` });
      expect(answer.status).toBe(426);
      expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8');
      expect(answer.body).not.toContain('<');
    },
  );
});

test('the page runs no script and loads nothing: its policy lets its own style through alone', async () => {
  const { port } = await startCompanion();
  const { body } = await ask(port, '/echo', { lines: BROWSER });
  const style = /<style>([\s\S]*?)<\/style>/.exec(body)?.[1] ?? '';
  const hash = createHash('sha256').update(style).digest('base64');
  expect(body).toContain(
    `content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'"`,
  );
  expect(body).not.toMatch(/<script|\ssrc=|\sstyle=/);
});

test('a token of the address goes on to the page that watches; anything else is not repeated', async () => {
  const { port } = await startCompanion();
  const page = async (query: string) => (await ask(port, `/echo?${query}`, { lines: BROWSER })).body;
  expect(await page(`watch=${TOKEN}`)).toContain(`href="/inspector/#watch=${TOKEN}"`);
  expect(await page('x=%22%3E%3Cscript%3E')).not.toContain('script');
});

test('what refuses for another reason stays as it was', async () => {
  const { port } = await startCompanion();
  const foreign = await ask(port, '/echo', { lines: `${BROWSER}Origin: https://example.com\r\n` });
  expect([foreign.status, foreign.headers['content-type']]).toEqual([403, 'text/plain; charset=utf-8']);
  const lab = await ask(port, '/lab/act', { lines: BROWSER });
  expect([lab.status, lab.headers['content-type']]).toEqual([426, 'text/plain; charset=utf-8']);
  const other = await ask(port, '/tap', { lines: `Host: evil.example\r\n${ACCEPT}` });
  expect([other.status, other.headers['content-type']]).toEqual([403, 'text/plain; charset=utf-8']);
});
