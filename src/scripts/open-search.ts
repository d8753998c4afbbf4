/** Opens the search over the page: from the header's link, with `/`, and with Ctrl K. Without this, the link leads to /search/. */
export function startSearchKeys(): void {
  const open = (event: Event): void => {
    event.preventDefault();
    // Its code is loaded when it is first opened. If that fails, the search has a page of its own.
    import('./search.ts').then(
      ({ openSearch }) => openSearch(),
      () => location.assign('/search/'),
    );
  };
  document.querySelector('.search-link')?.addEventListener('click', (event) => {
    if (!(event instanceof MouseEvent && (event.ctrlKey || event.metaKey || event.shiftKey))) open(event);
  });
  addEventListener('keydown', (event) => {
    const { key, ctrlKey, metaKey, altKey, target } = event;
    const isTyping = target instanceof Element && target.matches('input, textarea, select');
    const withControl = ctrlKey || metaKey;
    if (!altKey && (withControl ? key === 'k' : key === '/' && !isTyping)) open(event);
  });
}
