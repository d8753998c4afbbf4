import { describe, expect, test } from 'vitest';
import { createRequest } from '../../protocol/handshake/request/request.ts';
import { admit, type Reach } from './admit.ts';
import { servedPaths } from './paths.ts';
import { upgradeRequestOf } from './upgrade-request.ts';

const LOOPBACK = { host: '127.0.0.1', loopbackOnly: true };
const OPEN = { host: '192.168.1.5', loopbackOnly: false };
const EVERYWHERE = { host: '0.0.0.0', loopbackOnly: false };
const TOKEN = 'abcdefghijklmnop';

/** @returns the rule that refuses a tap; undefined if it is opened */
function refusalOf(host: string, token: string | undefined, reach: Reach): string | undefined {
  const target = token === undefined ? '/tap' : `/tap?watch=${token}`;
  const request = upgradeRequestOf(createRequest({ host, target, key: 'dGhlIHNhbXBsZSBub25jZQ==' }));
  const policy = { routes: servedPaths(true), allowedOrigins: [], taps: true, listening: () => reach };
  const admitted = admit(request, policy);
  return 'refused' in admitted ? admitted.refused.rule : undefined;
}

describe('a tap is opened', () => {
  test.each([
    ['localhost:8080', TOKEN, LOOPBACK],
    ['LOCALHOST', undefined, LOOPBACK],
    ['127.0.0.1:8080', undefined, LOOPBACK],
    ['[::1]:8080', undefined, LOOPBACK],
    ['localhost:9000', undefined, LOOPBACK],
    ['192.168.1.5:8080', TOKEN, OPEN],
    ['localhost:8080', TOKEN, EVERYWHERE],
  ])('to Host %s with token %s', (host, token, listening) => {
    expect(refusalOf(host, token, listening)).toBeUndefined();
  });
});

describe('a tap is refused', () => {
  test.each([
    ['evil.example', TOKEN, LOOPBACK, 'other-name'],
    ['localhost.evil.example:8080', TOKEN, LOOPBACK, 'other-name'],
    ['192.168.1.5', TOKEN, LOOPBACK, 'other-name'],
    ['', TOKEN, LOOPBACK, 'other-name'],
    ['192.168.1.5', undefined, OPEN, 'tap-without-token'],
    ['localhost', undefined, OPEN, 'tap-without-token'],
    ['localhost', undefined, EVERYWHERE, 'tap-without-token'],
  ])('to Host %s with token %s', (host, token, listening, rule) => {
    expect(refusalOf(host, token, listening)).toBe(rule);
  });
});
