import { bytesOfHex } from '../../../bytes/hex.ts';
import { escapeText } from '../../../text/escape-text.ts';

/** Hex digits with spaces or without. The decoder reads more forms; here they would double what the page loads. */
export function readPlainHex(text: string): { readonly bytes: Uint8Array<ArrayBuffer> } | { readonly problem: string } {
  const digits = text.replaceAll(/\s+/g, '');
  const other = /[^0-9a-f]/iu.exec(digits)?.[0];
  if (other !== undefined) return { problem: `“${escapeText(other)}” is not a hex digit: use 0 to 9 and a to f.` };
  if (digits.length % 2 === 1) return { problem: 'The last byte has one digit: write two for each byte.' };
  return { bytes: Uint8Array.from(bytesOfHex(digits)) };
}
