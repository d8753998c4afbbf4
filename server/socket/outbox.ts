/**
 * The same bytes in as few ranges as their memory allows, without a copy: frames encoded one after the other lie one after
 * the other. A range is a Buffer, as a socket would make of any other array: for a frame that goes to a thousand sockets,
 * that is done once.
 *
 * @param pieces at least one
 */
export function joinNeighbors(pieces: readonly Uint8Array<ArrayBuffer>[]): Buffer<ArrayBuffer>[] {
  const ranges: Buffer<ArrayBuffer>[] = [];
  let first = pieces[0] as Uint8Array<ArrayBuffer>;
  let { buffer, byteOffset: start } = first;
  let end = start + first.length;
  for (let i = 1; i <= pieces.length; i++) {
    const piece = pieces[i];
    if (piece !== undefined && piece.buffer === buffer && piece.byteOffset === end) {
      end += piece.length;
      continue;
    }
    const isWhole = end - start === first.length && Buffer.isBuffer(first);
    ranges.push(isWhole ? (first as Buffer<ArrayBuffer>) : Buffer.from(buffer, start, end - start));
    if (piece === undefined) break;
    first = piece;
    ({ buffer, byteOffset: start } = piece);
    end = start + piece.length;
  }
  return ranges;
}
