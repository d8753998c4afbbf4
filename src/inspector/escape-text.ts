import { UNSEEN } from '../protocol/quote-text.ts';

const SHORT_ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * A peer's text, fit for a terminal and for a line of its own: whatever could move the cursor, turn
 * the direction of reading or hide is written as an escape, `\u{1b}`. A backslash is doubled.
 */
export function escapeText(text: string): string {
  return text.replaceAll('\\', '\\\\').replace(UNSEEN, escapeCharacter);
}

/** One character in a cell of its own: a backslash there cannot be taken for the beginning of an escape. */
export function escapeAlone(character: string): string {
  return character.replace(UNSEEN, escapeCharacter);
}

function escapeCharacter(character: string): string {
  return SHORT_ESCAPES[character] ?? `\\u{${(character.codePointAt(0) as number).toString(16)}}`;
}

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

/** Cut after so many characters, with an ellipsis where something is left out. */
export function shorten(text: string, characters: number): string {
  return text.length <= characters ? text : `${text.slice(0, characters)}…`;
}

/** As much of a text as a line of JavaScript shows. */
const QUOTED_CHARACTERS = 40;

/** A text as JavaScript writes it, cut where it is long. */
export function quote(text: string): string {
  // By characters: half of one is nothing that can be seen.
  const written = [...escapeText(text.slice(0, QUOTED_CHARACTERS)).replaceAll('"', '\\"')];
  const isCut = Math.max(text.length, written.length) > QUOTED_CHARACTERS;
  return `"${written.slice(0, QUOTED_CHARACTERS).join('')}${isCut ? '…' : ''}"`;
}
