import { quote } from '../../../inspector/escape-text.ts';
import { countBytes } from '../../../inspector/frame/field-meaning.ts';
import { formatHexByte } from '../../../inspector/hex/hex.ts';
import { parseHex } from '../../../inspector/hex/parse-hex.ts';
import { encodeText } from '../../../protocol/utf8.ts';

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

const SHOWN_BYTES = 6;
const FILL = '.';

/** What is sent, and how the line of JavaScript reads. */
export function sendCall({ text, as, byteLength }: Draft): SendCall {
  if (as === 'text') {
    const data = byteLength === undefined ? text : fillText(text, byteLength);
    const size = byteLength === undefined ? '' : ` /* ${countBytes(byteLength)} */`;
    return { data, call: `ws.send(${quote(data)}${size})` };
  }
  const parsed = parseHex(text);
  if ('problem' in parsed) return { problem: parsed.problem.sentence };
  const bytes = byteLength === undefined ? parsed.bytes : fillBytes(parsed.bytes, byteLength);
  const shown = Array.from(bytes.subarray(0, SHOWN_BYTES), (byte) => `0x${formatHexByte(byte)}`);
  if (bytes.length > SHOWN_BYTES) shown.push(`… /* ${countBytes(bytes.length)} */`);
  return { data: bytes, call: `ws.send(new Uint8Array([${shown.join(', ')}]))` };
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
