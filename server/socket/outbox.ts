/**
 * Joins neighboring pieces of memory into as few ranges as possible, without a copy. Frames that are encoded one after the
 * other are neighbors. Each range is a Buffer, because a socket would convert any other array: a frame for a thousand
 * sockets is converted once.
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
