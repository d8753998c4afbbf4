const WHITE_SPACE = ' \t\r\n';

/**
 * Removes spaces, tabs and line ends around a text.
 *
 * Not `trim()`: it would also remove U+00A0, which is an ordinary byte in a header. Not a regular expression either: for
 * `\s+$`, the time grows with the square of the length of a run of spaces, and the peer chooses that length.
 */
export function trimWhiteSpace(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && WHITE_SPACE.includes(text.charAt(start))) start++;
  while (end > start && WHITE_SPACE.includes(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}
