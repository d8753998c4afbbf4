import { escapeText } from '../../inspector/escape-text.ts';
import { countBytes } from '../../inspector/field-meaning.ts';
import { formatHexByte } from '../../inspector/hex.ts';
import { encodeText } from '../../protocol/utf8.ts';
import { shorten } from './entries-of-wire.ts';

/** What is about to be sent. */
export interface Draft {
  readonly text: string;
  /** `binary`: the text is hex. */
  readonly as: 'text' | 'binary';
  /** The payload is repeated until it has so many bytes; undefined leaves it as it was typed. */
  readonly byteLength: number | undefined;
}

/** The lengths at which the form of the length changes, and one on each side. RFC 6455 §5.2. */
export const PAYLOAD_LENGTHS = [125, 126, 65_535, 65_536] as const;

/** A call of send(), or why there is none. */
export type SendCall =
  | { readonly data: string | Uint8Array<ArrayBuffer>; readonly call: string }
  | { readonly problem: string };

const SHOWN_CHARACTERS = 40;
const SHOWN_BYTES = 6;
const FILL = '.';

/** What is sent, and how the line of JavaScript reads. */
export async function sendCall({ text, as, byteLength }: Draft): Promise<SendCall> {
  if (as === 'text') {
    const data = byteLength === undefined ? text : fillText(text, byteLength);
    const size = byteLength === undefined ? '' : ` /* ${countBytes(byteLength)} */`;
    return { data, call: `ws.send(${quote(data)}${size})` };
  }
  // Most readers send text: the parser, which takes hex as people paste it, is loaded when it is wanted.
  const { parseHex } = await import('../../inspector/parse-hex.ts');
  const parsed = parseHex(text);
  if ('problem' in parsed) return { problem: parsed.problem.sentence };
  const bytes = byteLength === undefined ? parsed.bytes : fillBytes(parsed.bytes, byteLength);
  const shown = Array.from(bytes.subarray(0, SHOWN_BYTES), (byte) => `0x${formatHexByte(byte)}`);
  if (bytes.length > SHOWN_BYTES) shown.push(`… /* ${countBytes(bytes.length)} */`);
  return { data: bytes, call: `ws.send(new Uint8Array([${shown.join(', ')}]))` };
}

/** A text as JavaScript writes it, cut where it is long. */
export function quote(text: string): string {
  const written = escapeText(text.slice(0, SHOWN_CHARACTERS)).replaceAll('"', '\\"');
  return `"${shorten(written, SHOWN_CHARACTERS)}${text.length > SHOWN_CHARACTERS ? '…' : ''}"`;
}

/** The text again and again, up to exactly so many bytes of UTF-8; dots fill what no whole character fits. */
function fillText(text: string, byteLength: number): string {
  const unit = text === '' ? FILL : text;
  const characters = [...unit];
  const unitLength = encodeText(unit).length;
  let filled = unit.repeat(Math.floor(byteLength / unitLength));
  let missing = byteLength % unitLength;
  for (const character of characters) {
    const { length } = encodeText(character);
    if (length > missing) break;
    filled += character;
    missing -= length;
  }
  return filled + FILL.repeat(missing);
}

function fillBytes(bytes: Uint8Array, byteLength: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: byteLength }, (_, i) => bytes[i % bytes.length] ?? 0);
}

/** The line that closes, from what stands in the two fields. */
export function closeCall(code: string, reason: string): CloseCall {
  if (code.trim() === '') return { code: undefined, reason: undefined, call: 'ws.close()' };
  const number = Number(code);
  const written = reason === '' ? '' : `, ${quote(reason)}`;
  return { code: number, reason: reason === '' ? undefined : reason, call: `ws.close(${number}${written})` };
}

export interface CloseCall {
  readonly code: number | undefined;
  readonly reason: string | undefined;
  readonly call: string;
}

/** The longest reason that a close frame has room for, in bytes of UTF-8. RFC 6455 §5.5. */
export const MAX_REASON_BYTES = 123;

/**
 * The exception with which a browser refuses a call of close(); undefined where it takes it. WHATWG WebSockets.
 */
export function refusalOfClose({ code, reason }: CloseCall): string | undefined {
  if (code !== undefined && code !== 1000 && !(code >= 3000 && code <= 4999)) {
    return `InvalidAccessError: the code must be 1000, or 3000 to 4999: ${code} is not for JavaScript to send`;
  }
  if (reason === undefined || encodeText(reason).length <= MAX_REASON_BYTES) return undefined;
  return `SyntaxError: the reason has ${encodeText(reason).length} bytes, and at most ${MAX_REASON_BYTES} fit`;
}
