import { createHash } from 'node:crypto';
import { THEME_KEY } from './theme.ts';

/**
 * The one script that stands in the page itself: it must run before the first paint, so that a remembered theme
 * does not flash.
 */
export const earlyScript = `(() => {
  const root = document.documentElement;
  root.classList.add('js');
  try {
    const theme = localStorage.getItem('${THEME_KEY}');
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
  } catch {}
})();`;

/** Its hash, by which the page's content security policy lets it run. */
export const earlyScriptHash = `sha256-${createHash('sha256').update(earlyScript).digest('base64')}` as const;
