import { UNSEEN } from './quote-text.ts';

const SHORT_ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * A peer's text, fit for a terminal and for a line of its own: whatever could move the cursor, turn
 * the direction of reading or hide is written as an escape, `\u{1b}`. A backslash is doubled.
 */
export function escapeText(text: string): string {
  return text.replaceAll('\\', '\\\\').replace(UNSEEN, escapeCharacter);
}

/** The same, but a backslash stays as it is: for text in which nobody looks for an escape, such as one character in a cell. */
export function escapeAlone(character: string): string {
  return character.replace(UNSEEN, escapeCharacter);
}

function escapeCharacter(character: string): string {
  return SHORT_ESCAPES[character] ?? `\\u{${(character.codePointAt(0) as number).toString(16)}}`;
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
