import { sha1 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { formatHex } from '../../bytes/hex.ts';
import { decodeLatin1 } from '../../text/latin1.ts';
import { encodeText } from '../../text/utf8.ts';
import { md5 } from './md5.ts';
import { join, type Step } from './step.ts';

/** How the text is hashed. RFC 6455 §4.2.2, item 5.4. */
export const HASH_STEP: Step = {
  makes: 'digest',
  subject: 'In the hash there',
  unit: 'byte',
  right: ({ hashed }) => sha1(hashed),
  wrong: [
    {
      name: 'sha-256',
      title: 'SHA-256 was used in place of SHA-1',
      done: 'SHA-256 is what one takes today; this protocol asks for SHA-1, and its strength does not matter here.',
      mend: 'Hash with SHA-1: 20 bytes.',
      make: ({ hashed }) => sha256(hashed),
    },
    {
      name: 'md5',
      title: 'MD5 was used in place of SHA-1',
      done: 'MD5 belongs to a draft of 2010, hixie-76, which had another computation.',
      mend: 'Hash with SHA-1: 20 bytes.',
      make: ({ hashed }) => md5(hashed),
    },
    {
      name: 'not-hashed',
      title: 'The text was not hashed at all',
      done: 'Key and GUID were encoded in base64 as they stand.',
      mend: 'Hash the text with SHA-1, and encode the hash.',
      make: ({ hashed }) => hashed,
    },
    {
      name: 'hashed-twice',
      title: 'The hash was hashed once more',
      done: 'SHA-1 was applied to the 20 bytes of the first SHA-1.',
      mend: 'Hash once.',
      make: ({ hashed }) => sha1(sha1(hashed)),
    },
  ],
};

/** The hash on its way into base64: it goes as it is, 20 raw bytes. */
export const DIGEST_STEP: Step = {
  makes: 'encoded',
  subject: 'In what was encoded there',
  unit: 'byte',
  right: ({ digest }) => digest,
  wrong: [
    {
      name: 'hex-digest',
      title: 'The hexadecimal digits of the hash were encoded, not its bytes',
      done: 'The hash function gave its result as text, and that text went into base64.',
      mend: 'Ask for the raw digest: digest() in Python, binary output in PHP and openssl.',
      make: ({ digest }) => join(formatHex(digest)),
    },
    {
      name: 'hex-digest-in-upper-case',
      title: 'The hexadecimal digits of the hash, in upper case, were encoded, not its bytes',
      done: 'The hash function gave its result as text, and that text went into base64.',
      mend: 'Ask for the raw digest of 20 bytes.',
      make: ({ digest }) => join(formatHex(digest).toUpperCase()),
    },
    {
      name: 'words-in-wrong-order',
      title: 'The words of the hash were written with their low byte first',
      done: 'The five 32-bit words of SHA-1 were copied from the memory of a little-endian machine.',
      mend: 'Write each word with its high byte first (htonl).',
      make: ({ digest }) => digest.map((_, i) => digest[i - (i % 4) + 3 - (i % 4)] ?? 0),
    },
    {
      name: 'digest-cut-at-zero',
      title: 'The hash was cut at its first zero byte',
      done: 'It was handled as a C string, which ends at its first zero byte. A hash that begins with one leaves nothing.',
      mend: 'Pass the length, 20, along with the pointer.',
      make: ({ digest }) => (digest.includes(0) ? digest.slice(0, digest.indexOf(0)) : digest),
    },
    {
      name: 'digest-as-latin-1-text',
      title: 'The hash was made a text, and the text encoded in UTF-8',
      done: 'Each byte became a character; from 80 on, a character takes two bytes in UTF-8.',
      mend: 'Keep the hash as bytes all the way into base64.',
      make: ({ digest }) => encodeText(decodeLatin1(digest)),
    },
    {
      name: 'digest-read-as-utf-8',
      title: 'The hash was read as UTF-8, and what is none was replaced',
      done: 'A hash is no text: reading it as one puts U+FFFD, ef bf bd, where bytes do not fit.',
      mend: 'Keep the hash as bytes all the way into base64.',
      make: ({ digest }) => encodeText(new TextDecoder().decode(digest)),
    },
  ],
};
