import { describe, expect, test } from 'vitest';
import { isSerializedOrigin, isWelcomeOrigin } from './origin.ts';

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
