/** Bits of one frame, counted from its first; half-open. The panes of a figure share one. */
export interface BitRange {
  readonly start: number;
  readonly end: number;
}

/** The eight bits of one byte. */
export function byteRange(index: number): BitRange {
  return { start: index * 8, end: index * 8 + 8 };
}

/** The bits of the bytes from `start` to `end`, half-open. */
export function bytesRange(start: number, end: number): BitRange {
  return { start: start * 8, end: end * 8 };
}

/** The smallest range that holds both. */
export function join(a: BitRange, b: BitRange): BitRange {
  return { start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) };
}

/** Whether both share a bit. */
export function overlaps(a: BitRange, b: BitRange | undefined): boolean {
  return b !== undefined && a.start < b.end && b.start < a.end;
}

export function sameRange(a: BitRange | undefined, b: BitRange | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && a.start === b.start && a.end === b.end);
}

/** The part of `range` within `bounds`; undefined if there is none. */
export function clip(range: BitRange | undefined, bounds: BitRange): BitRange | undefined {
  if (range === undefined || !overlaps(range, bounds)) return undefined;
  return { start: Math.max(range.start, bounds.start), end: Math.min(range.end, bounds.end) };
}
