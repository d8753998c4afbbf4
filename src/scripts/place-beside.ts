const GAP = 6;
const EDGE = 12;

/** Puts an element of the top layer under another, or over it where there is no room, and within the window. */
export function placeBeside(note: HTMLElement, anchor: HTMLElement): void {
  // Of words that are broken over two lines, the first piece.
  const at = anchor.getClientRects()[0] ?? anchor.getBoundingClientRect();
  const { width, height } = note.getBoundingClientRect();
  const below = at.bottom + GAP;
  const top = below + height + EDGE <= innerHeight ? below : Math.max(EDGE, at.top - GAP - height);
  const left = Math.min(Math.max(EDGE, at.left), Math.max(EDGE, document.documentElement.clientWidth - EDGE - width));
  note.style.setProperty('top', `${top}px`);
  note.style.setProperty('left', `${left}px`);
}
