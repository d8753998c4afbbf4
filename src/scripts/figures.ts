import { whyNotRun } from './why-not-run.ts';

const FIRST_USE = ['pointerdown', 'keydown', 'focusin', 'scroll'] as const;

/**
 * Fetches the code of all figures as soon as the page is used, even of those out of sight: the server might be gone when
 * they come into sight. A figure whose code cannot be loaded says so.
 */
export function startFigures(): void {
  const fetchAll = (): void => {
    for (const type of FIRST_USE) removeEventListener(type, fetchAll, true);
    for (const island of document.querySelectorAll('astro-island[ssr]')) {
      for (const name of ['component-url', 'renderer-url']) {
        const url = island.getAttribute(name);
        // If this fails, the page fetches it again when the figure is seen, and reports a failure then.
        if (url !== null) import(/* @vite-ignore */ url).catch(() => {});
      }
    }
  };
  for (const type of FIRST_USE) addEventListener(type, fetchAll, { capture: true, passive: true });
  document.addEventListener('astro:hydration-error', (event) => {
    if (!(event instanceof CustomEvent) || !(event.target instanceof Element)) return;
    event.target.prepend(noteOf(event.detail.error));
  });
}

function noteOf(cause: unknown): HTMLElement {
  const note = document.createElement('p');
  note.className = 'verdict';
  note.dataset['tone'] = 'danger';
  note.role = 'alert';
  note.textContent = `This figure shows its worked example, and no more. ${whyNotRun(cause)}`;
  return note;
}
