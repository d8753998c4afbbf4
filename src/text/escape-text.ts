import { UNSEEN } from './quote-text.ts';

const SHORT_ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * Escapes a peer's text for one line of a terminal or a page. Characters that could move the cursor, reverse the reading
 * direction or stay invisible become escapes such as `\u{1b}`. A backslash is doubled.
 */
export function escapeText(text: string): string {
  return text.replaceAll('\\', '\\\\').replace(UNSEEN, escapeCharacter);
}

/** The same, but keeps a backslash: for text that readers do not read as escaped, such as one character in a cell. */
export function escapeAlone(character: string): string {
  return character.replace(UNSEEN, escapeCharacter);
}

function escapeCharacter(character: string): string {
  return SHORT_ESCAPES[character] ?? `\\u{${(character.codePointAt(0) as number).toString(16)}}`;
}

/** Cuts a text after this many characters, with an ellipsis if something is left out. */
export function shorten(text: string, characters: number): string {
  return text.length <= characters ? text : `${text.slice(0, characters)}…`;
}

/** A longer text is cut. */
const MAX_QUOTED_CHARACTERS = 40;

/** Quotes a text like JavaScript, and cuts a long one. */
export function quote(text: string): string {
  // Cut between characters, not inside one.
  const written = [...escapeText(text.slice(0, MAX_QUOTED_CHARACTERS)).replaceAll('"', '\\"')];
  const isCut = Math.max(text.length, written.length) > MAX_QUOTED_CHARACTERS;
  return `"${written.slice(0, MAX_QUOTED_CHARACTERS).join('')}${isCut ? '…' : ''}"`;
}
