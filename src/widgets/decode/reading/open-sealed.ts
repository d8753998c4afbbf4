import { gcm } from '@noble/ciphers/aes.js';
import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import type { OpenSealed } from '../../../inspector/traffic/traffic.ts';

/** Opens TLS records in a page. The browser's own ciphers answer later, and only on pages of a secure origin. */
export const openSealed: OpenSealed = (cipher, key, nonce, additional, sealed) => {
  const aead = cipher === 'chacha20-poly1305' ? chacha20poly1305 : gcm;
  try {
    return aead(key, nonce, additional).decrypt(sealed);
  } catch {
    // The tag does not fit.
    return undefined;
  }
};
