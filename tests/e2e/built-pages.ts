import { readdirSync } from 'node:fs';
import type { Page } from '@playwright/test';

const dist = new URL('../../dist/', import.meta.url);

/** The path of every page of the built site. */
export const BUILT_PATHS = readdirSync(dist, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.html'))
  .map((file) => `/${file.replaceAll('\\', '/').replace(/index\.html$/, '')}`);

/** What is loaded when it comes into sight is loaded then. */
export async function scrollThrough(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let top = 0; top < document.documentElement.scrollHeight; top += innerHeight) {
      scrollTo(0, top);
      // A busy browser may draw no frame for a while: what has come into sight is looked at all the same.
      await Promise.race([
        new Promise((done) => requestAnimationFrame(done)),
        new Promise((done) => setTimeout(done, 1000)),
      ]);
    }
    scrollTo(0, 0);
  });
  await page.waitForLoadState('networkidle');
}
