import { formatHex } from '../../bytes/hex.ts';
import { OPCODE } from '../../protocol/framing/opcode.ts';
import { countBytes } from '../../text/count.ts';
import { escapeText } from '../../text/escape-text.ts';
import { decodeText } from '../../text/utf8.ts';

/** What a parser made of one read. */
export interface Outcome {
  readonly said: string;
  /** What its handler was called with. */
  readonly messages: readonly string[];
  readonly tone: 'ok' | 'danger' | 'none';
}

/** A parser that is fed reads. */
export interface Reader {
  read(chunk: Uint8Array): Outcome;
  /** Whether it waits for more bytes after what it was given. */
  readonly waits: boolean;
}

/** A message as it is shown: `“Hi”`, `binary ca fe`. */
export function quoteMessage(opcode: number, payload: Uint8Array): string {
  if (opcode === OPCODE.text) return `“${escapeText(decodeText(payload) ?? '')}”`;
  return `binary ${formatHex(payload).replace(/..(?=.)/g, '$& ')}`;
}

/** What a naive parser hands to its program. */
export function quoteData(data: string | Uint8Array): string {
  return typeof data === 'string' ? `“${escapeText(data)}”` : quoteMessage(OPCODE.binary, data);
}

export function bytesLeft(count: number, what: string): string {
  return count === 0 ? '' : ` ${countBytes(count)} ${what}.`;
}
