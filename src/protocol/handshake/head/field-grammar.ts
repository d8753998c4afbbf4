const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const OUTSIDE_FIELD_VALUE = /[^\t\x20-\x7e\x80-\xff]/;
const WHITE_SPACE = ' \t\r\n';

/** Says whether a text is a token, the form of methods, header names and subprotocols. RFC 9110 §5.6.2. */
export function isToken(text: string): boolean {
  return TOKEN.test(text);
}

/**
 * Finds the first character that may not stand in a header's value: a control character (CR, LF and NUL
 * above all, which would let a value pass for another header line), or one that is no single byte. RFC 9110 §5.5.
 *
 * @returns its index, or -1
 */
export function findForbiddenCharacter(fieldValue: string): number {
  return fieldValue.search(OUTSIDE_FIELD_VALUE);
}

/**
 * Drops spaces, tabs and line ends around a text.
 *
 * Not `trim()`: it would also drop U+00A0, which is an ordinary byte in a header. Not a pattern either: `\s+$` takes
 * a time that grows with the square of a long run of spaces, and the peer chooses how long that run is.
 */
export function trimWhiteSpace(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && WHITE_SPACE.includes(text.charAt(start))) start++;
  while (end > start && WHITE_SPACE.includes(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}
