import { bytesOfHex, formatHex } from '../bytes/hex.ts';
import { encodeText } from '../text/utf8.ts';

/** Bytes in readable form: a text, hexadecimal digits, or a repeated pattern. */
export type Payload = TextPayload | HexPayload | RepeatedPayload;

/** The UTF-8 of a text. */
export interface TextPayload {
  readonly text: string;
}

/** Bytes in hexadecimal digits. */
export interface HexPayload {
  readonly hex: string;
}

/** A repeated pattern, for payloads too long to write down. */
export interface RepeatedPayload {
  /** In hexadecimal digits. The last repetition may be cut. */
  readonly repeated: string;
  readonly byteLength: number;
}

/** Bytes from hexadecimal digits. */
export const hex = (digits: string): HexPayload => ({ hex: digits });

/** A pattern of hexadecimal digits, repeated until it has `byteLength` bytes. */
export const repeated = (pattern: string, byteLength: number): RepeatedPayload => ({ repeated: pattern, byteLength });

/** A new array with the bytes of a payload. */
export function payloadBytes(payload: Payload): Uint8Array<ArrayBuffer> {
  if ('text' in payload) return encodeText(payload.text);
  if ('hex' in payload) return bytesOfHex(payload.hex);
  const pattern = bytesOfHex(payload.repeated);
  const bytes = new Uint8Array(payload.byteLength);
  bytes.set(pattern.subarray(0, bytes.length));
  // Each copy doubles the filled part: copying a short pattern one by one would be slow.
  for (let filled = pattern.length; filled < bytes.length; filled *= 2) {
    bytes.set(bytes.subarray(0, Math.min(filled, bytes.length - filled)), filled);
  }
  return bytes;
}

/** The first bytes of a payload, at most `maxBytes`. */
export function startOf(payload: Payload, maxBytes: number): Uint8Array<ArrayBuffer> {
  if (!('repeated' in payload)) return payloadBytes(payload).subarray(0, maxBytes);
  return payloadBytes(repeated(payload.repeated, Math.min(payload.byteLength, maxBytes)));
}

/** A part of a payload, half-open. The pattern of a repeated payload may then start in its middle. */
export function partOf(payload: Payload, start: number, end: number): Payload {
  if (!('repeated' in payload)) return hex(formatHex(payloadBytes(payload).subarray(start, end)));
  const digits = payload.repeated;
  const at = (2 * start) % digits.length;
  return repeated(digits.slice(at) + digits.slice(0, at), end - start);
}

/** The length of a payload in bytes. */
export function payloadByteLength(payload: Payload): number {
  return 'repeated' in payload ? payload.byteLength : payloadBytes(payload).length;
}
