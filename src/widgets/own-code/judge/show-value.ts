import { formatHex } from '../../../bytes/hex.ts';
import { quoteText } from '../../../text/quote-text.ts';
import { ODD, type Plain } from '../host/plain.ts';

const MAX_SHOWN_BYTES = 16;
const MAX_SHOWN_CHARACTERS = 60;
const MAX_SHOWN_ITEMS = 8;

/** Writes a value of the reader's code much as JavaScript would. */
export function showValue(value: Plain): string {
  if (value instanceof Uint8Array) return showBytes(value);
  if (typeof value === 'string') {
    const cut = value.length > MAX_SHOWN_CHARACTERS;
    return `${quoteText(value.slice(0, MAX_SHOWN_CHARACTERS))}${cut ? '…' : ''}`;
  }
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return `[${listed(value.map(showValue))}]`;
  const odd = (value as Readonly<Record<string, Plain>>)[ODD];
  if (typeof odd === 'string') return odd;
  return `{ ${listed(Object.entries(value).map(([name, each]) => `${name}: ${showValue(each)}`))} }`;
}

/** Writes bytes in hex; of many bytes, the first ones. */
export function showBytes(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'no bytes';
  const shown = formatHex(bytes.subarray(0, MAX_SHOWN_BYTES)).replace(/..(?!$)/g, '$& ');
  return bytes.length > MAX_SHOWN_BYTES ? `${shown} … (${bytes.length} bytes)` : shown;
}

/** Names the type of a value, with its article. */
export function describeKind(value: Plain): string {
  if (value instanceof Uint8Array) return `a Uint8Array of ${value.length} bytes`;
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return 'an array';
  if (typeof value !== 'object') return `a ${typeof value}`;
  const odd = (value as Readonly<Record<string, Plain>>)[ODD];
  return typeof odd === 'string' ? odd : 'an object';
}

/** What to do if a function returned nothing, or a promise. */
export function fixKind(value: Plain): string {
  if (value === undefined) return 'Does every path through your function end with return?';
  if (describeKind(value) === 'a Promise') {
    return 'Write the function without async and await: every function that it needs answers at once.';
  }
  return '';
}

function listed(texts: readonly string[]): string {
  const more = texts.length - MAX_SHOWN_ITEMS;
  return more > 0 ? `${texts.slice(0, MAX_SHOWN_ITEMS).join(', ')}, … ${more} more` : texts.join(', ');
}
