import { type HexProblem, hexProblem } from '../hex/hex-problem.ts';
import { type PastedPart, type PasteResult, pastedRun, type ReadForm } from './pasted.ts';

/** In characters. Bounds the time of a pattern; no program writes more than this before an array. */
const MAX_DECLARATION = 1000;
const OPENING_OF: Readonly<Record<string, string>> = { ']': '[', '}': '{', '>>': '<<' };

/**
 * Numbers between brackets, as programs write them: `[129, 5]`, `new Uint8Array([…])`, `uint8_t frame[] = {0x81, 5};`,
 * `<<136,2>>`, `{"type":"Buffer","data":[…]}`; one array or several, with comments. A number without `0x` is decimal. The exception:
 * if all numbers have two digits, and one of them begins with 0 or has a letter, they are hex.
 */
export const readNumberList: ReadForm = (text) => {
  if (!/[[{]|<</.test(text)) return undefined;
  const plain = withoutComments(text);
  const parts: PastedPart[] = [];
  const forms = new Set<string>();
  const notes: string[] = [];
  // Where the text before the next array begins, and where the search for its opening bracket begins.
  let at = 0;
  let from = 0;
  const closing = /\]|\}|>>/g;
  for (let found = closing.exec(plain); found !== null; found = closing.exec(plain)) {
    const [bracket] = found;
    const end = found.index;
    // `data[11] = {…}`: the length in brackets is part of the declaration.
    if (bracket === ']' && /^\]\s*[=[{]/.test(plain.slice(end, end + 20))) continue;
    const opening = plain.slice(from, end).lastIndexOf(OPENING_OF[bracket] ?? '');
    // This bracket closes something that contains arrays.
    const start = from + opening + bracket.length;
    from = end + bracket.length;
    if (opening < 0) continue;
    if (!mayStandBefore(plain.slice(at, start))) return undefined;
    // `[]byte{…}`: these brackets are empty.
    if (plain.slice(start, end).trim() === '') continue;
    const cut = CUT.exec(plain.slice(start, end));
    const read = readNumbers(plain, start, start + (cut?.index ?? end - start));
    if ('problem' in read) return read;
    if (cut?.[1] !== undefined) notes.push(LEFT_OUT);
    parts.push({ bytes: read.bytes });
    forms.add(read.form);
    at = from;
  }
  if (parts.length === 0 || !AFTER.test(plain.slice(at))) return undefined;
  const form = [...forms].join(' and ');
  if (notes.length > 0 && parts.length > 1)
    return hexProblem('An array ends with "...": the bytes after it are missing. Print the whole array.', 0, 1);
  return { form: parts.length === 1 ? form : `${parts.length} arrays of ${form}`, parts, notes };
};

/** Where the numbers end: at the sign for bytes that were left out, or at the properties that a console adds. */
const CUT = /(\.\.\.|…)|\b(?:buffer|byteLength|byteOffset|length)\b(?= ?:)|\bSymbol\(/;

const LEFT_OUT = 'The array ends with "...": more bytes were there and were not printed. Print them as hex to get all.';

// The end of a declaration, and the length that xxd -i writes after its array.
const AFTER = /^[\s;,)\]}.]*(?:unsigned int \w{1,200} = \d{1,20};\s*)?$/;

