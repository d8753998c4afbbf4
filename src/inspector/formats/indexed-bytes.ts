import { hexProblem } from '../hex/hex-problem.ts';
import { type PasteResult, pastedRun, type ReadForm } from './pasted.ts';

/** An index and a byte: `0: 129`, `"0": 129`, `[0] => 129`, `0 => 129`, `[0]=> int(129)`. */
const ENTRY = /\s*(?:\[\s?)?"?(\d{1,9})"?\s?\]?\s?(?::|=>)\s*(?:int\()?(-?\d{1,3})\)?\s?,?/y;
const OPENINGS = [
  /^(?:(?:Uint8Array|Uint8ClampedArray|Int8Array|Array)\s?\(\d{1,9}\)\s*)?(?=\[?\s?"?0"?\s?\]?\s?:\s)/,
  /^(?:(?:array|Array)\s*)?(?:\(\d{1,9}\)\s*)?[({[]\s*(?=\[?\s?"?[01]"?\s?\]?\s?(?::|=>))/,
] as const;
/** What a console shows below the bytes of an array. */
const AFTER =
  /^[\s,;)}\]]*(?:(?:buffer|byteLength|byteOffset|length|Symbol|\[\[|BYTES_PER_ELEMENT|<prototype>|__proto__)[\s\S]*)?$/;

/** Bytes with their indices: an object of JSON made of a Uint8Array, an opened array in a console, PHP's print_r and var_dump. */
export const readIndexedBytes: ReadForm = (text): PasteResult | undefined => {
  const start = Math.max(0, text.search(/\S/));
  const found = OPENINGS.map((pattern) => pattern.exec(text.slice(start))?.[0]).find((each) => each !== undefined);
  if (found === undefined) return undefined;
  const opening = text.slice(0, start) + found;
  const bytes: number[] = [];
  let first: number | undefined;
  ENTRY.lastIndex = opening.length;
  let at = opening.length;
  for (;;) {
    const [whole, index, value] = ENTRY.exec(text) ?? [];
    if (whole === undefined) break;
    first ??= Number(index);
    const byte = Number(value);
    if (Number(index) !== first + bytes.length)
      return hexProblem(
        `Index ${index} follows index ${first + bytes.length - 1}. An element is missing.`,
        at + whole.search(/\S/),
        at + whole.length,
      );
    if (byte > 255 || byte < -128)
      return hexProblem(`${value} is not a byte.`, at + whole.search(/\S/), at + whole.length);
    bytes.push(byte & 0xff);
    at = ENTRY.lastIndex;
  }
  if (bytes.length < 2 || first === undefined || first > 1 || !AFTER.test(text.slice(at, at + MAX_AFTER)))
    return undefined;
  return pastedRun('decimal bytes, each with its index', Uint8Array.from(bytes));
};

/** In characters. */
const MAX_AFTER = 4096;
