import { decodeLatin1 } from '../../../text/latin1.ts';

/** A value of a tnetstring. Dictionaries have text keys; texts and byte strings both come as bytes. */
export type TnetValue = Uint8Array | number | boolean | null | readonly TnetValue[] | ReadonlyMap<string, TnetValue>;

const MAX_DEPTH = 32;
const COLON = 0x3a;

/**
 * Reads the tnetstring that begins at an index: its length in decimal, a colon, that many bytes, and a type.
 *
 * @returns the value, and where the next one begins; undefined if it is malformed or cut off
 */
export function readTnetstring(
  bytes: Uint8Array,
  at = 0,
  depth = 0,
): { readonly value: TnetValue; readonly end: number } | undefined {
  let length = 0;
  let i = at;
  for (; i < at + 12 && bytes[i] !== COLON; i++) {
    const digit = (bytes[i] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) return undefined;
    length = length * 10 + digit;
  }
  const start = i + 1;
  const end = start + length;
  if (i === at || bytes[i] !== COLON || end >= bytes.length || depth > MAX_DEPTH) return undefined;
  const content = bytes.subarray(start, end);
  const value = tnetValueOf(String.fromCharCode(bytes[end] ?? 0), content, depth);
  return value === undefined ? undefined : { value, end: end + 1 };
}

function tnetValueOf(type: string, content: Uint8Array, depth: number): TnetValue | undefined {
  switch (type) {
    case ',':
    case ';':
      return content;
    case '#':
    case '^': {
      const number = Number(decodeLatin1(content.subarray(0, 64)));
      return Number.isNaN(number) ? undefined : number;
    }
    case '!':
      return decodeLatin1(content.subarray(0, 8)) === 'true';
    case '~':
      return null;
    case ']':
      return listOf(content, depth);
    case '}': {
      const list = listOf(content, depth);
      if (list === undefined) return undefined;
      const map = new Map<string, TnetValue>();
      for (let i = 0; i + 1 < list.length; i += 2) {
        const key = list[i];
        if (!(key instanceof Uint8Array)) return undefined;
        map.set(decodeLatin1(key), list[i + 1] ?? null);
      }
      return map;
    }
    default:
      return undefined;
  }
}

function listOf(content: Uint8Array, depth: number): TnetValue[] | undefined {
  const list: TnetValue[] = [];
  for (let at = 0; at < content.length; ) {
    const read = readTnetstring(content, at, depth + 1);
    if (read === undefined) return undefined;
    list.push(read.value);
    at = read.end;
  }
  return list;
}
