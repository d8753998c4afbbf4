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
