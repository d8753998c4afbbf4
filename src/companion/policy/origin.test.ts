import { describe, expect, test } from 'vitest';
import { isOwnOrigin, isSerializedOrigin, isWelcomeOrigin } from './origin.ts';

const HOST = '192.168.1.5:8080';
const ALLOWED = ['https://example.org', 'chrome-extension://abc'];

describe('an origin is welcome', () => {
  test.each([
    undefined,
    'http://localhost',
    'http://localhost:3000',
    'https://localhost:8443',
    'http://LOCALHOST',
    'http://127.0.0.1:8080',
    'http://127.0.0.2',
    'http://[::1]:8080',
    'http://192.168.1.5',
    'http://192.168.1.5:3000',
    'https://example.org',
    'chrome-extension://abc',
  ])('%s', (origin) => expect(isWelcomeOrigin(origin, HOST, ALLOWED)).toBe(true));
});

describe('an origin is foreign', () => {
  test.each([
    '',
    'null',
    'file://',
    'http://',
    'http://example.com',
    'http://localhost.evil.com',
    'http://evil-localhost',
    'http://localhost@evil.com',
    'http://evil.com#localhost',
    'http://evil.com/localhost',
    'http://evil.com\\localhost',
    'http://evil.com?localhost',
    'http://127.0.0.1.evil.com',
    'http://1270.0.0.1',
    'http://[::2]',
    'http://192.168.1.50:8080',
    'ws://localhost',
    'localhost',
    'http://localhost:port',
    'https://example.org.evil.com',
    'http://example.org',
    'https://example.org:444',
    'https://example.org/',
    'chrome-extension://abcd',
  ])('%s', (origin) => expect(isWelcomeOrigin(origin, HOST, ALLOWED)).toBe(false));
});

describe('a page is the server’s own', () => {
  test.each([
    [undefined, 'localhost:8080'],
    ['http://localhost:8080', 'localhost:8080'],
    ['http://localhost:8080', 'LOCALHOST:8080'],
    ['http://127.0.0.1:8080', '127.0.0.1:8080'],
    ['http://[::1]:8080', '[::1]:8080'],
    ['http://[fe80::a]:8080', '[FE80::A]:8080'],
    ['http://localhost', 'localhost'],
    ['http://localhost', 'localhost:80'],
    ['https://localhost', 'localhost:443'],
    ['https://desk.lan:8443', 'desk.lan:8443'],
    ['http://192.168.1.5:8080', HOST],
    ['https://example.org', HOST],
  ])('%s at %s', (origin, host) => expect(isOwnOrigin(origin, host, ALLOWED)).toBe(true));
});

describe('a page is another program’s', () => {
  test.each([
    ['http://localhost:3000', 'localhost:8080'],
    ['http://localhost', 'localhost:8080'],
    ['http://localhost:8080', '127.0.0.1:8080'],
    ['http://127.0.0.1:8080', 'localhost:8080'],
    ['http://127.0.0.2:8080', '127.0.0.1:8080'],
    ['http://[::1]:8080', '127.0.0.1:8080'],
    ['http://127.0.0.1:8080', HOST],
    ['https://localhost', 'localhost'],
    ['http://192.168.1.5:3000', HOST],
    ['http://example.com:8080', 'localhost:8080'],
    ['http://localhost:8080', ''],
    ['http://localhost:8080', 'no host'],
    ['null', 'localhost:8080'],
  ])('%s at %s', (origin, host) => expect(isOwnOrigin(origin, host, ALLOWED)).toBe(false));
});

test('without a Host header no name is its own', () => {
  expect(isWelcomeOrigin('http://example.com', '', [])).toBe(false);
});

describe('an origin as browsers write it', () => {
  test.each(['https://example.org', 'http://[::1]:3000', 'chrome-extension://abc', 'null'])('is %s', (text) => {
    expect(isSerializedOrigin(text)).toBe(true);
  });

  test.each(['', '*', 'example.org', 'https://example.org/', 'https://example.org:443', 'https://u@example.org'])(
    'is not %j',
    (text) => {
      expect(isSerializedOrigin(text)).toBe(false);
    },
  );
});
