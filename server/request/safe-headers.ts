import type { ServerResponse } from 'node:http';
import type { Header } from '../../src/protocol/index.ts';

/**
 * The headers of every HTTP answer, errors too. The policy of a page is in the page itself, with the hashes of its
 * scripts and styles. `frame-ancestors` works only in a header, and the others protect answers that are not pages.
 */
export const SAFE_HEADERS: readonly Header[] = [
  {
    name: 'Content-Security-Policy',
    value: "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'",
  },
  { name: 'X-Content-Type-Options', value: 'nosniff' },
  { name: 'Referrer-Policy', value: 'no-referrer' },
];

/** For an answer that is only valid now. */
export const NO_STORE: Header = { name: 'Cache-Control', value: 'no-store' };

export function setSafeHeaders(response: ServerResponse): void {
  for (const { name, value } of SAFE_HEADERS) response.setHeader(name, value);
}
