/** Opens the search over the page: from the header's link, with `/`, and with Ctrl K. Without this, the link leads to /search/. */
export function startSearchKeys(): void {
  const link = document.querySelector<HTMLAnchorElement>('.search-link');
  link?.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    // Its code is loaded when it is first opened. If that fails, the search has a page of its own.
    import('./search.ts').then(
      ({ openSearch }) => openSearch(),
      () => location.assign(link.href),
    );
  });
  addEventListener('keydown', (event) => {
    const { key, target } = event;
    const isTyping = target instanceof Element && target.matches('input, textarea, select');
    if (event.ctrlKey || event.metaKey ? key !== 'k' : key !== '/' || isTyping) return;
    event.preventDefault();
    link?.click();
  });
}
