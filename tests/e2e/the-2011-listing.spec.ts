import { expect, type Locator, type Page, test } from '@playwright/test';
import { axeFindings } from './axe.ts';
import { wakeFigure } from './hydrated.ts';

const PATH = '/chapters/the-2011-listing/';

/** The figure of the 22 cases, as a person works it. */
async function openFigure(page: Page, hash = ''): Promise<Locator> {
  await page.goto(PATH + hash);
  const figure = page.locator('#listing-figure');
  await wakeFigure(figure);
  return figure;
}

test('a case is predicted, run and changed, and the address and the keyboard lead to another', async ({ page }) => {
  const figure = await openFigure(page, '#listing=3');
  await expect(figure.getByText('Two texts arrive in one read.')).toBeVisible();
  await expect(figure.locator('.listing-sides')).toHaveCount(0);
  await figure.getByRole('button', { name: 'both', exact: true }).click();
  await expect(figure.locator('.listing-verdict')).toContainText('No. The answer is: only the first.');
  const [listing, ours] = [
    figure.locator('.listing-sides section').nth(0),
    figure.locator('.listing-sides section').nth(1),
  ];
  await expect(listing.locator('.listing-did li')).toHaveText(['hands its handler “one”']);
  await expect(ours.locator('.listing-did li')).toHaveText(['hands its handler “one”', 'hands its handler “two”']);
  await expect(listing.locator('[data-tone="differs"]')).toContainText('still in its buffer ← here');
  await figure.getByRole('textbox').fill('81 82 00 00 00 00 48 69\n81 81 00 00 00 00 21');
  await expect(listing.locator('.listing-did li')).toHaveText(['hands its handler “Hi”', 'hands its handler “!”']);
  await figure.getByRole('textbox').fill('zz');
  await expect(figure.locator('.listing-problem')).not.toBeEmpty();
  await expect(figure.locator('.listing-sides')).toHaveCount(0);
  await figure.getByRole('button', { name: 'Next case' }).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#listing=4$/);
  await expect(figure.getByLabel('Case', { exact: true })).toHaveValue('4');
  await expect(figure.locator('.listing-score')).toHaveText('0 of 1 prediction right. 21 to go.');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in use, and nothing scrolls sideways on a phone, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 360, height: 740 });
    const figure = await openFigure(page, '#listing=12');
    await figure.getByRole('button', { name: 'both: it repeats the line' }).click();
    await expect(figure.locator('.listing-did').first()).toContainText('even with that repaired');
    expect(await axeFindings(page, '#listing-figure')).toEqual([]);
    await figure.getByLabel('Case', { exact: true }).selectOption('5');
    await figure.getByRole('button', { name: 'it closes the connection' }).click();
    await figure.getByText('The first frame, bit by bit').click();
    await expect(figure.getByRole('grid', { name: 'Bytes of the frame' })).toBeVisible();
    expect(await axeFindings(page, '#listing-figure')).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });
}
