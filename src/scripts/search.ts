import { isExactMatch, isSimilarMatch } from './exact-match.ts';

/** The part of Pagefind's API that is used here; the module itself is written when the site is built. */
interface Pagefind {
  debouncedSearch(words: string): Promise<{ results: { data(): Promise<Found> }[] } | null>;
}

interface Found {
  content: string;
  meta: { title?: string };
  sub_results: { title: string; url: string; excerpt: string }[];
}

const MAX_SHOWN = 12;

/** Opens the search over the page. Escape closes it, and gives the focus back. */
export function openSearch(): void {
  const dialog = document.querySelector<HTMLDialogElement>('.search-dialog');
  const place = dialog ?? document.querySelector<HTMLElement>('main [data-search]');
  if (dialog?.open === false) {
    startSearch(dialog);
    dialog.showModal();
  }
  place?.querySelector('input')?.select();
}

const started = new WeakSet<HTMLElement>();

/**
 * Runs a search: results while the reader types, and arrow keys that move through them.
 *
 * @param place holds what SearchForm.astro draws
 */
export function startSearch(place: HTMLElement, { keepsWordsInAddress = false } = {}): void {
  const input = place.querySelector('input');
  const list = place.querySelector<HTMLElement>('.search-results');
  const status = place.querySelector<HTMLElement>('.search-status');
  const suggestions = place.querySelector<HTMLElement>('.search-empty');
  if (!input || !list || !status || !suggestions || started.has(place)) return;
  started.add(place);

  let pagefind: Promise<Pagefind> | undefined;
  const show = (said: string, rows: readonly HTMLElement[], helps: boolean): void => {
    status.textContent = said;
    list.replaceChildren(...rows);
    suggestions.hidden = !helps;
  };
  const search = async (): Promise<void> => {
    const words = input.value.trim();
    if (keepsWordsInAddress) {
      history.replaceState(null, '', words === '' ? location.pathname : `#q=${encodeURIComponent(words)}`);
    }
    if (words === '') {
      show('', [], true);
      return;
    }
    try {
      pagefind ??= loadPagefind();
      const answer = await (await pagefind).debouncedSearch(words);
      if (answer === null) return; // A later keystroke has taken over.
      const pages = await Promise.all(answer.results.slice(0, MAX_SHOWN).map((result) => result.data()));
      if (input.value.trim() !== words) return;
      const matching = (isMatch: typeof isExactMatch) =>
        pages.filter(({ content, meta }) => isMatch(words, `${meta.title} ${content}`));
      const exact = matching(isExactMatch);
      const shown = exact.length > 0 ? exact : matching(isSimilarMatch);
      const rows = shown.flatMap((page) => page.sub_results.map((part) => row(page, part))).slice(0, MAX_SHOWN);
      show(sentence(words, rows.length, exact.length > 0), rows, rows.length === 0);
    } catch (cause) {
      pagefind = undefined;
      const said = cause instanceof Error ? cause.message : String(cause);
      show(`The search index could not be loaded: ${said}. Check that the server still runs.`, [], false);
    }
  };

  place.querySelector('.search-form')?.addEventListener('submit', (event) => {
    event.preventDefault();
    list.querySelector('a')?.click();
  });
  input.addEventListener('input', () => void search());
  suggestions.addEventListener('click', ({ target }) => {
    if (!(target instanceof HTMLButtonElement)) return;
    input.value = target.textContent;
    input.focus();
    void search();
  });
  place.addEventListener('keydown', (event) => moveFocus(event, input, list));
  // A result may lie on this very page.
  list.addEventListener('click', () => {
    if (place instanceof HTMLDialogElement) place.close();
  });
  if (!keepsWordsInAddress) return;
  input.value = new URLSearchParams(location.hash.slice(1)).get('q') ?? '';
  input.focus();
  void search();
}

async function loadPagefind(): Promise<Pagefind> {
  const path = '/pagefind/pagefind.js';
  return (await import(/* @vite-ignore */ path)) as Pagefind;
}

function sentence(words: string, count: number, exact: boolean): string {
  if (count === 0) return `Nothing matches “${words}”.`;
  if (!exact) return `No exact match for “${words}”. Similar:`;
  return count === 1 ? '1 result' : count === MAX_SHOWN ? `The first ${MAX_SHOWN} results` : `${count} results`;
}

function row(page: Found, part: Found['sub_results'][number]): HTMLElement {
  const item = document.createElement('li');
  const link = document.createElement('a');
  link.href = part.url;
  const title = page.meta.title ?? '';
  link.textContent = part.title === title ? title : `${title}: ${part.title}`;
  const excerpt = document.createElement('p');
  // Pagefind's excerpt is escaped text with <mark> around the words found: only those are taken from it.
  const given = new DOMParser().parseFromString(`<p>${part.excerpt}`, 'text/html').querySelector('p');
  for (const piece of given?.childNodes ?? []) {
    const text = piece.textContent ?? '';
    if (piece.nodeName !== 'MARK') excerpt.append(text);
    else excerpt.append(Object.assign(document.createElement('mark'), { textContent: text }));
  }
  item.append(link, excerpt);
  return item;
}

function moveFocus(event: KeyboardEvent, input: HTMLInputElement, list: HTMLElement): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const stops: HTMLElement[] = [input, ...list.querySelectorAll<HTMLElement>('a')];
  const at = stops.indexOf(document.activeElement as HTMLElement);
  const next = stops[at + (event.key === 'ArrowDown' ? 1 : -1)];
  if (at === -1 || next === undefined) return;
  event.preventDefault();
  next.focus();
}
