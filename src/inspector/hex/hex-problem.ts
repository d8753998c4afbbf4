/** The reason why a text cannot be read as bytes. */
export interface HexProblem {
  /** The mistake, and how to fix it. */
  readonly sentence: string;
  /** The wrong characters, as a half-open range of the text. */
  readonly start: number;
  readonly end: number;
}

/** The bytes of a text, or the reason why it cannot be read. */
export type HexResult = { readonly bytes: Uint8Array<ArrayBuffer> } | { readonly problem: HexProblem };

/** The result for a problem with the characters from `start` to `end`. */
export function hexProblem(sentence: string, start: number, end: number): { readonly problem: HexProblem } {
  return { problem: { sentence, start, end } };
}

/** The character at an index, in a form that can be shown in a sentence. */
export function showCharacter(text: string, at: number): string {
  const codePoint = text.codePointAt(at) ?? 0;
  const visible = codePoint > 0x20 && codePoint < 0x7f;
  return visible
    ? `"${String.fromCodePoint(codePoint)}"`
    : `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** The index after the character at `at`: a character may be two UTF-16 units. */
export function endOfCharacter(text: string, at: number): number {
  return at + ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);
}

const NOT_A_DIGIT = -1;

/** The value of every ASCII character that is a hex digit. */
const DIGIT_VALUES = Int8Array.from({ length: 0x80 }, (_, code) => {
  const value = Number.parseInt(String.fromCharCode(code), 16);
  return Number.isNaN(value) ? NOT_A_DIGIT : value;
});

/** The value of a UTF-16 unit as a hex digit; -1 for any other character. */
export function digitValue(code: number): number {
  return code < 0x80 ? (DIGIT_VALUES[code] as number) : NOT_A_DIGIT;
}

/** Whether a UTF-16 unit is white space, like `\s`. */
export function isSpace(code: number): boolean {
  if (code < 0x80) return code === 0x20 || (code >= 9 && code <= 13);
  return /\s/.test(String.fromCharCode(code));
}
