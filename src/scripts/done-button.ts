import { readProgress, writeDone } from './progress-store.ts';

/** Lets a chapter's button mark the chapter as done, and take the mark back. */
export function startDoneButton(): void {
  const button = document.querySelector<HTMLButtonElement>('[data-done-slug]');
  const slug = button?.dataset['doneSlug'];
  if (button === null || slug === undefined) return;
  const done = new Set(readProgress().done);
  const show = () => button.setAttribute('aria-pressed', String(done.has(slug)));
  button.addEventListener('click', () => {
    if (!done.delete(slug)) done.add(slug);
    writeDone(done);
    show();
  });
  show();
}
