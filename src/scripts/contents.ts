import { clearProgress, formatProgress, type Progress, readProgress } from './progress-store.ts';

/** Shows the marks and the exercises solved in a list of chapters, counts them, lets them be saved and cleared. */
export function startContents(): void {
  const count = document.querySelector<HTMLElement>('[data-done-count]');
  const reset = document.querySelector<HTMLButtonElement>('[data-done-reset]');
  const save = document.querySelector<HTMLButtonElement>('[data-progress-save]');
  const show = () => {
    const progress = readProgress();
    const chapters = showMarks(progress);
    const exercises = showSolved(progress);
    if (count !== null) count.textContent = `${chapters.sentence}, ${exercises.sentence}`;
    if (reset !== null) reset.disabled = chapters.shown + exercises.shown === 0;
  };
  reset?.addEventListener('click', () => {
    clearProgress();
    show();
    count?.focus();
  });
  save?.addEventListener('click', () => saveFile('framelight-progress.json', formatProgress(readProgress())));
  show();
}

interface Count {
  readonly shown: number;
  readonly sentence: string;
}

function showMarks({ done }: Progress): Count {
  const marks = [...document.querySelectorAll<HTMLElement>('[data-done-mark]')];
  for (const mark of marks) mark.hidden = !done.has(mark.dataset['doneMark'] ?? '');
  const shown = marks.filter((mark) => !mark.hidden).length;
  return { shown, sentence: `${shown} of ${marks.length} chapters done` };
}

/** Each place says its chapter and that chapter's exercises; one that is there no more does not count. */
function showSolved({ solved }: Progress): Count {
  let [shown, total] = [0, 0];
  for (const place of document.querySelectorAll<HTMLElement>('[data-exercises-chapter]')) {
    const ids = place.dataset['exercisesIds']?.split(' ') ?? [];
    const done = solved.get(place.dataset['exercisesChapter'] ?? '');
    const here = ids.filter((id) => done?.has(id) === true).length;
    place.textContent = `${here} of ${ids.length} exercises`;
    place.dataset['complete'] = String(here === ids.length);
    shown += here;
    total += ids.length;
  }
  return { shown, sentence: `${shown} of ${total} exercises solved` };
}

function saveFile(name: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
