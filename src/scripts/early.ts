import { createHash } from 'node:crypto';
import { FIRST_PAINT } from './first-paint.ts';
import { THEME_KEY } from './theme.ts';

/** In pixels: in no chapter does what the first paint leaves out begin higher. */
const TOP_OF_LEFT_OUT = 1500;

/**
 * The one script that stands in the page itself: it must run before the first paint, so that a remembered theme
 * does not flash. A page that is opened at its top is then laid out piece by piece. One that is opened further down, or
 * again where it was left, is laid out all at once, for only then is that place exact; and so it is in a window so high
 * that it shows what would be left out.
 */
export const earlyScript = `(() => {
  const root = document.documentElement;
  root.classList.add('js');
  const [load] = performance.getEntriesByType('navigation');
  if (location.hash === '' && load?.type === 'navigate' && innerHeight < ${TOP_OF_LEFT_OUT}) root.classList.add('${FIRST_PAINT}');
  try {
    const theme = localStorage.getItem('${THEME_KEY}');
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
  } catch {}
})();`;

/** Its hash, by which the page's content security policy lets it run. */
export const earlyScriptHash = `sha256-${createHash('sha256').update(earlyScript).digest('base64')}` as const;
