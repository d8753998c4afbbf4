// What no reader sees, or what moves the rest: control and format characters, among them ESC and the bidi controls,
// lone surrogates, and the separators of lines and paragraphs. A line feed separates the lines of a JSON document.
const UNSEEN = /(?!\n)[\p{C}\p{Zl}\p{Zp}]/gu;

/**
 * Quotes the peer's text within a sentence of ours, as JSON does: whatever could break the line, move a terminal's
 * cursor, turn the direction of reading or hide is written as an escape.
 */
export function quoteText(text: string): string {
  return escapeUnseen(JSON.stringify(text));
}

/** The same text without what cannot be seen. A JSON document keeps its value: such characters stand in its strings. */
export function escapeUnseen(json: string): string {
  return json.replace(UNSEEN, (character) => {
    const units = Array.from({ length: character.length }, (_, i) => character.charCodeAt(i));
    return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
  });
}
