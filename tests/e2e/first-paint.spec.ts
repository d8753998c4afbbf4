import { expect, type Page, test } from '@playwright/test';

/** A long one, with figures, tables and code from its beginning to its end. */
const CHAPTER = '/chapters/messages-fragments-text/';
const WINDOWS = [
  { width: 360, height: 740 },
  { width: 1280, height: 900 },
] as const;

const laidOut = (page: Page) => page.locator('html:not(.first-paint)').waitFor();
const topOf = (page: Page, id: string) =>
  page.evaluate((id) => document.getElementById(id)?.getBoundingClientRect().top ?? Number.NaN, id);
/** All but the first, whose place the first paint knows already. */
const partsOf = (page: Page) =>
  page.locator('.prose > h2[id]').evaluateAll((headings) => headings.map(({ id }) => id).slice(1));

for (const viewport of WINDOWS) {
  test.describe(`${viewport.width} px wide`, () => {
    test.use({ viewport });

    test('the first paint leaves large pieces out, they are laid out after it, and nothing in sight moves', async ({
      page,
    }) => {
      await page.addInitScript(() => {
        const seen = { shift: 0, began: false };
        Object.assign(window, { seen });
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[]) seen.shift += entry.value;
        }).observe({ type: 'layout-shift', buffered: true });
        document.addEventListener('DOMContentLoaded', () => {
          seen.began = document.documentElement.classList.contains('first-paint');
        });
      });
      await page.goto(CHAPTER);
      await laidOut(page);
      const pieces = page.locator('.figure, .code-excerpt, .table-scroll');
      const left = await pieces.evaluateAll((all) =>
        all.filter((piece) => getComputedStyle(piece).contentVisibility !== 'visible').map((piece) => piece.className),
      );
      expect(left).toEqual([]);
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      expect(await page.evaluate(() => (window as unknown as { seen: object }).seen)).toEqual({
        shift: 0,
        began: true,
      });
      // As high as a page that was laid out all at once.
      await page.goto('about:blank');
      await page.goto(`${CHAPTER}#none`);
      await expect.poll(() => page.evaluate(() => document.documentElement.scrollHeight)).toBe(height);
    });

    test('an address leads to its part, wherever in the page that is', async ({ page }) => {
      await page.goto(CHAPTER);
      for (const id of await partsOf(page)) {
        await page.goto('about:blank');
        await page.goto(`${CHAPTER}#${id}`);
        expect(await page.evaluate(() => document.documentElement.className)).not.toContain('first-paint');
        await expect.poll(() => topOf(page, id), id).toBeLessThan(viewport.height / 2);
        expect(await topOf(page, id), id).toBeGreaterThanOrEqual(0);
      }
    });

    test('so does a link in the page', async ({ page }) => {
      await page.emulateMedia({ reducedMotion: 'reduce' });
      await page.goto(CHAPTER);
      for (const id of await partsOf(page)) {
        await page.evaluate(() => scrollTo(0, 0));
        if (viewport.width < 1100) await page.locator('.page-bar summary').click();
        const contents = page.locator(viewport.width < 1100 ? '.page-bar' : '.page-contents');
        await contents.locator(`a[href="#${id}"]`).click();
        await expect.poll(() => topOf(page, id), id).toBeLessThan(viewport.height / 2);
        expect(await topOf(page, id), id).toBeGreaterThanOrEqual(0);
      }
    });
  });
}

test('a page that is opened again where it was left is laid out all at once', async ({ page }) => {
  await page.goto(CHAPTER);
  await laidOut(page);
  await page.addInitScript(() => {
    document.addEventListener('DOMContentLoaded', () => {
      Object.assign(window, { classes: document.documentElement.className });
    });
  });
  await page.reload();
  expect(await page.evaluate(() => (window as unknown as { classes: string }).classes)).toBe('js');
});
