import { createSign, generateKeyPairSync, randomBytes } from 'node:crypto';
import { isIP } from 'node:net';

/** A private key and its certificate, as TLS takes them. */
export interface Certificate {
  /** PEM. */
  readonly key: string;
  /** PEM. */
  readonly cert: string;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** The clock of a browser may be a little behind. */
const VALID_SINCE_DAYS = 1;
const VALID_FOR_DAYS = 30;

/**
 * Makes a certificate that is signed by itself, with a new key: a browser warns of it, once. RFC 5280 §4.1.
 *
 * Node reads certificates but makes none. What a certificate for one start needs is written here as DER; a package would bring
 * a whole library of cryptography beside the one in Node.
 *
 * @param names names and addresses, IPv6 without brackets
 */
export function selfSignedCertificate(names: readonly string[], nowMs = Date.now()): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const owner = sequence(set(sequence(oid(2, 5, 4, 3), utf8String(names[0] ?? ''))));
  const ecdsaWithSha256 = sequence(oid(1, 2, 840, 10045, 4, 3, 2));
  const alternativeNames = sequence(oid(2, 5, 29, 17), der(0x04, sequence(...names.map(generalName))));
  const body = sequence(
    der(0xa0, integer(Buffer.of(2))),
    // The first bit is 0, so that the number is positive, and another is 1, so that it has no needless zeros.
    integer(positive(randomBytes(16))),
    ecdsaWithSha256,
    owner,
    sequence(utcTime(nowMs - VALID_SINCE_DAYS * DAY_MS), utcTime(nowMs + VALID_FOR_DAYS * DAY_MS)),
    owner,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(alternativeNames)),
  );
  const signature = createSign('sha256').update(body).sign(privateKey);
  const cert = sequence(body, ecdsaWithSha256, der(0x03, Buffer.concat([Buffer.of(0), signature])));
  const lines = cert.toString('base64').match(/.{1,64}/g) ?? [];
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
  };
}

/** One element of DER: its tag, its length, its content. */
function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const lengthBytes = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...lengthBytes]), content]);
}

const sequence = (...parts: Buffer[]) => der(0x30, Buffer.concat(parts));
const set = (...parts: Buffer[]) => der(0x31, Buffer.concat(parts));
const integer = (bytes: Buffer) => der(0x02, bytes);
const positive = (bytes: Buffer) => {
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes;
};
const utf8String = (text: string) => der(0x0c, Buffer.from(text));
/** `YYMMDDhhmmssZ`. */
const utcTime = (ms: number) =>
  der(0x17, Buffer.from(`${new Date(ms).toISOString().replace(/\D/g, '').slice(2, 14)}Z`));

/** A DNS name, or the bytes of an address. */
function generalName(name: string): Buffer {
  return isIP(name) === 0 ? der(0x82, Buffer.from(name)) : der(0x87, Buffer.from(addressBytes(name)));
}

function addressBytes(address: string): number[] {
  if (isIP(address) === 4) return address.split('.').map(Number);
  // The URL parser writes an address in its shortest form, which has at most one "::", and no IPv4 at its end.
  const [left = '', right = ''] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const [head, tail] = [left, right].map((part) => (part === '' ? [] : part.split(':'))) as [string[], string[]];
  const zeros = Array<string>(8 - head.length - tail.length).fill('0');
  return [...head, ...zeros, ...tail].flatMap((group) => {
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });
}

function oid(first: number, second: number, ...rest: number[]): Buffer {
  const bytes = [40 * first + second];
  for (const part of rest) {
    const groups = [part & 0x7f];
    for (let left = part >> 7; left > 0; left >>= 7) groups.unshift(0x80 | (left & 0x7f));
    bytes.push(...groups);
  }
  return der(0x06, Buffer.from(bytes));
}
