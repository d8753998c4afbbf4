import { expect, test } from '@playwright/test';
import { axeFindings } from './axe.ts';
import { BUILT_PATHS, scrollThrough } from './built-pages.ts';

for (const path of BUILT_PATHS) {
  test.describe(path, () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      test(`axe finds nothing, ${colorScheme}`, async ({ page }) => {
        await page.emulateMedia({ colorScheme });
        await page.goto(path);
        await scrollThrough(page);
        expect(await axeFindings(page)).toEqual([]);
      });
    }

    test('nothing scrolls sideways at 360 px', async ({ page }) => {
      await page.setViewportSize({ width: 360, height: 740 });
      await page.goto(path);
      await scrollThrough(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    });

    test('nothing is asked of any other host, and nothing is blocked or broken', async ({ page, baseURL }) => {
      const others: string[] = [];
      const complaints: string[] = [];
      const own = new URL(baseURL ?? '').host;
      page.on('request', (request) => {
        const url = new URL(request.url());
        if (url.protocol !== 'data:' && url.host !== own) others.push(request.url());
      });
      page.on('websocket', (socket) => {
        if (new URL(socket.url()).host !== own) others.push(socket.url());
      });
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(String(error)));
      await page.goto(path);
      await scrollThrough(page);
      expect(others).toEqual([]);
      expect(complaints).toEqual([]);
    });

    test('it can be read with JavaScript off', async ({ browser, baseURL }) => {
      const context = await browser.newContext({ javaScriptEnabled: false });
      const page = await context.newPage();
      await page.goto((baseURL ?? '') + path);
      await expect(page.locator('h1')).toBeVisible();
      expect((await page.locator('main').innerText()).length).toBeGreaterThan(60);
      for (const figure of await page.locator('main .figure').all()) {
        expect((await figure.innerText()).length).toBeGreaterThan(60);
      }
      await context.close();
    });
  });
}

test('the home page’s example is whole without JavaScript, and says that it is one', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(baseURL ?? '/');
  await expect(page.locator('.inspector .badge')).toHaveText('an example');
  expect((await page.locator('.strip-hex').allTextContents()).join('')).toBe('818537fa213d7f9f4d5158');
  expect((await page.locator('.strip-below').allTextContents()).join('')).toBe('Hello');
  await expect(page.locator('.strip-said')).toContainText('11 bytes: 2 say what is coming');
  await expect(page.getByLabel('Message', { exact: true })).toBeHidden();
  await context.close();
});
