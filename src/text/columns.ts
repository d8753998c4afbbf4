const NOT_ASCII = /[^\0-\x7f]/;

/**
 * How many columns of a terminal a text takes at most: the characters from the Hangul block on are
 * counted twice, since many of them are twice as wide.
 */
export function columnsOf(text: string): number {
  if (!NOT_ASCII.test(text)) return text.length;
  let columns = 0;
  for (const character of text) columns += (character.codePointAt(0) as number) < 0x1100 ? 1 : 2;
  return columns;
}

/** As much of an escaped text as fits, with `…` where something is left out. */
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
