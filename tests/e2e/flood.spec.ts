import { expect, test } from '@playwright/test';
import { floodTaps } from '../site/flood-taps.ts';
import { InspectorPage } from './inspector-page.ts';

const FRAMES = 100_003;

test('a hundred thousand frames are listed and scrolled; what is over is dropped and counted', async ({ page }) => {
  await floodTaps(page, FRAMES);
  const inspector = new InspectorPage(page);
  // With a frame in its address the page begins with all that it has.
  await page.goto('/#f=81024869');
  await expect(page.locator('.frame-list-count')).toHaveText('100,000 rows, 3 older ones dropped', { timeout: 25_000 });
  expect(await inspector.rows.count()).toBeLessThan(60);
  await expect(inspector.rows.last()).toHaveAttribute('aria-posinset', '100000');

  const list = page.getByRole('listbox', { name: 'What happened, in order' });
  await list.focus();
  await page.keyboard.press('Home');
  await expect(inspector.rows.first()).toHaveAttribute('aria-posinset', '1');
  await expect(inspector.rows.first()).toHaveAttribute('aria-selected', 'true');
  expect(await inspector.shownHex()).toBe('89024869');
  await page.keyboard.press('End');
  await expect(inspector.rows.last()).toHaveAttribute('aria-selected', 'true');

  // A scroll from end to end, one step a frame of the screen; the median, for a busy machine stalls now and then.
  const median = await list.evaluate(async (element) => {
    const stepsMs: number[] = [];
    for (let step = 0; step <= 60; step++) {
      const start = performance.now();
      element.scrollTop = (element.scrollHeight * step) / 60;
      await new Promise((done) => requestAnimationFrame(done));
      stepsMs.push(performance.now() - start);
    }
    return stepsMs.sort((a, b) => a - b)[30] ?? 0;
  });
  expect(median).toBeLessThan(100);
});
