import type { ServerResponse } from 'node:http';
import type { Header } from '../../src/protocol/handshake/head/head.ts';

/**
 * What every answer over HTTP says, errors too. A page's own policy stands in the page, with the hashes of its scripts
 * and styles; `frame-ancestors` holds in a header only, and the others here hold for what is no page as well.
 */
export const SAFE_HEADERS: readonly Header[] = [
  {
    name: 'Content-Security-Policy',
    value: "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'",
  },
  { name: 'X-Content-Type-Options', value: 'nosniff' },
  { name: 'Referrer-Policy', value: 'no-referrer' },
];

/** For an answer that says how things are now. */
export const NO_STORE: Header = { name: 'Cache-Control', value: 'no-store' };

export function setSafeHeaders(response: ServerResponse): void {
  for (const { name, value } of SAFE_HEADERS) response.setHeader(name, value);
}
