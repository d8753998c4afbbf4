import { createHash } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { wakeFigure } from './hydrated.ts';
import { STATIC_SITE } from './ports.ts';

const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
const ACCEPT = 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=';
const acceptOf = (key: string) =>
  createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');

test('a key typed leads to its accept, and stands in the address', async ({ page }) => {
  await page.goto('/accept/');
  const key = page.getByLabel('Sec-WebSocket-Key');
  const accept = page.locator('.accept-header strong');
  await expect(page.locator('.accept .badge')).toHaveAttribute('data-state', 'live');
  await expect(accept).toHaveText(ACCEPT);
  await key.fill('x3JJHMbDL1EzLkh9GBhXDw==');
  await expect(accept).toHaveText('HSmrc0sMlYUkAGmm5OPpG2HaGWk=');
  await expect(page).toHaveURL(/#key=x3JJHMbDL1EzLkh9GBhXDw%3D%3D$/);
});

test('a whole header line that is pasted leaves its key in the field', async ({ page }) => {
  await page.goto('/accept/');
  await expect(page.locator('.accept .badge')).toHaveAttribute('data-state', 'live');
  const key = page.getByLabel('Sec-WebSocket-Key');
  await key.fill(`Sec-WebSocket-Key: ${KEY}`);
  await expect(key).toHaveValue(KEY);
  await expect(page.locator('#accept-verdict')).toContainText('A valid key');
  await expect(page).toHaveURL(/#key=dGhlIHNhbXBsZSBub25jZQ%3D%3D$/);
});

test('#key= fills the field, a plus as a plus', async ({ page }) => {
  const withPlus = 'AQIDBAUGBwgJCgsMDQ4P+w==';
  await page.goto(`/accept/#key=${withPlus}`);
  await expect(page.getByLabel('Sec-WebSocket-Key')).toHaveValue(withPlus);
  await expect(page.locator('.accept-header strong')).toHaveText(acceptOf(withPlus));
});

test('a bad key is marked where it is bad, and hashed with a warning', async ({ page }) => {
  await page.goto('/accept/');
  await expect(page.locator('.accept .badge')).toHaveAttribute('data-state', 'live');
  await page.getByLabel('Sec-WebSocket-Key').fill('dGhlIHNhb_BsZSBub25jZQ==');
  await expect(page.locator('#accept-verdict')).toContainText(/Character 10 is "_"/);
  await expect(page.locator('.key-wrong')).toHaveText('_');
  await expect(page.locator('#accept-verdict')).toContainText('hashes it, as shown below');
  await expect(page.locator('.accept-header strong')).toHaveText(acceptOf('dGhlIHNhb_BsZSBub25jZQ=='));
});

test('the browser’s own key is taken off the wire, and the companion answered what is computed', async ({ page }) => {
  await page.goto('/accept/');
  await wakeFigure(page.locator('.accept'));
  await page.getByRole('button', { name: 'Use my browser’s key' }).click();
  await expect(page.locator('#accept-verdict')).toContainText('the same value as computed below');
  const key = await page.getByLabel('Sec-WebSocket-Key').inputValue();
  expect(key).toMatch(/^[A-Za-z0-9+/]{22}==$/);
  expect(key).not.toBe(KEY);
  await expect(page.locator('.accept-header strong')).toHaveText(acceptOf(key));
});

test('bytes and characters light up together, by mouse and by key', async ({ page }) => {
  await page.goto('/accept/');
  await expect(page.locator('.accept .badge')).toHaveAttribute('data-state', 'live');
  const cell = (name: string | RegExp) => page.getByRole('button', { name });
  await cell('byte 2, hex 7a').click();
  await expect(page.locator('.accept-said')).toHaveText(
    /^byte 2 of 20, hex 7a: in characters 2 to 3, 3 \(55\), p \(41\)$/,
  );
  await expect(cell(/^character 2, value 55/)).toHaveAttribute('aria-pressed', 'true');
  await expect(cell(/^character 4, value/)).toHaveAttribute('aria-pressed', 'false');
  await page.keyboard.press('ArrowDown');
  await expect(cell(/^character 2, value 55/)).toBeFocused();
  await page.keyboard.press('End');
  await expect(cell('byte 20, hex ea')).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Escape');
  await expect(cell('byte 20, hex ea')).toHaveAttribute('aria-pressed', 'false');
});

test('without the companion a key is drawn in the page', async ({ page }) => {
  await page.goto(`${STATIC_SITE}/accept/`);
  await page.getByRole('button', { name: 'Draw a random key' }).click();
  const key = await page.getByLabel('Sec-WebSocket-Key').inputValue();
  expect(key).not.toBe(KEY);
  await expect(page.locator('.accept-header strong')).toHaveText(acceptOf(key));
});
