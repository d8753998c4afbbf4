import type { OpenSealed } from '../../../traffic/traffic.ts';

/** How a cipher suite seals records. */
export interface CipherSuite {
  readonly cipher: Parameters<OpenSealed>[0];
  readonly hash: 'sha256' | 'sha384';
  readonly keyLength: number;
  /** Whether each record of TLS 1.2 carries eight bytes of its nonce. RFC 5288 §3. */
  readonly hasExplicitNonce: boolean;
}

const AES_128: CipherSuite = { cipher: 'aes-128-gcm', hash: 'sha256', keyLength: 16, hasExplicitNonce: true };
const AES_256: CipherSuite = { cipher: 'aes-256-gcm', hash: 'sha384', keyLength: 32, hasExplicitNonce: true };
const CHACHA20: CipherSuite = { cipher: 'chacha20-poly1305', hash: 'sha256', keyLength: 32, hasExplicitNonce: false };

/** The suites that browsers and programs of today agree on. RFC 8446 §B.4, RFC 5288, RFC 5289, RFC 7905. */
const SUITES: readonly (readonly [CipherSuite, readonly number[]])[] = [
  [AES_128, [0x1301, 0xc02b, 0xc02f, 0x009c, 0x009e, 0x00a8, 0xd001]],
  [AES_256, [0x1302, 0xc02c, 0xc030, 0x009d, 0x009f, 0x00a9, 0xd002]],
  [CHACHA20, [0x1303, 0xcca8, 0xcca9, 0xccaa, 0xccab, 0xccac]],
];

/** @returns undefined for a suite that is not read */
export function suiteOf(number: number): CipherSuite | undefined {
  return SUITES.find(([, numbers]) => numbers.includes(number))?.[0];
}
