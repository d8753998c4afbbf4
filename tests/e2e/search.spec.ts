import { expect, test } from '@playwright/test';
import { axeFindings } from './axe.ts';

const CHAPTER = '/chapters/the-frame/';

for (const keys of ['/', 'Control+k'] as const) {
  test(`${keys} opens the search over the page; arrows move, Enter follows, Escape closes`, async ({ page }) => {
    await page.goto(CHAPTER);
    await page.keyboard.press(keys);
    const dialog = page.getByRole('dialog', { name: 'Search' });
    await expect(dialog.getByRole('searchbox')).toBeFocused();
    await page.keyboard.type('masking key');
    const results = dialog.locator('.search-results a');
    await expect(results.first()).toBeVisible();
    await expect(dialog.getByRole('status')).toHaveText(/results?$/);
    await page.keyboard.press('ArrowDown');
    await expect(results.first()).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await expect(results.nth(1)).toBeFocused();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await expect(dialog.getByRole('searchbox')).toBeFocused();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await page.keyboard.press(keys);
    await expect(dialog.getByRole('searchbox')).toHaveValue(/^$|masking key/);
    await dialog.getByRole('searchbox').fill('masking key');
    await expect(results.first()).toBeVisible();
    const target = await results.first().getAttribute('href');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(new RegExp(`${target?.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`));
  });
}

test('the header’s link opens it too, and axe finds nothing in it', async ({ page }) => {
  await page.goto(CHAPTER);
  await page.getByRole('banner').getByRole('link', { name: 'Search' }).click();
  const dialog = page.getByRole('dialog', { name: 'Search' });
  await dialog.getByRole('button', { name: 'close code 1006' }).click();
  await expect(dialog.locator('.search-results a').first()).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(dialog).toBeHidden();
});

test('a slash that is typed into a field is a slash', async ({ page }) => {
  await page.goto('/glossary/');
  const filter = page.getByLabel('Filter the words');
  await filter.focus();
  await page.keyboard.type('a/b');
  await expect(filter).toHaveValue('a/b');
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('it says when nothing matches exactly, and when nothing matches at all', async ({ page }) => {
  await page.goto('/search/#q=maskng');
  const status = page.locator('main').getByRole('status');
  await expect(status).toHaveText('No exact match for “maskng”. Similar:');
  await expect(page.locator('main .search-results a').first()).toBeVisible();
  await page.getByRole('searchbox').fill('masking');
  await expect(status).toHaveText(/results?$/);
  await page.getByRole('searchbox').fill('qqqqqq');
  await expect(status).toHaveText('Nothing matches “qqqqqq”.');
  await expect(page.getByRole('button', { name: 'masking key' })).toBeVisible();
});

test('without JavaScript the header’s link leads to a page that says where else to look', async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${baseURL}${CHAPTER}`);
  await page.getByRole('banner').getByRole('link', { name: 'Search' }).click();
  await expect(page.getByRole('link', { name: 'list of chapters' })).toBeVisible();
  await context.close();
});
