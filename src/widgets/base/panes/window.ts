/** The rows of a long list that are drawn, and the room that those above and below them take. */
export interface ListWindow {
  readonly first: number;
  /** The row after the last. */
  readonly end: number;
  readonly aboveHeight: number;
  readonly belowHeight: number;
}

/** Rows drawn beyond each edge, so that scrolling does not show an empty strip. */
const MARGIN_ROWS = 12;

/**
 * Which rows of a list to draw: those that can be seen, and a few more. All rows are equally high.
 *
 * @param scrollTop in CSS pixels, as are the heights
 */
export function listWindow(count: number, rowHeight: number, scrollTop: number, viewHeight: number): ListWindow {
  const visibleFirst = Math.floor(scrollTop / rowHeight);
  const first = Math.max(0, Math.min(count, visibleFirst - MARGIN_ROWS));
  const end = Math.min(count, visibleFirst + Math.ceil(viewHeight / rowHeight) + MARGIN_ROWS);
  return { first, end, aboveHeight: first * rowHeight, belowHeight: (count - end) * rowHeight };
}
