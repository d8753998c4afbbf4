import { expect, type Page } from '@playwright/test';
import { findUnseenText } from './unseen-text.ts';

/** Markup that would tell of itself, and what turns the direction of reading, hides, or moves a cursor. */
export const HOSTILE = '"><img src="/x" onerror="evil()"><script>evil()</script>\u202e\u2066\u200b\ufeff\u001b[2J';

/** Collects what the page's policy blocks, what the console calls an error, and whether a peer's script has run. */
export async function watchPage(page: Page): Promise<string[]> {
  const complaints: string[] = [];
  await page.exposeFunction('complain', (what: string) => complaints.push(what));
  await page.addInitScript(() => {
    const { complain } = window as unknown as { complain: (what: string) => void };
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile, sample }) =>
      complain(`${violatedDirective} blocks ${blockedURI} ${sample} of ${sourceFile}`),
    );
    Object.assign(window, { evil: () => complain('a script of the peer has run') });
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    // The lab breaks connections on purpose, and a browser calls that an error.
    const broken = /^WebSocket connection to 'ws:\/\/[^/]+\/lab\/act[?']/.test(message.text());
    if (message.type() === 'error' && !broken) complaints.push(message.text());
  });
  page.on('dialog', (dialog) => {
    complaints.push(`a dialog says ${dialog.message()}`);
    void dialog.dismiss();
  });
  return complaints;
}

/** What a peer sent is text in the page and nothing else, and all of it can be seen. */
export async function expectOnlyText(page: Page, complaints: readonly string[]): Promise<void> {
  await expect(page.locator('[onerror]').or(page.locator('script', { hasText: 'evil' }))).toHaveCount(0);
  expect(await findUnseenText(page)).toEqual([]);
  expect(complaints).toEqual([]);
}
