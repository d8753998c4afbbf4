/**
 * The height of a list's content at most, in CSS pixels. Firefox ends an element at 17.8 million, Chromium at 33.5 million; a
 * screen with two pixels for each halves that.
 */
export const MAX_CONTENT_HEIGHT = 8_000_000;

/** What the browser has of a list that is taller than it can be. */
export interface ScrollScale {
  /** The height of the content in the browser. */
  readonly contentHeight: number;
  /** How far the rows are shifted against their place in a list of full height, for the given `scrollTop`. */
  readonly shiftAt: (scrollTop: number) => number;
  /** The `scrollTop` at which a row at this place of the full height is at the top. */
  readonly scrollTopOf: (top: number) => number;
}

/**
 * Maps the positions of a scroll bar to those of a list of full height: both ends meet, and between them a pixel of the bar
 * stands for several of the list.
 */
export function scaleScroll(fullHeight: number, viewHeight: number): ScrollScale {
  const contentHeight = Math.min(fullHeight, MAX_CONTENT_HEIGHT);
  const [range, fullRange] = [Math.max(1, contentHeight - viewHeight), Math.max(1, fullHeight - viewHeight)];
  const factor = contentHeight === fullHeight ? 1 : fullRange / range;
  return {
    contentHeight,
    shiftAt: (scrollTop) => scrollTop * (factor - 1),
    scrollTopOf: (top) => top / factor,
  };
}

/**
 * The shift after a scroll. A short way is scrolled pixel by pixel, so that a wheel or a finger moves the rows as in any list;
 * a long way, and one that reaches an end, is looked up.
 */
export function shiftAfter(
  scale: ScrollScale,
  before: { scrollTop: number; shift: number },
  scrollTop: number,
  viewHeight: number,
): number {
  const looked = scale.shiftAt(scrollTop);
  const isShort = Math.abs(scrollTop - before.scrollTop) <= 2 * viewHeight;
  const atEnd = scrollTop <= viewHeight || scrollTop >= scale.contentHeight - 2 * viewHeight;
  return isShort && !atEnd ? before.shift : looked;
}
