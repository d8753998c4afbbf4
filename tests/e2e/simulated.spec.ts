import { expect, test } from '@playwright/test';
import { InspectorPage, payloadOf } from './inspector-page.ts';

test('without the companion the same job is done inside the page, which says so', async ({ page }) => {
  const inspector = new InspectorPage(page);
  await inspector.openSimulated();
  await expect(inspector.badge).toHaveText('an example');
  await expect(page.locator('.inspector .figure-note')).toContainText('npm start');
  await inspector.say('Hello');
  await expect(inspector.badge).toHaveText('an example, simulated in this page');
  await expect(inspector.rows).toHaveCount(4);
  const hex = await inspector.shownHex();
  expect(hex).toMatch(/^8185/);
  expect(payloadOf(hex)).toBe('Hello');
  await inspector.rows.last().click();
  expect(await inspector.shownHex()).toBe('810548656c6c6f');
});

test('each simulated frame has a fresh masking-key', async ({ page }) => {
  const inspector = new InspectorPage(page);
  await inspector.openSimulated();
  await inspector.say('Hello');
  const first = await inspector.shownHex();
  await inspector.message.press('Enter');
  await expect(inspector.rows).toHaveCount(6);
  await expect.poll(() => inspector.shownHex()).not.toBe(first);
});

test('in the simulation, close() refuses what a browser refuses', async ({ page }) => {
  const inspector = new InspectorPage(page);
  await inspector.openSimulated();
  await page.getByText('Send bytes or a long payload, or close the connection').click();
  await page.getByLabel('Status code').fill('1006');
  await page.getByRole('button', { name: 'Close the connection', exact: true }).click();
  await expect(inspector.rows.last()).toContainText('threw InvalidAccessError');
  await page.getByLabel('Status code').fill('1000');
  await page.getByRole('button', { name: 'Close the connection', exact: true }).click();
  await expect(inspector.rows.last()).toContainText('onclose: 1000');
});
