/** Why a text is not bytes. */
export interface HexProblem {
  /** What is wrong, and what to write instead. */
  readonly sentence: string;
  /** The characters it speaks of, as indices of the text; half-open. */
  readonly start: number;
  readonly end: number;
}

export type HexResult = { readonly bytes: Uint8Array<ArrayBuffer> } | { readonly problem: HexProblem };

/** Bytes that are parsed one by one, or why they cannot be. */
export type ParsedBytes = { readonly values: number[] } | { readonly problem: HexProblem };

/** The result that names a problem with the characters from `start` to `end`. */
export function hexProblem(sentence: string, start: number, end: number): { readonly problem: HexProblem } {
  return { problem: { sentence, start, end } };
}

/** The character at an index, as a sentence can show it. */
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
