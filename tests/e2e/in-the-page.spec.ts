import { expect, type Locator, type Page, test } from '@playwright/test';
import { axeFindings } from './axe.ts';
import { watchPage } from './hostile.ts';
import { wakeFigure } from './hydrated.ts';

/** Opens the editor of one function. */
async function openEditor(page: Page, stage: string): Promise<Locator> {
  const figure = page.locator(`[data-stage="${stage}"]`);
  await wakeFigure(figure);
  await figure.getByRole('button', { name: `Write ${stage} here` }).click();
  await expect(figure.getByRole('textbox')).toBeVisible();
  return figure;
}

async function write(figure: Locator, code: string): Promise<void> {
  await figure.getByRole('textbox').click();
  await figure.page().keyboard.press('Control+a');
  await figure.page().keyboard.insertText(code);
}

const run = (figure: Locator) => figure.getByRole('button', { name: 'Run the tests' }).click();
const verdict = (figure: Locator) => figure.locator('.own-code-outcome > .verdict');

test('a function is written, fails at its first wrong byte, passes, and is found again', async ({ page }) => {
  const complaints = await watchPage(page);
  await page.goto('/your-server/in-the-page/');
  const unmask = await openEditor(page, 'unmask');
  // Typed over a selection: the browser alone would do that with a style that the policy blocks.
  await unmask.getByRole('textbox').click();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('x');
  await write(unmask, 'function unmask(payload, key) {\n  return payload.map((byte, i) => byte ^ key[i]);\n}');
  // Where the mouse points, the frame says what is there.
  await page.mouse.move(0, 0);
  await page.keyboard.press('Control+Enter');
  await expect(verdict(unmask)).toHaveText(/^0 of 6 tests passed\./);
  await expect(unmask.locator('.own-code-failure')).toContainText('After the fourth, the key begins again');
  await expect(unmask.locator('td[data-first]')).toHaveText(['6f', '58']);
  await expect(unmask.locator('.frame-said')).toContainText('byte 11 of 11');
  expect(await axeFindings(page, '[data-stage="unmask"]')).toEqual([]);

  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await expect(unmask.getByRole('button', { name: 'Run the tests' })).toBeFocused();

  await write(unmask, 'function unmask(payload, key) {\n  return payload.map((byte, i) => byte ^ key[i % 4]);\n}');
  await run(unmask);
  await expect(verdict(unmask)).toHaveText(/^All 6 tests passed\./);
  expect(complaints).toEqual([]);

  await page.reload();
  await expect((await openEditor(page, 'unmask')).getByRole('textbox')).toContainText('key[i % 4]');
  const reader = await openEditor(page, 'createReader');
  await expect(reader).toContainText('You can call your unmask(). accept() and decodeHeader() come from the solutions');
});

test('a loop without an end is ended, and a whole server passes every case', async ({ page }) => {
  await page.goto('/your-server/in-the-page/');
  const server = await openEditor(page, 'createServer');
  await write(server, 'function createServer() {\n  for (;;) {}\n}');
  await run(server);
  await expect(server.locator('.own-code-failure')).toContainText('Your code ran for 2 seconds without an answer');
  await server.getByRole('button', { name: 'Use the solution' }).click();
  await run(server);
  await expect(verdict(server)).toHaveText(/^All \d+ cases: \d+ passed, \d+ allowed, 0 failed\. /, { timeout: 30_000 });
});
