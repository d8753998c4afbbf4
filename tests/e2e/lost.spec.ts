import { expect } from '@playwright/test';
import { InspectorPage } from './inspector-page.ts';
import { test } from './own-companion-test.ts';

test('a companion that goes away is missed, looked for, and found again', async ({ page, companion }) => {
  const inspector = new InspectorPage(page);
  await inspector.openLive(companion.addressOf('/'));
  await inspector.say('before');
  await companion.stop();
  await expect(inspector.badge).toHaveAttribute('data-state', 'lost');
  await expect(inspector.badge).toHaveText(/^connection lost: trying again in \d+ s$/);
  await expect(inspector.send).toBeDisabled();
  await expect(inspector.rows.filter({ hasText: 'before' })).toHaveCount(2);
  await companion.start();
  // It is looked for after one second, then two, then four: no button has to be pressed.
  await expect(inspector.badge).toHaveAttribute('data-state', 'live', { timeout: 15_000 });
  await inspector.say('after');
  await expect(inspector.rows.filter({ hasText: 'before' })).toHaveCount(2);
});

test('without waiting, the reader can go on simulated', async ({ page, companion }) => {
  const inspector = new InspectorPage(page);
  await inspector.openLive(companion.addressOf('/'));
  await companion.stop();
  await page.getByRole('button', { name: 'Use the simulation' }).click();
  await expect(inspector.badge).toHaveAttribute('data-state', 'simulated');
  await inspector.say('alone');
});
