/** The class of a page that is still laid out piece by piece; the early script sets it. */
export const FIRST_PAINT = 'first-paint';

/** What may have been left out, as styles/first-paint.css has it. */
const PIECES = '.conformance-section, .figure, .code-excerpt, .table-scroll';

/**
 * Lays out what the first paint has left out, a piece a frame. All at once would keep
 * the page from answering for as long as a first paint of everything.
 */
export function layOutRest(): void {
  const root = document.documentElement;
  if (!root.classList.contains(FIRST_PAINT)) return;
  const pieces = document.querySelectorAll<HTMLElement>(PIECES).values();
  const layOutNext = (): void => {
    const { value: piece } = pieces.next();
    piece?.style.setProperty('content-visibility', 'visible');
    if (piece === undefined) root.classList.remove(FIRST_PAINT);
    else inNextFrame();
  };
  const inNextFrame = (): void => {
    requestAnimationFrame(() => setTimeout(layOutNext));
  };
  inNextFrame();
}
