/** Bytes or a line that one of the two servers reads as one thing. */
export interface Piece {
  /** Counted in bytes, or in lines, from the first one; half-open. */
  readonly start: number;
  readonly end: number;
  /** The bytes in hex, cut if they are many; or the line. */
  readonly text: string;
  /** What it takes them for; empty if there is nothing to say. */
  readonly label: string;
  /** The field of a frame, in kebab-case, or what else it is. */
  readonly field: string;
  /** `differs`: the first piece that the other server reads differently. `rest`: not read. */
  readonly tone?: 'differs' | 'rest';
}

/** Marks the first piece in each reading that is not the same in the other. */
export function markDifference(a: readonly Piece[], b: readonly Piece[]): [Piece[], Piece[]] {
  const at = a.findIndex((piece, i) => !isSame(piece, b[i]));
  const place = at < 0 && b.length > a.length ? a.length : at;
  const mark = (pieces: readonly Piece[]) =>
    pieces.map((piece, i) => (i === place ? { ...piece, tone: 'differs' as const } : piece));
  return [mark(a), mark(b)];
}

function isSame(a: Piece, b: Piece | undefined): boolean {
  return b !== undefined && a.start === b.start && a.end === b.end && a.text === b.text && a.label === b.label;
}
