import { joinBytes } from '../bytes/join-bytes.ts';
import { encodeLatin1 } from '../text/latin1.ts';

/** A field of a head in HTTP/2 or HTTP/3. Names are in lower case. */
export type DraftField = readonly [name: string, value: string];

/** One field as it is on the wire. */
export interface EncodedField {
  readonly field: DraftField;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** How much of it comes from the static table. */
  readonly fromTable: 'all' | 'name' | 'nothing';
}

/** The entries of the static tables that the handshakes need. RFC 7541 appendix A, RFC 9204 appendix A. */
const HPACK_NAMES: Readonly<Record<string, number>> = { ':authority': 1, ':method': 2, ':path': 4, ':scheme': 7 };
const HPACK_FIELDS: Readonly<Record<string, number>> = { ':scheme https': 7, ':path /': 4, ':status 200': 8 };
const QPACK_NAMES: Readonly<Record<string, number>> = { ':authority': 0, ':path': 1, origin: 90 };
const QPACK_FIELDS: Readonly<Record<string, number>> = {
  ':method CONNECT': 15,
  ':scheme https': 23,
  ':path /': 1,
  ':status 200': 25,
};

/**
 * Encodes a field for HTTP/2 with the static table alone: nothing is remembered, and text stays readable. RFC 7541 §6. A
 * browser would also use Huffman codes and the dynamic table.
 */
export function encodeHpackField(field: DraftField): EncodedField {
  const [name, value] = field;
  const whole = HPACK_FIELDS[`${name} ${value}`];
  if (whole !== undefined) return { field, bytes: integer(0x80, 7, whole), fromTable: 'all' };
  const index = HPACK_NAMES[name];
  if (index !== undefined)
    return { field, bytes: joinBytes([integer(0x00, 4, index), string(value)]), fromTable: 'name' };
  return { field, bytes: joinBytes([Uint8Array.of(0), string(name), string(value)]), fromTable: 'nothing' };
}

/** What stands before the fields of HTTP/3: no entry of the dynamic table is needed. RFC 9204 §4.5.1. */
export const QPACK_PREFIX = Uint8Array.of(0, 0);

/** Encodes a field for HTTP/3 with the static table alone. RFC 9204 §4.5. */
export function encodeQpackField(field: DraftField): EncodedField {
  const [name, value] = field;
  const whole = QPACK_FIELDS[`${name} ${value}`];
  if (whole !== undefined) return { field, bytes: integer(0xc0, 6, whole), fromTable: 'all' };
  const index = QPACK_NAMES[name];
  if (index !== undefined)
    return { field, bytes: joinBytes([integer(0x50, 4, index), string(value)]), fromTable: 'name' };
  const text = encodeLatin1(name);
  return {
    field,
    bytes: joinBytes([integer(0x20, 3, text.length), text, string(value)]),
    fromTable: 'nothing',
  };
}

/** Encodes a number that begins in the last bits of a byte. RFC 7541 §5.1. */
function integer(first: number, prefixBits: number, value: number): Uint8Array<ArrayBuffer> {
  const full = 2 ** prefixBits - 1;
  if (value < full) return Uint8Array.of(first | value);
  const bytes = [first | full];
  let rest = value - full;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest & 0x7f) | 0x80);
  return Uint8Array.from([...bytes, rest]);
}

/** A length and the text, without Huffman codes. RFC 7541 §5.2. */
function string(text: string): Uint8Array<ArrayBuffer> {
  const bytes = encodeLatin1(text);
  return joinBytes([integer(0x00, 7, bytes.length), bytes]);
}
