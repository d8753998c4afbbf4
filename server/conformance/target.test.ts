import { describe, expect, test } from 'vitest';
import { parseServerUrl } from './target.ts';

describe('parseServerUrl', () => {
  test.each([
    [
      'ws://localhost:9001/echo?a=1',
      { hostname: 'localhost', port: 9001, host: 'localhost:9001', target: '/echo?a=1' },
    ],
    ['ws://127.0.0.1', { hostname: '127.0.0.1', port: 80, host: '127.0.0.1', target: '/' }],
    ['ws://[::1]:8080/', { hostname: '::1', port: 8080, host: '[::1]:8080', target: '/' }],
    ['localhost:9601', { url: 'ws://localhost:9601', hostname: 'localhost', port: 9601, target: '/' }],
    ['[::1]:9601/echo', { url: 'ws://[::1]:9601/echo', hostname: '::1', port: 9601 }],
    ['http://127.9.9.9:8080/echo', { hostname: '127.9.9.9', port: 8080, target: '/echo' }],
  ])('reads %s', (address, expected) => {
    expect(parseServerUrl(address)).toMatchObject(expected);
  });

  test.each([
    ['ws://10.0.0.1/', 'is not this machine'],
    ['ws://0.0.0.0/', 'is not this machine'],
    ['ws://[::]/', 'is not this machine'],
    ['ws://[::ffff:7f00:1]/', 'is not this machine'],
    ['wss://localhost/', 'uses TLS'],
    ['ftp://localhost/', 'does not start with ws://'],
    ['my server', 'is not an address'],
    ['', 'is not an address'],
  ])('refuses %s', (address, reason) => {
    expect(() => parseServerUrl(address)).toThrow(reason);
  });

  test('accepts another machine if that is allowed', () => {
    expect(parseServerUrl('ws://10.0.0.1/', { allowRemote: true }).hostname).toBe('10.0.0.1');
  });

  test('accepts a name, and remembers whether it may resolve to another machine', () => {
    expect(parseServerUrl('ws://example.com/')).toMatchObject({ hostname: 'example.com', allowRemote: false });
    expect(parseServerUrl('ws://example.com/', { allowRemote: true }).allowRemote).toBe(true);
  });
});