// Names, numbers and the signs between them. No repetition starts inside a name, so the pattern takes linear time.
const DECLARATION = /^(?:[\s=(:*&;,)<>[{"'\]}.-]|[\w$]+(?![\w$]))*$/;

/** Whether a text is a declaration, as before an array in a program, and not bytes. */
function mayStandBefore(text: string): boolean {
  const trimmed = text.trim();
  return trimmed.length <= MAX_DECLARATION && DECLARATION.test(trimmed) && !/^(?:[0-9a-f]{2}\s)+/i.test(trimmed);
}

/** Replaces comments by spaces, so that everything else keeps its place. */
function withoutComments(text: string): string {
  let plain = '';
  let at = 0;
  for (;;) {
    const slash = text.indexOf('/', at);
    if (slash < 0) return plain + text.slice(at);
    const isBlock = text.charAt(slash + 1) === '*';
    if (!isBlock && text.charAt(slash + 1) !== '/') {
      plain += text.slice(at, slash + 1);
      at = slash + 1;
      continue;
    }
    const found = text.indexOf(isBlock ? '*/' : '\n', slash + 2);
    const end = found < 0 ? text.length : isBlock ? found + 2 : found;
    plain += text.slice(at, slash) + ' '.repeat(end - slash);
    at = end;
  }
}

const ELEMENT =
  /\s*(?:\(\s*(?:byte|char|unsigned char|uint8_t|u8)\s*\)\s*)?(-?)(0x|0b|0o|\\x|#|\$)?([0-9a-f]+)(?:u8|[uUlL]+)?\s*(?:,|;|$|(?=\s))/iy;

function readNumbers(
  text: string,
  start: number,
  end: number,
): { bytes: Uint8Array<ArrayBuffer>; form: string } | { problem: HexProblem } {
  const inside = text.slice(start, end).trimEnd();
  const tokens: { sign: string; prefix: string; digits: string; at: number; length: number }[] = [];
  ELEMENT.lastIndex = 0;
  while (ELEMENT.lastIndex < inside.length) {
    const at = ELEMENT.lastIndex;
    const [whole, sign = '', prefix = '', digits = ''] = ELEMENT.exec(inside) ?? [];
    if (whole === undefined) {
      const first = at + inside.slice(at).search(/\S/);
      const shown = JSON.stringify(inside.charAt(first));
      return hexProblem(
        `${shown} is not part of a number. Write each byte in the brackets as 129 or 0x81.`,
        start + first,
        start + first + 1,
      );
    }
    tokens.push({ sign, prefix: prefix.toLowerCase(), digits, at: start + at, length: whole.length });
  }
  const isPlain = tokens.length > 0 && tokens.every(({ sign, prefix }) => sign === '' && prefix === '');
  if (isPlain && tokens.every(({ digits }) => /^[01]{8}$/.test(digits)))
    return { bytes: Uint8Array.from(tokens, ({ digits }) => Number.parseInt(digits, 2)), form: 'bits' };
  // A letter makes them hex, and so does a zero in front if all have two digits.
  const isHex =
    isPlain &&
    tokens.every(({ digits }) => digits.length <= 2) &&
    (tokens.some(({ digits }) => /[a-f]/i.test(digits)) ||
      (tokens.every(({ digits }) => digits.length === 2) && tokens.some(({ digits }) => digits.startsWith('0'))));
  const bytes: number[] = [];
  for (const { sign, prefix, digits, at, length } of tokens) {
    const value = byteValue(prefix === '' && isHex ? '0x' : prefix, digits);
    const signed = sign === '-' ? -value : value;
    if (Number.isNaN(value) || signed > 0xff || signed < -128) {
      const shown = `${sign}${prefix}${digits.length > 20 ? `${digits.slice(0, 20)}…` : digits}`;
      const sentence =
        Number.isNaN(value) && prefix === ''
          ? `${shown} is not a decimal number. Write hex with 0x, as in 0x81.`
          : `${shown} is not a byte. A byte is 0 to 255, or -128 to 127 with a sign.`;
      return hexProblem(sentence, at, at + length);
    }
    bytes.push(signed & 0xff);
  }
  const isSigned = tokens.some(({ sign }) => sign === '-');
  const isPrefixed = tokens.some(({ prefix }) => prefix !== '');
  const form =
    isHex || (isPrefixed && !isSigned) ? 'hex bytes in brackets' : isSigned ? 'signed decimal bytes' : 'decimal bytes';
  return { bytes: Uint8Array.from(bytes), form };
}

function byteValue(prefix: string, digits: string): number {
  const [pattern, base] =
    prefix === '0b'
      ? [/^[01]+$/, 2]
      : prefix === '0o'
        ? [/^[0-7]+$/, 8]
        : prefix === ''
          ? [/^\d+$/, 10]
          : [/^[0-9a-f]+$/i, 16];
  return (pattern as RegExp).test(digits) ? Number.parseInt(digits, base as number) : Number.NaN;
}

/**
 * Decimal numbers without brackets: `129 134 167`. One of them must have three digits, or the text must contain the word
 * "decimal". A text with other letters, or with a number above 255, has another form.
 */
export const readDecimals: ReadForm = (text): PasteResult | undefined => {
  const saysSo = /\bdec(?:imal)?\b\s*:?/i;
  const numbers = text.replace(saysSo, ' ').trim();
  if (/^[0-3][0-7]{2}(?:\s+[0-3][0-7]{2})+$/.test(numbers) && /(?:^|\s)0/.test(numbers))
    return pastedRun(
      'octal bytes',
      Uint8Array.from(numbers.split(/\s+/), (digits) => Number.parseInt(digits, 8)),
    );
  const separators = /^\d{1,3}(?:\.\d{1,3}){4,}$/.test(numbers) ? /\./ : /[\s,;]+/;
  const values = numbers.split(separators).filter((digits) => digits !== '');
  if (!values.every((digits) => /^-?\d{1,3}$/.test(digits))) return undefined;
  const isSigned = values.some((digits) => digits.startsWith('-'));
  const decides = isSigned || saysSo.test(text) || values.some((digits) => digits.length === 3);
  if (!decides || values.some((digits) => Number(digits) > 0xff || Number(digits) < -0x80)) return undefined;
  return pastedRun(
    isSigned ? 'signed decimal bytes' : 'decimal bytes',
    Uint8Array.from(values, (digits) => Number(digits) & 0xff),
  );
};

/** Hex bytes of one or two digits, as `Serial.print(b, HEX)` of an Arduino writes them: `81 5 48`. */
export const readShortHex: ReadForm = (text) => {
  const groups = text.trim().split(/[\s,;:]+/);
  if (groups.length < 2 || !groups.every((group) => /^[0-9a-f]{1,2}$/i.test(group))) return undefined;
  if (!groups.some(({ length }) => length === 1)) return undefined;
  return pastedRun(
    'hex bytes of one or two digits',
    Uint8Array.from(groups, (group) => Number.parseInt(group, 16)),
  );
};
