import { describe, expect, test } from 'vitest';
import type { UpgradeRequest } from '../request/upgrade-request.ts';
import { admitTap } from './admission.ts';

const LOOPBACK = { host: '127.0.0.1', port: 8080, loopbackOnly: true };
const OPEN = { host: '192.168.1.5', port: 8080, loopbackOnly: false };
const EVERYWHERE = { host: '0.0.0.0', port: 8080, loopbackOnly: false };
const TOKEN = 'abcdefghijklmnop';

function asked(host: string, watchToken: string | undefined): UpgradeRequest {
  const head = { method: 'GET', target: '/tap', httpVersion: '1.1', headers: [] };
  return { head, path: '/tap', host, origin: undefined, watchToken };
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
    expect(admitTap(asked(host, token), listening)).toBeUndefined();
  });
});

describe('a tap is refused', () => {
  test.each([
    ['evil.example', TOKEN, LOOPBACK],
    ['localhost.evil.example:8080', TOKEN, LOOPBACK],
    ['192.168.1.5', TOKEN, LOOPBACK],
    ['', TOKEN, LOOPBACK],
    ['192.168.1.5', undefined, OPEN],
    ['localhost', undefined, OPEN],
    ['localhost', undefined, EVERYWHERE],
  ])('to Host %s with token %s', (host, token, listening) => {
    expect(admitTap(asked(host, token), listening)?.httpStatus).toBe(403);
  });
});
