/**
 * Characters that a reader cannot see, or that move other text: control and format characters, including ESC and the bidi
 * controls; lone surrogates; unassigned characters; line and paragraph separators; and everything that a font can leave out
 * (Default_Ignorable_Code_Point), such as the 256 variation selectors, which can hide any bytes after a letter. Every
 * output escapes the matches of this expression, which has the flag `g`.
 */
export const UNSEEN = /[\p{C}\p{Zl}\p{Zp}\p{DI}]/gu;

/**
 * Quotes the peer's text in one of our sentences, like JSON. Characters that could break the line, move the cursor of a
 * terminal, reverse the reading direction or stay invisible are escaped.
 */
export function quoteText(text: string): string {
  return escapeUnseen(JSON.stringify(text));
}

/**
 * Escapes invisible characters as `\u` and four digits. A JSON document keeps its value, because such characters only
 * occur in its strings. Line feeds stay, because they separate the lines of a document.
 */
export function escapeUnseen(json: string): string {
  return json.replace(UNSEEN, (character) => {
    if (character === '\n') return character;
    const units = Array.from({ length: character.length }, (_, i) => character.charCodeAt(i));
    return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
  });
}
