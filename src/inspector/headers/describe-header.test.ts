import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { citeSection } from '../../protocol/rule.ts';
import { BROWSER_HEADERS } from './browser-headers.ts';
import { describeHeader } from './describe-header.ts';
import { HANDSHAKE_HEADERS } from './handshake-headers.ts';
import { SERVER_HEADERS } from './server-headers.ts';

const KNOWN = [...HANDSHAKE_HEADERS, ...BROWSER_HEADERS, ...SERVER_HEADERS];

test.each(KNOWN)('$name has one sentence and a section that can be cited, whatever its value', ({ name }) => {
  fc.assert(
    fc.property(fc.string(), (value) => {
      const { sentence, section } = describeHeader(name, value);
      expect(sentence).toMatch(/^[A-Z].*\.$/);
      if (section !== undefined) expect(citeSection(section)).toMatch(/^RFC \d{4} §\d+(\.\d+)*$/);
    }),
    { numRuns: 30 },
  );
});

test('a header of both heads cites the client’s duty in a request, and the server’s in a response', () => {
  expect(describeHeader('Upgrade', 'websocket').section).toBe('4.1');
  expect(describeHeader('Upgrade', 'websocket', 'response').section).toBe('4.2.2');
  expect(describeHeader('constructor', '', 'response').section).toBeUndefined();
});

test('no header is described twice', () => {
  expect(new Set(KNOWN.map(({ name }) => name.toLowerCase())).size).toBe(KNOWN.length);
});

test('the case of a name does not matter', () => {
  expect(describeHeader('sec-websocket-KEY', 'x')).toEqual(describeHeader('Sec-WebSocket-Key', 'x'));
});

describe('the sentence describes this very value', () => {
  test.each([
    ['Host', 'localhost:8080', '"localhost", port 8080'],
    ['Host', 'example.com', '"example.com", on the usual port'],
    ['Host', '[::1]:8080', '"[::1]", port 8080'],
    ['Upgrade', 'WebSocket', 'ask for WebSocket'],
    ['Upgrade', 'h2c', '"h2c"'],
    ['Connection', 'keep-alive, Upgrade', 'Marks Upgrade'],
    ['Connection', 'keep-alive', '"keep-alive"'],
    ['Sec-WebSocket-Key', 'dGhlIHNhbXBsZSBub25jZQ==', 's3pPLMBiTxaQ9kYGzzhZRbK+xOo='],
    ['Sec-WebSocket-Key', 'dGhlIHNhbX-sZSBub25jZQ==', 'Character 11'],
    ['Sec-WebSocket-Version', '13', 'that of RFC 6455'],
    ['Sec-WebSocket-Version', '8', '"8"'],
    ['Sec-WebSocket-Accept', 'abc', '"abc"'],
    ['Sec-WebSocket-Protocol', 'a, b', '2 subprotocols'],
    ['Sec-WebSocket-Protocol', 'a', 'the server chose it'],
    ['Sec-WebSocket-Extensions', 'permessage-deflate; client_max_window_bits', '"permessage-deflate"'],
    ['Origin', 'null', 'without an address'],
    ['Origin', 'http://localhost:8080', '"http://localhost:8080"'],
    ['Cookie', 'a=b; c=d', '2 cookies'],
    ['Cookie', 'a=b', 'one cookie'],
    ['Cache-Control', 'no-cache', 'not to answer from their store'],
    ['Authorization', 'Basic c2VjcmV0', '"Basic"'],
    ['Set-Cookie', 'a=secret', '"a"'],
    ['Sec-Fetch-Storage-Access', 'none', '"none"'],
    ['Sec-WebSocket-Key1', '4 @1', 'drafts'],
    ['X-Forwarded-For', '10.0.0.1', '"10.0.0.1"'],
    ['X-Unknown', 'a', 'no meaning'],
  ])('%s: %s', (name, value, part) => {
    expect(describeHeader(name, value).sentence).toContain(part);
  });

  test('and never repeats a secret', () => {
    expect(describeHeader('Authorization', 'Basic c2VjcmV0').sentence).not.toContain('c2VjcmV0');
    expect(describeHeader('Set-Cookie', 'a=secret').sentence).not.toContain('secret');
    expect(describeHeader('Cookie', 'a=secret').sentence).not.toContain('secret');
  });
});
