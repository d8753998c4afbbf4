import { expect, test } from 'vitest';
import type { Header } from '../../protocol/handshake/head.ts';
import { foreseeRefusal } from './foresee-refusal.ts';

const ASKS: readonly Header[] = [
  { name: 'Upgrade', value: 'websocket' },
  { name: 'Connection', value: 'Upgrade' },
];

function statusOf(target: string, origin?: string, method = 'GET', headers = ASKS) {
  const origins = origin === undefined ? [] : [{ name: 'Origin', value: origin }];
  const host = { name: 'Host', value: 'pages.example:8080' };
  return foreseeRefusal({ method, target, httpVersion: '1.1', headers: [host, ...headers, ...origins] })?.httpStatus;
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
  ['/tap', undefined, undefined],
  ['/tap', 'http://pages.example:8080', undefined],
  ['/tap', 'https://PAGES.example:8080', undefined],
  ['/tap', 'http://pages.example', 403],
  ['/tap', 'http://pages.example:80', 403],
  ['/tap', 'http://localhost:8080', 403],
  ['/tap', 'http://127.0.0.1:8080', 403],
  ['/tap?watch=abcdefghijklmnop', 'http://[::1]:8080', 403],
  ['/nowhere', 'https://elsewhere.example', 404],
  ['/', undefined, 404],
  ['no-path', undefined, undefined],
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
  const headers = [...ASKS, { name: 'Host', value }, { name: 'Origin', value: origin }];
  expect(foreseeRefusal({ method: 'GET', target: '/tap', httpVersion: '1.1', headers })?.httpStatus).toBe(httpStatus);
});

test('outside the paths of WebSockets, only a request for one is told that there is none', () => {
  expect(statusOf('/nowhere', undefined, 'POST')).toBe(404);
  expect(statusOf('/nowhere', undefined, 'POST', [])).toBe(405);
  expect(statusOf('/nowhere', undefined, 'GET', [])).toBe(404);
});
