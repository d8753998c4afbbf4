import type { ReadHead } from './story.ts';

const TLS_HANDSHAKE = 0x16;
const TLS_ALERT = 0x15;
const TLS_MAJOR_VERSION = 3;

const bytesOf = (head: ReadHead<unknown>): Uint8Array | undefined => (head.kind === 'other' ? head.bytes : undefined);

/** Whether bytes are a record of TLS. RFC 8446 §5.1. */
export function isTlsRecord(bytes: Uint8Array): boolean {
  return (
    (bytes[0] === TLS_HANDSHAKE || bytes[0] === TLS_ALERT) && bytes[1] === TLS_MAJOR_VERSION && (bytes[2] ?? 9) <= 4
  );
}

/** Whether TLS was spoken where the head should be. */
export function isTls(head: ReadHead<unknown>): boolean {
  const bytes = bytesOf(head);
  return bytes !== undefined && isTlsRecord(bytes);
}

const HTTP2_PREFACE = 'PRI * HTTP/2.0';
const SETTINGS = 4;
const GOAWAY = 7;

/** Whether HTTP/2 was spoken: the client’s preface, or a server’s first frame. RFC 9113 §3.4. */
export function isHttp2(head: ReadHead<unknown>): boolean {
  const bytes = bytesOf(head);
  return bytes !== undefined && (startsWith(bytes, HTTP2_PREFACE) || isHttp2Frame(bytes));
}

/** Whether bytes begin with a frame on stream 0 with which an HTTP/2 server begins or ends. RFC 9113 §4.1. */
export function isHttp2Frame(bytes: Uint8Array): boolean {
  if (bytes.length < 9 || (bytes[3] !== SETTINGS && bytes[3] !== GOAWAY)) return false;
  const length = ((bytes[0] ?? 0) << 16) | ((bytes[1] ?? 0) << 8) | (bytes[2] ?? 0);
  const fits = bytes[3] === SETTINGS ? length % 6 === 0 && length <= 600 : length >= 8 && length <= 1024;
  return fits && bytes[5] === 0 && bytes[6] === 0 && bytes[7] === 0 && bytes[8] === 0;
}

export function startsWith(bytes: Uint8Array, text: string): boolean {
  if (bytes.length < text.length) return false;
  for (let i = 0; i < text.length; i++) if (bytes[i] !== text.charCodeAt(i)) return false;
  return true;
}
