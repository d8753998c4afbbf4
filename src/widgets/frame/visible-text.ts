/** A stretch of a text: as it stands, or written as an escape because it could not be seen. */
export interface TextPiece {
  readonly text: string;
  readonly escaped: boolean;
}

/** Controls, formats (the bidirectional ones among them), line separators and lone surrogates. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;
const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\0': '\\0' };

/**
 * Splits a peer's text so that nothing in it can hide, reorder or break what stands around it.
 *
 * @returns pieces in order; joined, they are the text with its invisible characters as escapes
 */
export function visiblePieces(text: string): TextPiece[] {
  const pieces: TextPiece[] = [];
  let plain = '';
  const endPlain = () => {
    if (plain !== '') pieces.push({ text: plain, escaped: false });
    plain = '';
  };
  for (const character of text) {
    if (!INVISIBLE.test(character)) {
      plain += character;
      continue;
    }
    endPlain();
    pieces.push({ text: escapeOf(character), escaped: true });
  }
  endPlain();
  return pieces;
}

/** The same as one string. */
export function visibleText(text: string): string {
  return visiblePieces(text)
    .map((piece) => piece.text)
    .join('');
}

function escapeOf(character: string): string {
  const hex = (character.codePointAt(0) ?? 0).toString(16);
  return SHORT[character] ?? (hex.length > 4 ? `\\u{${hex}}` : `\\u${hex.padStart(4, '0')}`);
}
