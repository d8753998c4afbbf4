const CR = 0x0d;
const LF = 0x0a;

/**
 * Finds the empty line that ends a head. RFC 9112 §2.1.
 *
 * A lone LF counts as the end of a line here, so that a head with wrong line ends is found and refused at once.
 *
 * @param from where the new bytes begin: the line feed that ends the head must be one of them
 * @returns the index just after the empty line, or -1
 */
export function findEndOfHead(bytes: Uint8Array, from = 0): number {
  const emptyLineBefore = (end: number) => bytes[end - 1] === LF || (bytes[end - 1] === CR && bytes[end - 2] === LF);
  let lineEnd = bytes.indexOf(LF, from);
  while (lineEnd >= 0) {
    if (emptyLineBefore(lineEnd)) return lineEnd + 1;
    lineEnd = bytes.indexOf(LF, lineEnd + 1);
  }
  return -1;
}
