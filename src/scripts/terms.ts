import { placeBeside } from './place-beside.ts';

const OPEN_AFTER_MS = 120;
const CLOSE_AFTER_MS = 200;

/** Shows a term's definition beside it: on hover, on focus, and on the first touch. Without this, a term is a link. */
export function startTerms(): void {
  const links = document.querySelectorAll<HTMLAnchorElement>('a[data-term]');
  let open: { readonly note: HTMLElement; readonly link: HTMLElement } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const close = (): void => {
    clearTimeout(timer);
    open?.note.hidePopover();
    open = undefined;
  };
  const show = (link: HTMLElement, note: HTMLElement): void => {
    clearTimeout(timer);
    if (open?.link === link) return;
    close();
    note.showPopover();
    placeBeside(note, link);
    open = { note, link };
  };
  const later = (wait: number, act: () => void): void => {
    clearTimeout(timer);
    timer = setTimeout(act, wait);
  };

  for (const link of links) {
    const note = document.getElementById(link.dataset['term'] ?? '');
    if (note === null) continue;
    link.addEventListener('pointerenter', ({ pointerType }) => {
      if (pointerType === 'mouse') later(OPEN_AFTER_MS, () => show(link, note));
    });
    link.addEventListener('pointerleave', ({ pointerType }) => {
      if (pointerType === 'mouse') later(CLOSE_AFTER_MS, close);
    });
    // A touch focuses the link as well: only a focus that is shown to the eye opens the note.
    link.addEventListener('focus', () => {
      if (link.matches(':focus-visible')) show(link, note);
    });
    link.addEventListener('blur', close);
    // The first touch opens the note, the second follows the link.
    link.addEventListener('click', (event) => {
      if (event.pointerType !== 'touch' || open?.link === link) return;
      event.preventDefault();
      show(link, note);
    });
    note.addEventListener('pointerenter', () => clearTimeout(timer));
    note.addEventListener('pointerleave', () => later(CLOSE_AFTER_MS, close));
  }

  document.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') close();
  });
  document.addEventListener('pointerdown', ({ target }) => {
    if (open === undefined || !(target instanceof Node)) return;
    if (!open.note.contains(target) && !open.link.contains(target)) close();
  });
  // The focus may have scrolled the page, and may still be at it.
  addEventListener('scroll', () => open && placeBeside(open.note, open.link), { passive: true });
}
