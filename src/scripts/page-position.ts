/**
 * Says where in a page the reader is: marks the current part in the list of contents, and names it in the bar at the top.
 * A part is current from the moment its heading has passed the upper quarter of the window.
 */
export function startPagePosition(): void {
  const fold = document.querySelector<HTMLDetailsElement>('.page-bar details');
  const name = fold?.querySelector<HTMLElement>('.bar-part');
  if (!fold || !name) return;
  const links = [...document.querySelectorAll<HTMLAnchorElement>('.page-contents a')];
  const passed = new Set<Element>();
  // The margin above has no end: a heading that a jump skips over has been passed as well.
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) passed[isIntersecting ? 'add' : 'delete'](target);
      const current = links[passed.size - 1];
      for (const link of links) link.ariaCurrent = link === current ? 'true' : null;
      name.textContent = current?.textContent ?? '';
      // For browsers whose progress line cannot follow the scrolling by itself.
      fold.style.setProperty('--read', String(passed.size / links.length));
    },
    { rootMargin: '9999999px 0px -75%' },
  );
  for (const link of links) {
    const heading = document.querySelector(`[id="${link.getAttribute('href')?.slice(1)}"]`);
    if (heading !== null) observer.observe(heading);
  }
  // A link in the list, or a press beside it, closes the list.
  addEventListener('click', ({ target }) => {
    if (!(target instanceof Node && fold.firstElementChild?.contains(target))) fold.open = false;
  });
}
