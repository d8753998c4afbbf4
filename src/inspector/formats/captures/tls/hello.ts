/** What a ClientHello or ServerHello says. RFC 8446 §4.1. */
export interface Hello {
  readonly random: Uint8Array;
  /** The version and the cipher suite that a server has chosen; of a client they mean nothing. */
  readonly version: number;
  readonly suite: number;
  /** Whether it only asks the client for another hello. */
  readonly isRetry: boolean;
}

const SUPPORTED_VERSIONS = 43;
const RANDOM_LENGTH = 32;
/** The random number of a HelloRetryRequest begins so: it is the SHA-256 of these words. RFC 8446 §4.1.3. */
const RETRY = [0xcf, 0x21, 0xad, 0x74, 0xe5, 0x9a, 0x61, 0x11];

/** @param body of the message, without its type and length. @returns undefined if it is cut off within its fixed part */
export function readHello(body: Uint8Array): Hello | undefined {
  const u16 = (at: number) => ((body[at] ?? 0) << 8) | (body[at + 1] ?? 0);
  const random = body.subarray(2, 2 + RANDOM_LENGTH);
  if (random.length < RANDOM_LENGTH) return undefined;
  const isRetry = RETRY.every((byte, i) => random[i] === byte);
  let at = 2 + RANDOM_LENGTH;
  at += 1 + (body[at] ?? 0);
  const suite = u16(at);
  let version = u16(0);
  // After the suite of a server: one byte for compression, then the extensions.
  at += 3;
  const end = Math.min(body.length, at + 2 + u16(at));
  for (at += 2; at + 4 <= end; at += 4 + u16(at + 2)) {
    if (u16(at) === SUPPORTED_VERSIONS && u16(at + 2) === 2) version = u16(at + 4);
  }
  return { random, version, suite, isRetry };
}
