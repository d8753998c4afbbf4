import { expect, test } from '@playwright/test';
import { axeFindings } from './axe.ts';
import { wakeFigure } from './hydrated.ts';
import { STATIC_SITE } from './ports.ts';

const PATH = '/chapters/polling-measured/';
/** A run of a second: 60 events. */
const FAST = `${PATH}#delay=10&every=20&poll=30`;

test('the companion sends 60 events in four ways, and the page shows the bytes and the delays of each', async ({
  page,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(FAST);
  const lab = page.locator('.polling-lab');
  await wakeFigure(lab);
  await expect(lab.locator('.badge')).toHaveAttribute('data-state', 'live');
  await expect(lab.locator('.pl-said')).toContainText('A worked example');
  await lab.getByRole('button', { name: 'Run all four' }).click();
  await expect(lab).toHaveAttribute('data-origin', 'live');
  await expect(lab.locator('.pl-said')).toHaveText(
    'Measured at the companion’s sockets: 60 events, one every 20 ms on average, 10 ms each way, polled every 30 ms.',
  );
  const costs = lab.locator('.pl-rows').first();
  await expect(costs.locator('[data-transport="websocket"]')).toContainText(/\b2 bytes/);
  await expect(costs.locator('[data-transport="events"]')).toContainText(/\b14 bytes/);
  await expect(costs.locator('[data-transport="long-polling"]')).toContainText(/\d+ requests/);
  for (const strip of await lab.locator('.pl-strip[data-transport]').all())
    await expect(strip.locator('circle')).toHaveCount(60);
  await lab.getByLabel('Compare with the WebSocket').selectOption('polling');
  await expect(lab.locator('.pl-lane h5').first()).toHaveText('Polling');
  await expect(lab.locator('.pl-lane').first().locator('.pl-event-wait').first()).toBeAttached();
  await lab.getByLabel(/^TLS/).check();
  await expect(costs.locator('[data-transport="websocket"]')).toContainText(/\b24 bytes/);
  await expect(lab.locator('.pl-claims')).toContainText('24 for a frame, with TLS');
  expect(await axeFindings(page, '.polling-lab')).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
});

test('a run can be stopped, and run again', async ({ page }) => {
  await page.goto(PATH);
  const lab = page.locator('.polling-lab');
  await wakeFigure(lab);
  await lab.getByRole('button', { name: 'Run all four' }).click();
  // Not before something has come.
  await expect(lab.getByRole('progressbar')).not.toHaveAttribute('value', '0');
  await lab.getByRole('button', { name: 'Stop the run' }).click();
  await expect(lab.getByRole('alert')).toContainText('You stopped the run.');
  await expect(lab).toHaveAttribute('data-origin', 'example');
  await lab.getByRole('button', { name: 'Run all four' }).click();
  await expect(lab.getByRole('progressbar')).not.toHaveAttribute('value', '0');
});

test('without a companion, the network is simulated, and each choice shows at once', async ({ page }) => {
  await page.goto(`${STATIC_SITE}${FAST}`);
  const lab = page.locator('.polling-lab');
  await wakeFigure(lab);
  await expect(lab.locator('.badge')).toHaveAttribute('data-state', 'simulated');
  await expect(lab.getByRole('button', { name: 'Run all four' })).toHaveCount(0);
  await expect(lab.locator('.pl-said')).toContainText('Simulated: 60 events');
  await lab.getByLabel(/^An event every/).fill('1000');
  await expect(lab.locator('.pl-said')).toContainText('Simulated: 8 events');
  await expect(page).toHaveURL(/every=1000/);
});
