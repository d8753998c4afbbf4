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
  ['/nowhere', 'https://elsewhere.example', 404],
  ['/', undefined, 404],
  ['no-path', undefined, undefined],
])('%s from %s: %s', (target, origin, httpStatus) => {
  expect(statusOf(target, origin)).toBe(httpStatus);
});

test('outside the paths of WebSockets, only a request for one is told that there is none', () => {
  expect(statusOf('/nowhere', undefined, 'POST')).toBe(404);
  expect(statusOf('/nowhere', undefined, 'POST', [])).toBe(405);
  expect(statusOf('/nowhere', undefined, 'GET', [])).toBe(404);
});
