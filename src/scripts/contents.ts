import { clearProgress, formatProgress } from './progress-file.ts';
import { type Progress, readProgress } from './progress-store.ts';

/**
 * Shows in a list of chapters which are done and how many exercises are solved. Until there is something to show, the list
 * says nothing of it, and there is nothing to save or to reset.
 */
export function startContents(): void {
  const count = document.querySelector<HTMLElement>('[data-done-count]');
  const tools = document.querySelector<HTMLElement>('[data-progress-tools]');
  const untouched = count?.textContent ?? '';
  const show = () => {
    const progress = readProgress();
    const chapters = showMarks(progress);
    const exercises = showSolved(progress);
    const any = chapters.shown + exercises.shown > 0;
    if (count !== null) count.textContent = any ? `${chapters.sentence}, ${exercises.sentence}.` : untouched;
    if (tools !== null) tools.hidden = !any;
  };
  document.querySelector('[data-done-reset]')?.addEventListener('click', () => {
    clearProgress();
    show();
    count?.focus();
  });
  document
    .querySelector('[data-progress-save]')
    ?.addEventListener('click', () => saveFile('framelight-progress.json', formatProgress(readProgress())));
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
    place.textContent = here === 0 ? `${ids.length} exercises` : `${here} of ${ids.length} exercises`;
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
