import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { axeFindings } from './axe.ts';
import { watchPage } from './hostile.ts';
import { wakeFigure } from './hydrated.ts';
import { STATIC_SITE } from './ports.ts';

const PATH = '/experiments/';
const { outcomes } = JSON.parse(
  readFileSync(new URL('../../content/recordings/experiments-chromium.json', import.meta.url), 'utf8'),
) as { outcomes: Readonly<Record<string, readonly string[]>> };

async function run(page: Page, id: string): Promise<Locator> {
  const section = page.locator('.experiment').filter({ has: page.locator(`#${id}`) });
  await wakeFigure(section);
  await section.getByRole('button', { name: /^Run/ }).click();
  return section.locator('.experiment-lines li');
}

/** Quick ones, whose lines are the same each time: the button must do what the recorded code did. */
const QUICK = [
  'codes-you-may-not-use',
  'a-fox-too-many',
  'half-a-fox',
  'goodbye-and-lose-the-answer',
  'talk-to-the-dead',
  'close-before-it-opens',
  'names-nobody-speaks',
  'text-or-bytes',
  'a-code-that-nobody-may-send',
  'the-frame-that-took-it-along',
  'never-ending-message',
];

test('the buttons do what was recorded, and the policy of the page blocks nothing of it', async ({ page }) => {
  const complaints = await watchPage(page);
  await page.goto(PATH);
  for (const id of QUICK) {
    const lines = await run(page, id);
    await expect(lines, id).toHaveText([...(outcomes[id] ?? [])]);
  }
  expect(complaints.filter((complaint) => complaint.includes(' blocks '))).toEqual([]);
});

test('the stream shows what the browser hid from the script, and a frame opens', async ({ page }) => {
  await page.goto(PATH);
  const stream = page.locator('.experiments-stream');
  await wakeFigure(stream);
  await expect(stream.locator('.badge')).toHaveAttribute('data-state', 'live');
  const lines = await run(page, 'lie-about-the-end');
  await expect(lines.last()).toContainText('onclose: code 1006');
  const close = stream.getByRole('option', { name: /to the server.*close.*1002/ });
  await expect(close).toBeVisible();
  await close.click();
  await expect(stream.locator('.opened-frame h3')).toContainText('close, masked');
  expect(await axeFindings(page, '.experiments-stream')).toEqual([]);
  const inspector = await page.getByRole('link', { name: 'See them in the inspector' }).getAttribute('href');
  expect(inspector).toMatch(/^\/inspector\/#watch=[0-9a-f]{32}$/);
});

test('without the companion, a button says how to start it', async ({ page }) => {
  await page.goto(STATIC_SITE + PATH);
  const lines = await run(page, 'half-a-fox');
  await expect(lines).toHaveText(/Start our server with npm start/);
});
