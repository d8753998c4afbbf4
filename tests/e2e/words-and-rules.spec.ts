import { expect, test } from '@playwright/test';

const CHAPTER = '/chapters/opening-handshake/';

test('a term shows what it means by mouse and by keyboard, and goes away with Escape', async ({ page }) => {
  await page.goto(CHAPTER);
  const term = page.locator('a[data-term]').first();
  const note = page.locator(`#${await term.getAttribute('data-term')}`);
  await expect(note).toBeHidden();
  await expect(term).toHaveAccessibleDescription(/carries bytes between two programs/);
  await term.hover();
  await expect(note).toBeVisible();
  await note.hover();
  await expect(note).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(note).toBeHidden();
  await page.mouse.move(0, 0);
  await page.getByRole('link', { name: 'Exercises', exact: true }).first().focus();
  for (let tabs = 0; tabs < 4 && !(await note.isVisible()); tabs++) await page.keyboard.press('Tab');
  await expect(note).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/glossary\/#tcp$/);
});

test('by touch, the first tap shows it and the second leads to the glossary', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ hasTouch: true, viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  await page.goto(`${baseURL}${CHAPTER}`);
  const term = page.locator('a[data-term]').nth(1);
  const note = page.locator(`#${await term.getAttribute('data-term')}`);
  await term.tap();
  await expect(note).toBeVisible();
  const box = await note.boundingBox();
  expect(box?.x).toBeGreaterThanOrEqual(0);
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(360);
  await term.tap();
  await expect(page).toHaveURL(/\/glossary\/#/);
  await context.close();
});

test('without JavaScript a term is a link to the glossary', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${baseURL}${CHAPTER}`);
  await page.locator('a[data-term]').first().click();
  await expect(page.locator('#tcp:target')).toBeVisible();
  await context.close();
});

test('a rule’s example opens in the decoder, on the byte that breaks it', async ({ page }) => {
  await page.goto('/reference/');
  await page.getByRole('link', { name: /open it.*the example of text-not-utf8/ }).click();
  await expect(page.locator('.frame-view .verdict')).toContainText('valid UTF-8. Broken by byte 8 of 9');
  await page.getByLabel('Bytes, in hex').fill('81 05 48');
  await expect(page.locator('.decoder > .verdict')).toContainText('should have 7 bytes');
  await page.getByLabel('a client').check();
  await expect(page.locator('.frame-view .verdict')).toContainText('A client masks every frame');
  await page.getByLabel('Bytes, in hex').fill('zz');
  await expect(page.locator('#decoder-problem')).not.toBeEmpty();
});

test('a capture is decoded beside the page, its broken frame opened, and given up for what is typed', async ({
  page,
}) => {
  const hello = Buffer.from('810548656c6c6f', 'hex');
  const capture = Buffer.concat([...Array.from({ length: 20_000 }, () => hello), Buffer.from('c100', 'hex')]);
  await page.goto('/decode/');
  await expect(page.locator('astro-island').first()).not.toHaveAttribute('ssr');
  await page
    .getByLabel('or a file')
    .setInputFiles({ name: 'a.bin', mimeType: 'application/octet-stream', buffer: capture });
  await expect(page.locator('.decoder > .verdict')).toContainText('There are 20001 frames');
  await expect(page.locator('.frame-view .verdict')).toContainText('RSV1 must be 0');
  await page.locator('.decoded-rows button').nth(1).click();
  await expect(page.locator('.frame-view .verdict')).toHaveCount(0);
  await expect(page.getByRole('grid', { name: 'Bytes of the frame' })).toContainText('48');
  await page.getByLabel('a client').check();
  await expect(page.locator('.frame-view .verdict')).toContainText('A client masks every frame');
  await page.getByLabel('Bytes, in hex').fill('8900');
  await expect(page.locator('.decoded-rows')).toHaveCount(0);
  await expect(page.getByRole('grid', { name: 'Bytes of the frame' }).getByRole('gridcell')).toHaveText(['89', '00']);
});
