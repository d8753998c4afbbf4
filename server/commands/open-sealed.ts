import { createDecipheriv } from 'node:crypto';
import type { OpenSealed } from '../../src/inspector/traffic/traffic.ts';

const TAG_LENGTH = 16;

/** Opens TLS records with Node's own ciphers. */
export const openSealed: OpenSealed = (cipher, key, nonce, additional, sealed) => {
  const end = sealed.length - TAG_LENGTH;
  if (end < 0) return undefined;
  // Each cipher has declarations of its own; all of them are called alike.
  const name = cipher as 'aes-128-gcm';
  const decipher = createDecipheriv(name, key, nonce, { authTagLength: TAG_LENGTH });
  decipher.setAAD(additional, { plaintextLength: end });
  decipher.setAuthTag(sealed.subarray(end));
  const plain = decipher.update(sealed.subarray(0, end));
  try {
    // Throws if the tag does not fit.
    decipher.final();
  } catch {
    return undefined;
  }
  return new Uint8Array(plain.buffer, plain.byteOffset, plain.length);
};
