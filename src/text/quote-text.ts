/**
 * What no reader sees, or what moves the rest: control and format characters, among them ESC and the bidi controls; lone
 * surrogates; characters that Unicode has not assigned; separators of lines and paragraphs; and everything that a font
 * may leave out (Default_Ignorable_Code_Point), such as variation selectors, 256 of which can carry any bytes behind
 * one letter. The escapes of every output are made with this one expression; it has the flag `g`.
 */
export const UNSEEN = /[\p{C}\p{Zl}\p{Zp}\p{DI}]/gu;

/**
 * Quotes the peer's text within a sentence of ours, as JSON does: whatever could break the line, move a terminal's
 * cursor, turn the direction of reading or hide is written as an escape.
 */
export function quoteText(text: string): string {
  return escapeUnseen(JSON.stringify(text));
}

/**
 * The same text without what cannot be seen. A JSON document keeps its value: such characters stand in its strings.
 * Line feeds stay, since they separate the lines of a document.
 */
export function escapeUnseen(json: string): string {
  return json.replace(UNSEEN, (character) => {
    if (character === '\n') return character;
    const units = Array.from({ length: character.length }, (_, i) => character.charCodeAt(i));
    return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
  });
}
