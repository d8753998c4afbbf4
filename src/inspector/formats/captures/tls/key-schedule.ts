import { expand } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256, sha384 } from '@noble/hashes/sha2.js';
import { joinBytes } from '../../../../bytes/join-bytes.ts';
import { encodeLatin1 } from '../../../../text/latin1.ts';
import type { CipherSuite } from './cipher-suites.ts';

/** What one side seals its records with. */
export interface RecordKeys {
  readonly key: Uint8Array;
  /** The whole nonce to be XORed with the record's number; in TLS 1.2 with AES-GCM, the first four bytes of it. */
  readonly iv: Uint8Array;
}

const HASHES = { sha256, sha384 };
const NONCE_LENGTH = 12;
const SALT_LENGTH = 4;

/** The keys of TLS 1.3, from a secret that the key log has. RFC 8446 §7.3. */
export function keysOfSecret(secret: Uint8Array, suite: CipherSuite): RecordKeys {
  return {
    key: expandLabel(suite, secret, 'key', suite.keyLength),
    iv: expandLabel(suite, secret, 'iv', NONCE_LENGTH),
  };
}

/** The secret that follows a KeyUpdate. RFC 8446 §7.2. */
export function nextSecret(secret: Uint8Array, suite: CipherSuite): Uint8Array {
  return expandLabel(suite, secret, 'traffic upd', HASHES[suite.hash].outputLen);
}

function expandLabel({ hash }: CipherSuite, secret: Uint8Array, label: string, length: number): Uint8Array {
  const name = encodeLatin1(`tls13 ${label}`);
  const info = joinBytes([new Uint8Array([length >> 8, length & 255, name.length]), name, new Uint8Array(1)]);
  return expand(HASHES[hash], secret, info, length);
}

/** The keys of TLS 1.2 of client and server, from the master secret. RFC 5246 §6.3. */
export function keysOfMaster(
  master: Uint8Array,
  clientRandom: Uint8Array,
  serverRandom: Uint8Array,
  suite: CipherSuite,
): readonly [client: RecordKeys, server: RecordKeys] {
  const ivLength = suite.hasExplicitNonce ? SALT_LENGTH : NONCE_LENGTH;
  const { keyLength } = suite;
  const seed = joinBytes([encodeLatin1('key expansion'), serverRandom, clientRandom]);
  const block = expandMaster(suite, master, seed, 2 * (keyLength + ivLength));
  const part = (start: number, length: number) => block.slice(start, start + length);
  const ivs = 2 * keyLength;
  return [
    { key: part(0, keyLength), iv: part(ivs, ivLength) },
    { key: part(keyLength, keyLength), iv: part(ivs + ivLength, ivLength) },
  ];
}

/** The pseudorandom function of TLS 1.2. RFC 5246 §5. */
function expandMaster({ hash }: CipherSuite, secret: Uint8Array, seed: Uint8Array, length: number): Uint8Array {
  const pieces: Uint8Array[] = [];
  let a = seed;
  for (let have = 0; have < length; have += HASHES[hash].outputLen) {
    a = hmac(HASHES[hash], secret, a);
    pieces.push(hmac(HASHES[hash], secret, joinBytes([a, seed])));
  }
  return joinBytes(pieces).subarray(0, length);
}
