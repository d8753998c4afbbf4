const KEY = 'framelight:done';

/** The slugs of the chapters marked as done in this browser. */
export function readDone(): Set<string> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return new Set(Array.isArray(kept) ? kept.filter((slug) => typeof slug === 'string') : []);
  } catch {
    return new Set();
  }
}

function writeDone(done: ReadonlySet<string>): void {
  try {
    localStorage.setItem(KEY, JSON.stringify([...done]));
  } catch {
    // Storage can be refused (a private window): the marks then last as long as the page.
  }
}

/** Lets a chapter's button mark the chapter as done, and take the mark back. */
export function startDoneButton(): void {
  const button = document.querySelector<HTMLButtonElement>('[data-done-slug]');
  const slug = button?.dataset['doneSlug'];
  if (button === null || slug === undefined) return;
  const done = readDone();
  const show = () => button.setAttribute('aria-pressed', String(done.has(slug)));
  button.addEventListener('click', () => {
    if (!done.delete(slug)) done.add(slug);
    writeDone(done);
    show();
  });
  show();
}

/** Shows the marks in a list of chapters, counts them, and lets them be cleared. */
export function startContents(): void {
  const marks = [...document.querySelectorAll<HTMLElement>('[data-done-mark]')];
  const count = document.querySelector<HTMLElement>('[data-done-count]');
  const reset = document.querySelector<HTMLButtonElement>('[data-done-reset]');
  const show = () => {
    const done = readDone();
    for (const mark of marks) mark.hidden = !done.has(mark.dataset['doneMark'] ?? '');
    const shown = marks.filter((mark) => !mark.hidden).length;
    if (count !== null) count.textContent = `${shown} of ${marks.length} done`;
    if (reset !== null) reset.disabled = shown === 0;
  };
  reset?.addEventListener('click', () => {
    writeDone(new Set());
    show();
    count?.focus();
  });
  show();
}
