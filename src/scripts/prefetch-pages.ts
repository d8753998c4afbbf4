/** A pointer on its way across a link does not ask for its page. */
const RESTS_AFTER_MS = 80;

/** Fetches the page that a link leads to as soon as a pointer rests on the link, or the focus comes to it. */
export function startPrefetch(): void {
  const asked = new Set([location.pathname]);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ask = ({ target }: Event): void => {
    clearTimeout(timer);
    const link = target instanceof Element ? target.closest('a') : null;
    if (link === null || link.origin !== location.origin || asked.has(link.pathname)) return;
    timer = setTimeout(() => {
      asked.add(link.pathname);
      const hint = document.createElement('link');
      hint.rel = 'prefetch';
      hint.href = link.pathname;
      document.head.append(hint);
    }, RESTS_AFTER_MS);
  };
  for (const type of ['pointerover', 'focusin']) document.addEventListener(type, ask, { passive: true });
}
