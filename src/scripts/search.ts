/** The part of Pagefind's API that this page uses; the module itself is written when the site is built. */
interface Pagefind {
  debouncedSearch(words: string): Promise<{ results: { data(): Promise<Found> }[] } | null>;
}

interface Found {
  meta: { title?: string };
  sub_results: { title: string; url: string; excerpt: string }[];
}

const SHOWN = 12;

/** Runs the search page: results while typing, the words in the address, arrows between the results. */
export function startSearch(): void {
  const form = document.querySelector<HTMLFormElement>('[data-search]');
  const input = form?.querySelector('input');
  const list = document.querySelector<HTMLElement>('[data-search-results]');
  const status = document.querySelector<HTMLElement>('[data-search-status]');
  if (!form || !input || !list || !status) return;

  let pagefind: Promise<Pagefind> | undefined;
  const search = async (): Promise<void> => {
    const words = input.value.trim();
    history.replaceState(null, '', words === '' ? location.pathname : `#q=${encodeURIComponent(words)}`);
    if (words === '') {
      list.replaceChildren();
      status.textContent = '';
      return;
    }
    try {
      pagefind ??= loadPagefind();
      const answer = await (await pagefind).debouncedSearch(words);
      if (answer === null) return; // A later keystroke has taken over.
      const pages = await Promise.all(answer.results.slice(0, SHOWN).map((result) => result.data()));
      if (input.value.trim() !== words) return;
      const rows = pages.flatMap((page) => page.sub_results.map((part) => row(page, part)));
      list.replaceChildren(...rows.slice(0, SHOWN));
      status.textContent = rows.length === 0 ? `Nothing found for “${words}”.` : `Found in ${places(rows.length)}.`;
    } catch (cause) {
      pagefind = undefined;
      status.textContent = `The search index could not be read (${String(cause)}). Build the site first: npm run build.`;
    }
  };

  form.addEventListener('submit', (event) => event.preventDefault());
  input.addEventListener('input', () => void search());
  document.addEventListener('keydown', (event) => moveFocus(event, input, list));
  const asked = new URLSearchParams(location.hash.slice(1)).get('q');
  if (asked !== null) input.value = asked;
  input.focus();
  void search();
}

async function loadPagefind(): Promise<Pagefind> {
  const path = '/pagefind/pagefind.js';
  return (await import(/* @vite-ignore */ path)) as Pagefind;
}

function places(count: number): string {
  return count === 1 ? 'one place' : count > SHOWN ? `more than ${SHOWN} places` : `${count} places`;
}

function row(page: Found, part: Found['sub_results'][number]): HTMLElement {
  const item = document.createElement('li');
  const body = document.createElement('div');
  const link = document.createElement('a');
  link.href = part.url;
  const chapter = page.meta.title ?? '';
  link.textContent = part.title === chapter ? chapter : `${chapter}: ${part.title}`;
  const excerpt = document.createElement('p');
  // Pagefind's excerpt is escaped text with <mark> around the words found: only those are taken from it.
  const given = new DOMParser().parseFromString(`<p>${part.excerpt}`, 'text/html').querySelector('p');
  for (const piece of given?.childNodes ?? []) {
    const text = piece.textContent ?? '';
    if (piece.nodeName !== 'MARK') excerpt.append(text);
    else excerpt.append(Object.assign(document.createElement('mark'), { textContent: text }));
  }
  body.append(link, excerpt);
  item.append(body);
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
