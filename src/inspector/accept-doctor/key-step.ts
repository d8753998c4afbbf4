import { decodeLatin1 } from '../../text/latin1.ts';
import { join, type Making, type Step, type WrongWay } from './step.ts';

/** White space that stays with the key when the header's line is cut out carelessly. */
const LEFTOVERS: readonly (readonly [name: string, before: string, after: string, what: string])[] = [
  ['key-with-cr', '', '\r', 'A carriage return was kept behind the key'],
  ['key-with-lf', '', '\n', 'A line feed was kept behind the key'],
  ['key-with-crlf', '', '\r\n', 'The end of the line, CR LF, was kept behind the key'],
  ['key-with-space-before', ' ', '', 'The space after the colon was kept in front of the key'],
  ['key-with-space-after', '', ' ', 'A space was hashed between the key and the GUID'],
  ['key-with-tab', '', '\t', 'A tab was kept behind the key'],
  ['key-with-tab-before', '\t', '', 'A tab was kept in front of the key'],
  ['key-with-space-and-cr', ' ', '\r', 'The space in front of the key and the CR behind it were kept'],
  ['key-with-space-and-crlf', ' ', '\r\n', 'The space in front of the key and the CR LF behind it were kept'],
];

const leftovers: WrongWay[] = LEFTOVERS.map(([name, before, after, title]) => ({
  name,
  title,
  done: 'The header line was cut out, and what is around the value was hashed with it.',
  mend: 'Drop spaces, tabs and the line’s end around the value before you append the GUID.',
  make: ({ key }) => join(before, key, after),
}));

/** What is taken for the key. RFC 6455 §4.2.2, item 5.4. */
export const KEY_STEP: Step = {
  makes: 'key',
  subject: 'Where the key stands in the hashed text, there',
  unit: 'byte',
  right: ({ key }) => key,
  wrong: [
    {
      name: 'key-decoded',
      title: 'The key was decoded before it was hashed',
      done: 'The key looks like base64, so it was turned back into its 16 bytes, and these were hashed.',
      mend: 'Hash the characters of the key as they came; nobody decodes them.',
      make: ({ key }) => decodeKey(key),
    },
    {
      name: 'key-without-padding',
      title: 'The == at the end of the key was stripped',
      done: 'The padding was taken for decoration, or a parser cut the value at its first =.',
      mend: 'Hash the key with its ==, which is part of the text.',
      make: ({ key }) => join(decodeLatin1(key).replace(/=+$/, '')),
    },
    ...leftovers,
    {
      name: 'key-in-lower-case',
      title: 'The key was put into lower case',
      done: 'Names of headers have no case, and the whole line was made lower case to compare them.',
      mend: 'Make only the header’s name lower case; the value is data.',
      make: ({ key }) => join(decodeLatin1(key).toLowerCase()),
    },
    {
      name: 'key-in-quotes',
      title: 'Quotation marks were hashed with the key',
      done: 'The key was formatted as a string literal or as JSON, and its quotation marks stayed.',
      mend: 'Hash the value alone, without quotation marks.',
      make: ({ key }) => join('"', key, '"'),
    },
    {
      name: 'key-with-header-name',
      title: 'The whole header line was hashed, not its value',
      done: 'The name of the header and the colon went into the hash with the key.',
      mend: 'Cut the line at its first colon and hash only what follows, without white space.',
      make: ({ key }) => join('Sec-WebSocket-Key: ', key),
    },
    {
      name: 'key-with-nul',
      title: 'A NUL byte was hashed between the key and the GUID',
      done: 'In C the length of a string literal or of a buffer counts the byte 0 that ends it.',
      mend: 'Take the length with strlen, not with sizeof.',
      make: ({ key }) => join(key, '\0'),
    },
  ],
};

/** The key's 16 bytes; the key as it is where it is no base64. */
function decodeKey(key: Making['key']): Uint8Array {
  try {
    return Uint8Array.from(atob(decodeLatin1(key)), (character) => character.charCodeAt(0));
  } catch {
    return key;
  }
}
