import { sha256 } from '@noble/hashes/sha2.js';
import { formatHex } from '../../bytes/hex.ts';
import { sha1 } from '../../protocol/handshake/accept/sha1.ts';
import { decodeLatin1 } from '../../text/latin1.ts';
import { encodeText } from '../../text/utf8.ts';
import { md5 } from './md5.ts';
import { join, type Step } from './step.ts';

/** Hashes the text. RFC 6455 §4.2.2, item 5.4. */
export const HASH_STEP: Step = {
  makes: 'digest',
  subject: 'In the hash, there',
  unit: 'byte',
  right: ({ hashed }) => sha1(hashed),
  wrong: [
    {
      name: 'sha-256',
      title: 'The server hashed with SHA-256, not with SHA-1',
      cause:
        'SHA-256 is the usual choice today. This protocol requires SHA-1, and the hash does not have to be strong here.',
      fix: 'Hash with SHA-1. The hash has 20 bytes.',
      make: ({ hashed }) => sha256(hashed),
    },
    {
      name: 'md5',
      title: 'The server hashed with MD5, not with SHA-1',
      cause: 'A draft of 2010, hixie-76, used MD5, with another computation.',
      fix: 'Hash with SHA-1. The hash has 20 bytes.',
      make: ({ hashed }) => md5(hashed),
    },
    {
      name: 'not-hashed',
      title: 'The text was not hashed at all',
      cause: 'The server encoded the key and the GUID in base64, without hashing them.',
      fix: 'Hash the text with SHA-1, then encode the hash.',
      make: ({ hashed }) => hashed,
    },
    {
      name: 'hashed-twice',
      title: 'The hash was hashed again',
      cause: 'The server applied SHA-1 to the 20 bytes of the first hash.',
      fix: 'Hash once.',
      make: ({ hashed }) => sha1(sha1(hashed)),
    },
  ],
};

/** Hands the hash to the base64 encoder: 20 raw bytes, unchanged. */
export const DIGEST_STEP: Step = {
  makes: 'encoded',
  subject: 'In the bytes that were encoded, there',
  unit: 'byte',
  right: ({ digest }) => digest,
  wrong: [
    {
      name: 'hex-digest',
      title: 'The hex digits of the hash were encoded, not its bytes',
      cause: 'The hash function returned text, and the server encoded that text.',
      fix: 'Ask for the raw digest: digest() in Python, the binary option in PHP and openssl.',
      make: ({ digest }) => join(formatHex(digest)),
    },
    {
      name: 'hex-digest-in-upper-case',
      title: 'The uppercase hex digits of the hash were encoded, not its bytes',
      cause: 'The hash function returned text, and the server encoded that text.',
      fix: 'Ask for the raw digest, which has 20 bytes.',
      make: ({ digest }) => join(formatHex(digest).toUpperCase()),
    },
    {
      name: 'words-in-wrong-order',
      title: 'The words of the hash were written with the low byte first',
      cause: 'The server copied the five 32-bit words of the hash from memory, and the machine is little-endian.',
      fix: 'Write each word with the high byte first (htonl).',
      make: ({ digest }) => digest.map((_, i) => digest[i - (i % 4) + 3 - (i % 4)] ?? 0),
    },
    {
      name: 'digest-cut-at-zero',
      title: 'The hash was cut at its first zero byte',
      cause:
        'The hash was treated as a C string, which ends at its first zero byte. If the first byte is zero, nothing is left.',
      fix: 'Pass the length, 20, with the pointer.',
      make: ({ digest }) => (digest.includes(0) ? digest.slice(0, digest.indexOf(0)) : digest),
    },
    {
      name: 'digest-as-latin-1-text',
      title: 'The hash was converted to text, and the text was encoded in UTF-8',
      cause: 'Each byte became a character. From 80 on, UTF-8 uses two bytes for it.',
      fix: 'Pass the hash to base64 as bytes, never as text.',
      make: ({ digest }) => encodeText(decodeLatin1(digest)),
    },
    {
      name: 'digest-read-as-utf-8',
      title: 'The hash was decoded as UTF-8, and invalid bytes were replaced',
      cause: 'A hash is not text. A decoder replaces bytes that are not valid UTF-8 with U+FFFD, ef bf bd.',
      fix: 'Pass the hash to base64 as bytes, never as text.',
      make: ({ digest }) => encodeText(new TextDecoder().decode(digest)),
    },
  ],
};
