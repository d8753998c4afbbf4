import { expect, test } from 'vitest';
import type { Header } from '../../protocol/handshake/head/head.ts';
import { createRequest } from '../../protocol/handshake/request/request.ts';
import { companionAt, foreseeRefusal } from './foresee.ts';

const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';

/** The status that a page at pages.example:8080 predicts for a request there; undefined for 101. */
function statusOf(target: string, origin?: string, host = 'pages.example:8080') {
  const head = createRequest({ target, host, key: KEY, ...(origin !== undefined && { origin }) });
  return foreseeRefusal(head, companionAt('pages.example:8080'))?.httpStatus;
}

test.each([
  ['/echo', undefined, undefined],
  ['/echo?room=1', 'http://localhost:1', undefined],
  ['/echo', 'http://127.0.0.1', undefined],
  ['/echo', 'http://[::1]:8080', undefined],
  ['/echo', 'https://PAGES.example', undefined],
  ['/echo', 'https://elsewhere.example', 403],
  ['/echo', 'https://localhost.elsewhere.example', 403],
  ['/echo', 'https://localhost@elsewhere.example', 403],
  ['/echo', 'null', 403],
  ['/tap', undefined, 403],
  ['/tap?watch=abcdefghijklmnop', undefined, undefined],
  ['/tap?watch=abcdefghijklmnop', 'http://pages.example:8080', undefined],
  ['/tap?watch=abcdefghijklmnop', 'https://PAGES.example:8080', undefined],
  ['/tap', 'http://pages.example', 403],
  ['/tap', 'http://pages.example:80', 403],
  ['/tap', 'http://localhost:8080', 403],
  ['/tap', 'http://127.0.0.1:8080', 403],
  ['/tap?watch=abcdefghijklmnop', 'http://[::1]:8080', 403],
  ['/nowhere', 'https://elsewhere.example', 404],
  ['/', undefined, 404],
  ['no-path', undefined, 400],
])('%s from %s: %s', (target, origin, httpStatus) => {
  expect(statusOf(target, origin)).toBe(httpStatus);
});

test.each([
  ['localhost', 'http://localhost', undefined],
  ['localhost:80', 'http://localhost', undefined],
  ['localhost:443', 'https://localhost', undefined],
  ['localhost', 'https://localhost', 403],
  ['', 'http://localhost', 403],
])('the tap at %j from %s: %s', (value, origin, httpStatus) => {
  const head = createRequest({ target: '/tap', host: value, key: KEY, origin });
  const refused = foreseeRefusal(head, companionAt('localhost:8080'));
  expect(refused?.httpStatus).toBe(httpStatus);
});

test('outside the paths of WebSockets, only a request for a WebSocket hears that there is none', () => {
  const answerTo = (
    method: string,
    asks: boolean,
    host: readonly Header[] = [{ name: 'Host', value: 'localhost' }],
  ) => {
    const upgrade = [
      { name: 'Upgrade', value: 'websocket' },
      { name: 'Connection', value: 'Upgrade' },
    ];
    const head = { method, target: '/nowhere', httpVersion: '1.1', headers: [...host, ...(asks ? upgrade : [])] };
    return foreseeRefusal(head, companionAt('localhost'))?.rule;
  };
  expect(answerTo('POST', true)).toBe('no-such-path');
  expect(answerTo('POST', false)).toBe('site-is-read-with-get');
  expect(answerTo('GET', false)).toBe('no-such-page');
  expect(answerTo('GET', false, [])).toBe('missing-host');
});
