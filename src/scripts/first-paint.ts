/** The class of a page that is still laid out piece by piece; the early script sets it. */
export const FIRST_PAINT = 'first-paint';

/** What may be left out, as in styles/first-paint.css: what stands in the first window moves if its height is a guess. */
const LEFT_OUT = [
  '.check-section:nth-of-type(n + 4)',
  ':is(.prose > :nth-child(n + 12), .prose > :nth-child(n + 12) *):is(.figure, .code-excerpt, .table-scroll)',
].join();

/**
 * Lays out what the first paint has left out, a piece a frame, while nothing else is to do. All at once would keep
 * the page from answering for as long as a first paint of everything.
 */
export function layOutRest(): void {
  const root = document.documentElement;
  if (!root.classList.contains(FIRST_PAINT)) return;
  const pieces = document.querySelectorAll<HTMLElement>(LEFT_OUT).values();
  const layOutNext = (): void => {
    const { value: piece } = pieces.next();
    piece?.style.setProperty('content-visibility', 'visible');
    if (piece === undefined) root.classList.remove(FIRST_PAINT);
    else inNextFrame();
  };
  const inNextFrame = (): void => {
    requestAnimationFrame(() => {
      // Safari has no idle time to give.
      if ('requestIdleCallback' in window) requestIdleCallback(layOutNext);
      else setTimeout(layOutNext);
    });
  };
  inNextFrame();
}
