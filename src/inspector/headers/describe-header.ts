import { quote } from '../../protocol/handshake/head/refusal.ts';
import { trimWhiteSpace } from '../../protocol/trim-white-space.ts';
import { BROWSER_HEADERS } from './browser-headers.ts';
import { HANDSHAKE_HEADERS } from './handshake-headers.ts';
import type { HeaderDescription } from './header-description.ts';
import { SERVER_HEADERS } from './server-headers.ts';

const DESCRIPTIONS = new Map(
  [...HANDSHAKE_HEADERS, ...BROWSER_HEADERS, ...SERVER_HEADERS].map((header) => [header.name.toLowerCase(), header]),
);

/** Families of headers whose names begin alike, for names without a description of their own. */
const FAMILIES: readonly HeaderDescription[] = [
  {
    name: 'Sec-WebSocket-',
    section: '11.3',
    describe: () =>
      'Its name belongs to WebSocket, but RFC 6455 does not define it; earlier drafts had several such headers.',
  },
  {
    name: 'Sec-Fetch-',
    section: undefined,
    describe: (value) =>
      `The browser tells the server how the request came about, here ${quote(value)}; a script cannot set it.`,
  },
  {
    name: 'Sec-CH-',
    section: undefined,
    describe: (value) =>
      `A client hint: the browser describes itself, here ${quote(value)}; the handshake does not need it.`,
  },
  {
    name: 'Sec-',
    section: undefined,
    describe: () => 'The browser set it: no script can set a header whose name begins with Sec-.',
  },
  {
    name: 'Accept-',
    section: 'RFC 9110 §12.5',
    describe: (value) => `The browser says which kind of answer it prefers, here ${quote(value)}; a 101 has no body.`,
  },
  {
    name: 'X-Forwarded-',
    section: undefined,
    describe: (value) => `A proxy on the way added it to pass on what the client had sent, here ${quote(value)}.`,
  },
];

/** Headers of both heads whose response has a section of its own; the others have one section. */
const RESPONSE_SECTIONS: ReadonlyMap<string, string> = new Map([
  ['upgrade', '4.2.2'],
  ['connection', '4.2.2'],
  ['sec-websocket-protocol', '4.2.2'],
]);

/**
 * Says in one sentence who set a header of an opening handshake, why, and what its value means.
 *
 * @param value as it stands in the head; the sentence quotes it as text
 * @returns `section` as in a rule: of RFC 6455, or of another RFC written out
 */
export function describeHeader(
  name: string,
  value: string,
  head: 'request' | 'response' = 'request',
): { sentence: string; section: string | undefined } {
  const wanted = name.toLowerCase();
  const known = DESCRIPTIONS.get(wanted) ?? FAMILIES.find((family) => wanted.startsWith(family.name.toLowerCase()));
  if (known === undefined) {
    return {
      sentence: 'This header has no meaning in the opening handshake; its receiver can ignore it.',
      section: undefined,
    };
  }
  const section = (head === 'response' ? RESPONSE_SECTIONS.get(wanted) : undefined) ?? known.section;
  return { sentence: known.describe(trimWhiteSpace(value)), section };
}
