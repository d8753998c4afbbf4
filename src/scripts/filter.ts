const ROWS = '[data-row], [data-part] tbody tr';

/** Lets a reader filter the rows of a page: those stay that have all the words in the field. */
export function startFilter(): void {
  const form = document.querySelector<HTMLFormElement>('[data-filter]');
  const input = form?.querySelector('input');
  const status = form?.querySelector('[role="status"]');
  if (!form || !input || !status) return;
  const rows = [...document.querySelectorAll<HTMLElement>(ROWS)].map((row) => ({
    row,
    text: (row.textContent ?? '').toLowerCase(),
  }));
  const filter = (): void => {
    const words = input.value.toLowerCase().split(/\s+/);
    for (const { row, text } of rows) row.hidden = !words.every((word) => text.includes(word));
    // From the inside out: a part may have parts of its own.
    for (const part of [...document.querySelectorAll<HTMLElement>('[data-part]')].reverse()) {
      part.hidden = [...part.querySelectorAll<HTMLElement>(ROWS)].every(({ hidden }) => hidden);
    }
    const shown = rows.filter(({ row }) => !row.hidden).length;
    status.textContent = input.value.trim() === '' ? '' : `${shown} of ${rows.length}`;
  };
  form.addEventListener('submit', (event) => event.preventDefault());
  input.addEventListener('input', filter);
  // A link to a row that is filtered out shows it.
  addEventListener('hashchange', () => {
    if (document.getElementById(location.hash.slice(1))?.closest('[hidden]') === null) return;
    input.value = '';
    filter();
    document.getElementById(location.hash.slice(1))?.scrollIntoView();
  });
  // A browser may have kept what was typed before a reload.
  filter();
}
