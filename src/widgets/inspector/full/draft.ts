import { formatHexByte } from '../../../bytes/hex.ts';
import { countBytes } from '../../../text/count.ts';
import { quote } from '../../../text/escape-text.ts';
import { readPlainHex } from './plain-hex.ts';

/** The lengths at which the form of the length changes, and one on each side. RFC 6455 §5.2. */
export const PAYLOAD_LENGTHS = [125, 126, 65_535, 65_536] as const;

/** What send() is given, and how the line of JavaScript reads. */
export interface SendCall {
  readonly data: string | Uint8Array<ArrayBuffer>;
  readonly call: string;
}

const SHOWN_BYTES = 6;

export function sendText(text: string): SendCall {
  return { data: text, call: `ws.send(${quote(text)})` };
}

/**
 * @param hex as it was typed
 * @param byteLength the bytes are repeated up to this length; undefined sends them once
 */
export function sendBytes(hex: string, byteLength: number | undefined): SendCall | { readonly problem: string } {
  const read = readPlainHex(hex);
  if ('problem' in read) return read;
  const { bytes } = read;
  const data =
    byteLength === undefined ? bytes : Uint8Array.from({ length: byteLength }, (_, i) => bytes[i % bytes.length] ?? 0);
  const shown = Array.from(data.subarray(0, SHOWN_BYTES), (byte) => `0x${formatHexByte(byte)}`);
  if (data.length > SHOWN_BYTES) shown.push(`… /* ${countBytes(data.length)} */`);
  return { data, call: `ws.send(new Uint8Array([${shown.join(', ')}]))` };
}
