import { expect, test } from 'vitest';
import { hashOfToken, tokenOfHash, watchedAddress } from './address.ts';
import { snippetsFor } from './snippets.ts';

test.each([
  ['#watch=abcdefghijklmnop', 'abcdefghijklmnop'],
  ['#watch', undefined],
  ['', undefined],
  ['#watch=short', undefined],
  ['#watch=%22%3E%3Cscript%3Ealert(1)', undefined],
  [`#watch=${'a'.repeat(65)}`, undefined],
])('%j names the token %j', (hash, token) => {
  expect(tokenOfHash(hash)).toBe(token);
});

test('what is written is read back, and a client finds the way', () => {
  expect(tokenOfHash(hashOfToken('a_b-c_d-e_f-g_h-'))).toBe('a_b-c_d-e_f-g_h-');
  expect(watchedAddress({ protocol: 'https:', host: 'example.com' }, 'x'.repeat(16))).toBe(
    `wss://example.com/echo?watch=${'x'.repeat(16)}`,
  );
});

test('each snippet has the address filled in, once', () => {
  const address = 'ws://localhost:8080/echo?watch=abcdefghijklmnop';
  const snippets = snippetsFor(address);
  expect(snippets.map(({ id }) => id)).toEqual(['browser', 'node', 'python', 'wscat', 'websocat', 'go']);
  for (const { code, id } of snippets) expect(code.split(`"${address}"`), id).toHaveLength(2);
});
