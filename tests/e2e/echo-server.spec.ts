import { expect, type Page, test } from '@playwright/test';
import { axeFindings } from './axe.ts';
import { wakeFigure } from './hydrated.ts';
import { STATIC_SITE } from './ports.ts';

const PATH = '/chapters/echo-server/';

async function openFigure(page: Page, address: string) {
  await page.goto(address);
  const figure = page.locator('#echo-figure');
  await wakeFigure(figure);
  return figure;
}

for (const [state, site, badge] of [
  ['with the companion', '', 'live'],
  ['on any host', STATIC_SITE, 'simulated'],
] as const) {
  test(`${state}, the reader’s message is followed through every function`, async ({ page }) => {
    const figure = await openFigure(page, site + PATH);
    await expect(figure.locator('.badge')).toContainText(badge);
    await figure.getByLabel('Your message').fill('Grüße\u202e');
    await figure.getByRole('button', { name: 'Send' }).click();
    const row = (name: string) => figure.locator('.echo-row').filter({ has: page.getByText(name, { exact: true }) });
    await expect(row('Receiver.next')).toContainText('“Grüße\\u{202e}”');
    await expect(row('isPlainMessage')).toContainText('not all ASCII');
    await expect(row('Transport.read')).toContainText('on the server only');
    await expect(row('unmaskBytes')).toContainText('ran here');
    // By keyboard, to the last function and back to the cut.
    const step = figure.getByLabel('Step through the functions');
    await step.focus();
    await page.keyboard.press('End');
    await expect(row('Transport.flush')).toHaveAttribute('aria-current', 'step');
    await figure.getByRole('slider').first().focus();
    for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
    await expect(figure.locator('.echo-read')).toHaveCount(2);
    await expect(figure.locator('.echo-read').first()).toContainText('keeps 3 bytes of a header, and waits');
    await expect(figure.locator('.echo-read').last().locator('.echo-row').last()).toContainText('Transport.flush');
  });
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in use, and nothing scrolls sideways on a phone, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 360, height: 740 });
    const figure = await openFigure(page, STATIC_SITE + PATH);
    await figure.getByLabel('Your message').fill('x'.repeat(60));
    await figure.getByRole('button', { name: 'Send' }).click();
    await expect(figure.locator('.echo-row').first()).toContainText('66 bytes');
    await figure.getByRole('slider').first().press('PageUp');
    await expect(figure.locator('.echo-read')).toHaveCount(2);
    expect(await axeFindings(page, '.echo-path')).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });
}

test('on any host, a reader can look for the companion again, and goes on with the simulation', async ({ page }) => {
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  const figure = await openFigure(page, STATIC_SITE + PATH);
  await expect(figure.locator('.badge')).toContainText('simulated');
  const looked = page.waitForRequest('**/healthz');
  await figure.getByRole('button', { name: 'Look again' }).click();
  await looked;
  await expect(figure.locator('.badge')).toContainText('simulated');
  expect(errors).toEqual([]);
});
