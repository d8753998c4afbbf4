import { expect, type Page, test } from '@playwright/test';

/** Opens a chapter with all its figures at work. */
async function openChapter(page: Page, path: string): Promise<void> {
  await page.goto(`/chapters/${path}`);
  for (const island of await page.locator('astro-island').all()) {
    await island.scrollIntoViewIfNeeded();
    await expect(island).not.toHaveAttribute('ssr');
  }
}

/** The same address in a new page: what a reader gets who was sent the link. */
async function openAgain(page: Page): Promise<Page> {
  const other = await page.context().newPage();
  const { pathname, hash } = new URL(page.url());
  await openChapter(other, pathname.replace('/chapters/', '') + hash);
  return other;
}

test('the calculator and the doctor keep to their own in one address', async ({ page }) => {
  await openChapter(page, 'accept-hash/');
  const key = (at: Page) => at.locator('.accept').getByRole('textbox').first();
  const answer = (at: Page) => at.locator('.accept-doctor').getByRole('textbox').last();
  await answer(page).fill('abc');
  await expect(page).toHaveURL(/accept=abc/);
  await key(page).fill('AAECAwQFBgcICQoLDA0ODw==');
  await expect(page).toHaveURL(/accept=abc/);
  const again = await openAgain(page);
  await expect(key(again)).toHaveValue('AAECAwQFBgcICQoLDA0ODw==');
  await expect(answer(again)).toHaveValue('abc');
});

test('the layers that are counted, and the message of a life, are in the address', async ({ page }) => {
  await openChapter(page, 'what-a-websocket-is/');
  await page.getByLabel('TLS').check();
  await page.getByLabel('TCP and IP').check();
  await expect(page).toHaveURL(/layers=tls\.tcp/);
  const life = page.locator('.timeline');
  await expect(life.getByRole('button', { name: 'Live through another' })).toHaveAttribute('aria-disabled', 'false');
  await life.getByLabel('Message').fill('Grüße');
  await life.getByLabel('Message').press('Enter');
  await expect(page).toHaveURL(/say=/);
  const again = await openAgain(page);
  await expect(again.getByLabel('TLS')).toBeChecked();
  await expect(again.getByLabel('TCP and IP')).toBeChecked();
  await expect(again.getByLabel('HTTP/2')).not.toBeChecked();
  await expect(again.locator('.timeline').getByLabel('Message')).toHaveValue('Grüße');
  await expect(again.locator('.ladder-title').filter({ hasText: 'text Grüße' })).toHaveCount(2);
});

test('the browser whose answer is looked at is in the address', async ({ page }) => {
  await openChapter(page, 'break-the-rules/');
  await page.getByRole('button', { name: 'RSV1 set', exact: true }).click();
  await page.getByRole('radio', { name: /^Firefox/ }).check();
  await expect(page).toHaveURL(/act=rsv1&met=Firefox/);
  const again = await openAgain(page);
  await expect(again.getByRole('radio', { name: /^Firefox/ })).toBeChecked();
  await expect(again.getByRole('button', { name: 'RSV1 set', exact: true })).toHaveAttribute('aria-expanded', 'true');
});
