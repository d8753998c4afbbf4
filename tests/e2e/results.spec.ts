import { readdirSync } from 'node:fs';
import { expect, test } from '@playwright/test';

const recordings = readdirSync(new URL('../../content/recordings/peers/', import.meta.url));

test('the check page links to the results, and they to the page of every server', async ({ page }) => {
  await page.goto('/check/');
  await page.getByRole('link', { name: 'Results of other servers' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Test results of other servers');
  const rows = page.locator('.results-table').first().locator('tbody tr');
  await expect(rows).toHaveCount(recordings.length);
  await rows.filter({ hasText: 'Tornado' }).getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Tornado 6.2');
  await expect(page.getByText('import sys')).toBeVisible();
});

test('by keyboard: a failed case is opened, and its frames are opened in the decoder', async ({ page }) => {
  await page.goto('/check/results/python3-tornado/');
  const row = page.locator('[id="case-7.4-close-1006"]');
  await row.locator('summary').focus();
  await page.keyboard.press('Enter');
  await expect(row.locator('dl')).toContainText('close 1006');
  await expect(row.locator('dl')).toContainText('Status code 1006 stands for');
  await row.getByRole('link', { name: /^Open the received frames/ }).press('Enter');
  await expect(page.getByLabel('Bytes, as hex or in any other form')).toHaveValue('880203ee');
});

test('without JavaScript a case can be unfolded, on a telephone too', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  await page.goto(`${baseURL}/check/results/libwebsockets/`);
  for (const row of (await page.locator('.conformance-case summary').all()).slice(0, 6)) await row.click();
  await expect(page.locator('.conformance-case dl').first()).toContainText('GET /echo HTTP/1.1');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await context.close();
});
