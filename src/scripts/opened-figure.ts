/** Scrolls to the figure whose parameter is in the address: `#xor=…` opens the one with `data-opens="xor"`. */
export function showOpenedFigure(): void {
  const parameters = new URLSearchParams(location.hash.slice(1));
  for (const place of document.querySelectorAll<HTMLElement>('[data-opens]')) {
    if (parameters.has(place.dataset['opens'] ?? '')) place.scrollIntoView({ behavior: 'instant' });
  }
}
