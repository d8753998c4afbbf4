import { readNumberList } from './number-list.ts';
import type { PasteResult, ReadForm } from './pasted.ts';

/** What languages write around a byte, and what is left of it. Each pattern replaces in linear time. */
const AROUND_BYTES: readonly (readonly [RegExp, string])[] = [
  // Kotlin, Scala, Swift, Rust, C++, Visual Basic.
  [/\.to(?:U?Byte|Int)(?:\(\))?/g, ''],
  [/\bstd::byte\s?\{\s?(0x[0-9a-f]{1,2}|\d{1,3})\s?\}/gi, '$1'],
  [/\b(?:U?Int8|UInt8|byte|uint8|int8|u8|char)\(\s?(-?(?:0x)?[0-9a-f]{1,3})\s?\)/gi, '$1'],
  [/&H([0-9a-f]{1,2})\b/gi, '0x$1'],
  [/\bas (?:u8|i8|byte)\b/g, ''],
  // Characters, and numbers in quotation marks.
  [/(["'])(0x[0-9a-f]{1,2}|-?\d{1,3})\1/gi, '$2'],
  [/'\\x([0-9a-f]{1,2})'/gi, '0x$1'],
  [/'\\0'/g, '0x00'],
];
const CHARACTER = /'([ -&(-[\]-~])'/g;

/** What stands for "an array" in front of its parentheses or its braces. */
const CALL =
  /^(?:[\w\s.:$<>,*&[\]=]{0,300}?\b)?(?:u?byteArrayOf|arrayOf|listOf|mutableListOf|Array(?:\[Byte\])?|List|Seq|Vector|ByteString|Bytes|bytes|bytearray|pack|Buffer\.from|array|intArrayOf|tuple|chr|c|vec!|as\.raw)\s*\(\s*/;
const TEMPLATE = /<\s?(?:[\w:]+(?:\s?,\s?\d{1,9})?)?\s?>/g;

/**
 * Arrays as languages write them that have their own signs around each byte, or parentheses around them all:
 * `byteArrayOf(0x81.toByte(), 5)`, `(129, 5)`, `New Byte() {&H81, &H5}`, `{'\x81', 'H'}`, `std::vector<uint8_t> v{0x81}`.
 */
export const readProgramNumbers: ReadForm = (text): PasteResult | undefined => {
  if (text.length > MAX_CHARACTERS || !/[([{]/.test(text)) return undefined;
  let plain = text.trim().replace(/;$/, '');
  for (const [pattern, left] of AROUND_BYTES) plain = plain.replace(pattern, left);
  plain = plain
    .replace(TEMPLATE, ' ')
    .replace(CHARACTER, (_, character: string) => `0x${character.charCodeAt(0).toString(16)}`);
  const [opening] = CALL.exec(plain) ?? /^\(\s*(?=-?\d)/.exec(plain) ?? [];
  if (opening !== undefined && plain.endsWith(')')) {
    const inside = plain.slice(opening.length, -1).trim();
    if (!/^[[{<]/.test(inside)) plain = `[${inside}]`;
    else plain = inside;
  }
  if (plain === text.trim()) return undefined;
  const read = readNumberList(plain);
  // Without its own place in the text, a problem is better told by another reader.
  return read === undefined || 'problem' in read ? undefined : read;
};

/** In characters. A longer array is read in its plain form only. */
const MAX_CHARACTERS = 8 * 1024 * 1024;
