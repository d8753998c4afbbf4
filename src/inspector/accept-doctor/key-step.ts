import { decodeLatin1 } from '../../text/latin1.ts';
import { type Computation, join, type Step, type WrongWay } from './step.ts';

/** White space that stays with the key if the header line is parsed carelessly. */
const LEFTOVERS: readonly (readonly [name: string, before: string, after: string, what: string])[] = [
  ['key-with-cr', '', '\r', 'A carriage return was kept after the key'],
  ['key-with-lf', '', '\n', 'A line feed was kept after the key'],
  ['key-with-crlf', '', '\r\n', 'The line end, CR LF, was kept after the key'],
  ['key-with-space-before', ' ', '', 'The space after the colon was kept before the key'],
  ['key-with-space-after', '', ' ', 'A space was hashed between the key and the GUID'],
  ['key-with-tab', '', '\t', 'A tab was kept after the key'],
  ['key-with-tab-before', '\t', '', 'A tab was kept before the key'],
  ['key-with-space-and-cr', ' ', '\r', 'The space before the key and the CR after it were kept'],
  ['key-with-space-and-crlf', ' ', '\r\n', 'The space before the key and the CR LF after it were kept'],
];

const leftovers: WrongWay[] = LEFTOVERS.map(([name, before, after, title]) => ({
  name,
  title,
  cause: 'The server hashed the value with the white space around it.',
  fix: 'Remove spaces, tabs and the line end around the value before you append the GUID.',
  make: ({ key }) => join(before, key, after),
}));

/** Takes the key from the request. RFC 6455 §4.2.2, item 5.4. */
export const KEY_STEP: Step = {
  makes: 'key',
  subject: 'In the key part of the hashed text, there',
  unit: 'byte',
  right: ({ key }) => key,
  wrong: [
    {
      name: 'key-decoded',
      title: 'The key was decoded before it was hashed',
      cause: 'The key looks like base64, so the server decoded it and hashed the 16 bytes.',
      fix: 'Hash the characters of the key as they arrived. Do not decode them.',
      make: ({ key }) => decodeKey(key),
    },
    {
      name: 'key-without-padding',
      title: 'The == at the end of the key was stripped',
      cause: 'Something removed the padding, or a parser cut the value at its first =.',
      fix: 'Hash the key with its ==. They are part of the text.',
      make: ({ key }) => join(decodeLatin1(key).replace(/=+$/, '')),
    },
    ...leftovers,
    {
      name: 'key-in-lower-case',
      title: 'The key was changed to lower case',
      cause:
        'The case of header names does not matter, so the server changed the whole line to lower case to compare it.',
      fix: 'Change only the name to lower case, never the value.',
      make: ({ key }) => join(decodeLatin1(key).toLowerCase()),
    },
    {
      name: 'key-in-quotes',
      title: 'Quotation marks were hashed with the key',
      cause: 'The key was printed as a string literal or as JSON, with its quotation marks.',
      fix: 'Hash only the value, without quotation marks.',
      make: ({ key }) => join('"', key, '"'),
    },
    {
      name: 'key-with-header-name',
      title: 'The whole header line was hashed, not only its value',
      cause: 'The server hashed the name of the header and the colon with the key.',
      fix: 'Cut the line at its first colon, and hash only the value after it, without white space.',
      make: ({ key }) => join('Sec-WebSocket-Key: ', key),
    },
    {
      name: 'key-with-nul',
      title: 'A NUL byte was hashed between the key and the GUID',
      cause: 'In C, the size of a string literal or a buffer includes the zero byte at its end.',
      fix: 'Use strlen for the length, not sizeof.',
      make: ({ key }) => join(key, '\0'),
    },
  ],
};

/** The 16 bytes of the key, or the key itself if it is not base64. */
function decodeKey(key: Computation['key']): Uint8Array {
  try {
    return Uint8Array.from(atob(decodeLatin1(key)), (character) => character.charCodeAt(0));
  } catch {
    return key;
  }
}
