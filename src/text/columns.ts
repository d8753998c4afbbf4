const NOT_ASCII = /[^\0-\x7f]/;

/**
 * The maximum number of terminal columns that a text needs. Characters from the Hangul block on count twice, because many
 * of them are twice as wide.
 */
export function columnsOf(text: string): number {
  if (!NOT_ASCII.test(text)) return text.length;
  let columns = 0;
  for (const character of text) columns += (character.codePointAt(0) as number) < 0x1100 ? 1 : 2;
  return columns;
}

/** Cuts an escaped text to this many columns, with `…` if something is left out. */
export function fitColumns(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  let fitting = '';
  let taken = 2; // the ellipsis itself
  for (const character of text) {
    taken += columnsOf(character);
    if (taken > columns) break;
    fitting += character;
  }
  return `${fitting}…`;
}
