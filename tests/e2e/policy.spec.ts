import { expect, test } from '@playwright/test';
import { BUILT_PATHS, scrollThrough } from './built-pages.ts';
import { expectOnlyText, HOSTILE, watchPage } from './hostile.ts';
import { useFigures } from './use-figures.ts';

for (const path of BUILT_PATHS) {
  test(`${path}: nothing that its figures do is blocked, and what is typed into them is only ever text`, async ({
    page,
    context,
  }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const complaints = await watchPage(page);
    await page.goto(path);
    await scrollThrough(page);
    const islands = page.locator('main astro-island');
    await expect(islands.and(page.locator('[ssr]'))).toHaveCount(0);
    // The experiments break connections on purpose, and one uses up all sockets: they have a test of their own.
    await page.evaluate(() => {
      for (const run of document.querySelectorAll<HTMLButtonElement>('.experiment-buttons > button'))
        run.disabled = true;
    });
    expect(await useFigures(page, HOSTILE)).toBeGreaterThanOrEqual(await islands.count());
    await page.waitForLoadState('networkidle');
    await expectOnlyText(page, complaints);
  });
}

test('what is blocked would be seen: a handler, a style, a script and a frame of the peer', async ({ page }) => {
  const complaints = await watchPage(page);
  await page.goto('/');
  await page.evaluate(() => {
    document.body.insertAdjacentHTML(
      'beforeend',
      '<img src="/favicon.svg" onload="evil()"><p style="color:red">x</p><iframe src="https://example.com/"></iframe>',
    );
    const script = document.createElement('script');
    script.textContent = 'evil()';
    document.body.append(script);
  });
  await expect
    .poll(() => complaints.map((complaint) => complaint.split(' ')[0]))
    .toEqual(expect.arrayContaining(['frame-src', 'script-src-attr', 'script-src-elem', 'style-src-attr']));
  expect(complaints).not.toContain('a script of the peer has run');
});
