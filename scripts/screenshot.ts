import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { createCompanion } from '../server/server.ts';
import { findBrowser } from '../tests/browser.ts';

// Takes docs/screenshot.png, the README's picture of the home page in use. The site must be built.

const PICTURE = new URL('../docs/screenshot.png', import.meta.url);

await mkdir(new URL('.', PICTURE), { recursive: true });
const companion = createCompanion();
const url = await companion.listen();
const browser = await chromium.launch(await findBrowser());
const page = await browser.newPage({
  viewport: { width: 1280, height: 1500 },
  colorScheme: 'light',
  reducedMotion: 'reduce',
});
await page.goto(url);
await page.locator('.inspector .badge[data-state="live"]').waitFor();
await page.getByRole('button', { name: 'Show everything' }).click();
await page.getByText('onmessage: "Hello"').waitFor();
const message = page.getByLabel('Message', { exact: true });
await message.fill('Hello');
await message.press('Enter');
await page.getByText('onmessage: "Hello"').last().waitFor();
await page.evaluate('document.fonts.ready');
await page.screenshot({ path: fileURLToPath(PICTURE) });
await browser.close();
await companion.close();
