import { expect, test } from '@playwright/test';
import { axeFindings } from './axe.ts';
import { wakeFigure } from './hydrated.ts';
import { STATIC_SITE } from './ports.ts';

const PATH = '/chapters/safe-in-the-open/';

for (const [state, site, simulated] of [
  ['the companion', '', false],
  ['the policy in the page', STATIC_SITE, true],
] as const) {
  test(`${state} lets in the page that is its own, and answers 403 to strangers, as foreseen`, async ({ page }) => {
    await page.goto(`${site}${PATH}`);
    const figure = page.locator('.strangers');
    await wakeFigure(figure);
    await expect(figure.locator('.badge')).toHaveAttribute('data-state', simulated ? 'simulated' : 'live');
    for (const [id, status] of [
      ['own', 101],
      ['stranger', 403],
      ['sandbox', 403],
      ['rebound', 403],
    ] as const) {
      await figure.getByLabel('A WebSocket is opened by').selectOption(id);
      await figure.getByRole('button', { name: 'Send this request' }).click();
      for (const target of ['echo', 'room']) {
        await expect(figure.locator(`[data-answer="${target}"]`)).toContainText(`HTTP/1.1 ${status} `);
        await expect(figure.locator(`[data-server="${target}"] td`).first()).toHaveText(String(status));
      }
    }
    const answer = figure.locator('[data-answer="room"]');
    if (simulated) await expect(answer).toContainText('(simulated in this page)');
    else await expect(answer).not.toContainText('simulated');
    await expect(page).toHaveURL(/page=rebound/);
  });
}

test('axe finds nothing in use, and nothing scrolls sideways on a phone', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`${PATH}#page=neighbor&cookie=strict`);
  const figure = page.locator('.strangers');
  await wakeFigure(figure);
  await expect(figure.locator('[data-server="trusting"]')).toHaveAttribute('data-verdict', 'hijacked');
  await figure.getByRole('button', { name: 'Send this request' }).click();
  await expect(figure.locator('[data-answer="room"]')).toContainText('403');
  expect(await axeFindings(page, '.strangers')).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
});
