import { expect, test } from '@playwright/test';
import { InspectorPage } from './inspector-page.ts';

const FRAMES = 100_003;
const frame = JSON.stringify({
  type: 'frame',
  connection: 1,
  direction: 'out',
  timeMs: 1,
  offset: 0,
  byteLength: 4,
  hex: '89024869',
  truncated: false,
  fields: [
    { name: 'FIN', bit: 0, bits: 1, value: 1, meaning: '', section: '5.2' },
    { name: 'opcode', bit: 4, bits: 4, value: 9, meaning: '', section: '5.2' },
  ],
  payload: { hex: '4869' },
  violations: [],
});

test('a hundred thousand frames are listed and scrolled; what is over is dropped and counted', async ({ page }) => {
  // A tap inside the page: a hundred thousand messages through the browser's debugger would be its test, not ours.
  await page.addInitScript(
    ({ text, count }) => {
      class FloodingSocket extends EventTarget {
        static readonly CONNECTING = 0;
        static readonly CLOSING = 2;
        readonly readyState = 1;
        onopen: (() => void) | undefined;
        onmessage: ((event: { data: string }) => void) | undefined;
        constructor(address: string) {
          super();
          setTimeout(() => {
            this.onopen?.();
            if (address.startsWith('/tap')) this.#flood(0);
          });
        }
        #flood(sent: number): void {
          const end = Math.min(count, sent + 1000);
          for (let i = sent; i < end; i++) this.onmessage?.({ data: text });
          if (end < count) setTimeout(() => this.#flood(end));
        }
        close(): void {}
      }
      Object.assign(window, { WebSocket: FloodingSocket });
    },
    { text: frame, count: FRAMES },
  );
  const inspector = new InspectorPage(page);
  await page.goto('/');
  await expect(page.locator('.frame-list-count')).toHaveText('100,000 rows, 3 older ones dropped', { timeout: 25_000 });
  expect(await inspector.rows.count()).toBeLessThan(60);
  await expect(inspector.rows.last()).toHaveAttribute('aria-posinset', '100000');

  const list = page.getByRole('listbox');
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
