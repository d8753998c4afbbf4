import { expect, type Page, test } from '@playwright/test';
import { axeFindings } from './axe.ts';
import { InspectorPage, payloadOf } from './inspector-page.ts';
import { STATIC_SITE } from './ports.ts';

const EXAMPLE = '818537fa213d7f9f4d5158';

for (const viewport of [
  { width: 1280, height: 800 },
  { width: 360, height: 740 },
]) {
  test.describe(`${viewport.width}×${viewport.height}`, () => {
    test.use({ viewport });

    test('the reader’s own frame stands above the fold, sent by the page itself', async ({ page }) => {
      const inspector = new InspectorPage(page);
      await inspector.openAtRest();
      await expect(inspector.title).toHaveText('Your browser sent these bytes');
      const hex = await inspector.stripHex();
      expect(hex).not.toBe(EXAMPLE);
      expect(payloadOf(hex)).toBe('Hello');
      const parts = [inspector.title, inspector.badge, page.getByRole('link', { name: 'Start the tutorial' })];
      for (const part of [...parts, page.getByRole('link', { name: 'Inspect your own WebSocket' })]) {
        await expect(part).toBeInViewport({ ratio: 1 });
      }
      for (const tile of await inspector.strip.locator('.strip-hex').all()) {
        const box = await tile.boundingBox();
        if (box === null) throw new Error('a byte is not drawn');
        expect(box.y + box.height).toBeLessThanOrEqual(viewport.height);
        expect(box.x + box.width).toBeLessThanOrEqual(viewport.width);
        expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(24);
      }
      // What the page has done by itself is not a place that somebody meant to name.
      expect(new URL(page.url()).hash).toBe('');
    });

    test('no two chapters of a list overlap, and each has room for its words', async ({ page }) => {
      for (const [path, items] of [
        ['/', '.home-list > li'],
        ['/no-such-page/', '.chapter-list > li'],
      ] as const) {
        await page.goto(path);
        const boxes = await page
          .locator(items)
          .evaluateAll((found) => found.map((item) => item.getBoundingClientRect().toJSON() as DOMRect));
        expect(boxes.length).toBeGreaterThan(8);
        for (const [i, a] of boxes.entries()) {
          expect(a.width).toBeGreaterThan(300);
          const below = boxes.slice(i + 1);
          const overlaps = below.some(
            (b) => a.x < b.right && b.x < a.right && a.y < b.bottom - 1 && b.y < a.bottom - 1,
          );
          expect(overlaps, `chapter ${i + 1} at ${path} lies over another`).toBe(false);
        }
      }
    });

    test('Send: the new frame is in sight, and the text is selected for the next', async ({ page }) => {
      const inspector = new InspectorPage(page);
      await inspector.openAtRest();
      const before = await inspector.stripHex();
      await inspector.message.fill('Hi there');
      await inspector.send.click();
      await expect.poll(() => inspector.stripHex()).not.toBe(before);
      expect(payloadOf(await inspector.stripHex())).toBe('Hi there');
      await expect(inspector.strip.last()).toBeInViewport({ ratio: 1 });
      await expect(inspector.strip.first()).toBeInViewport({ ratio: 1 });
      const selected = await inspector.message.evaluate((input: HTMLInputElement) =>
        input.value.slice(input.selectionStart ?? 0, input.selectionEnd ?? 0),
      );
      expect(selected).toBe('Hi there');
    });

    test('nothing moves while the own frame takes the place of the example', async ({ page }) => {
      await page.addInitScript(() => {
        const seen = { shift: 0 };
        Object.assign(window, { seen });
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[]) seen.shift += entry.value;
        }).observe({ type: 'layout-shift', buffered: true });
      });
      const inspector = new InspectorPage(page);
      await inspector.openAtRest();
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      expect(await page.evaluate(() => (window as unknown as { seen: { shift: number } }).seen.shift)).toBeLessThan(
        0.01,
      );
    });
  });
}

test.describe('it never calls an example the reader’s own', () => {
  const words = (page: Page) => page.locator('.inspector').innerText();
  const expectExample = async (page: Page) => {
    const inspector = new InspectorPage(page);
    await expect(inspector.badge).toContainText('an example');
    await expect(inspector.badge).not.toHaveAttribute('data-state', 'live');
    expect(await words(page)).not.toMatch(/your browser (sent|made) these|went nowhere else/i);
  };

  test('without the server, at rest and after Send', async ({ page }) => {
    await page.goto(STATIC_SITE);
    await expect(page.locator('.inspector .figure-note')).toContainText('npm start');
    await expectExample(page);
    const inspector = new InspectorPage(page);
    expect(await inspector.stripHex()).toBe(EXAMPLE);
    await inspector.message.fill('Hi');
    await inspector.send.click();
    await expect(inspector.badge).toHaveText('an example, simulated in this page');
    await expectExample(page);
    expect(payloadOf(await inspector.stripHex())).toBe('Hi');
  });

  test('before the server has answered', async ({ page }) => {
    await page.route('**/healthz', () => {});
    await page.goto('/');
    await expectExample(page);
    expect(await new InspectorPage(page).stripHex()).toBe(EXAMPLE);
  });

  test('a frame from a link, until the reader sends one', async ({ page }) => {
    await page.goto('/#f=818241424344090a');
    const inspector = new InspectorPage(page);
    await expect(inspector.badge).toHaveText('an example, from the address');
    await expect(inspector.rows.last()).toContainText('onopen');
    await expectExample(page);
    await inspector.message.fill('Mine');
    await inspector.send.click();
    await expect(inspector.badge).toHaveAttribute('data-state', 'live');
    await expect(inspector.title).toHaveText('Your browser sent these bytes');
    expect(payloadOf(await inspector.stripHex())).toBe('Mine');
  });
});

test('a byte that is pointed at is named in one sentence, by mouse, keys and touch', async ({ page }) => {
  const inspector = new InspectorPage(page);
  await inspector.openAtRest();
  const said = page.locator('.strip-said');
  await expect(said).toHaveText(/^11 bytes: 2 say what is coming, 4 are a random key, and the other 5 are the message/);
  await inspector.strip.nth(1).hover();
  await expect(said).toHaveText('Byte 2, 85: the message has 5 bytes; it is scrambled with a key.');
  await inspector.strip.nth(6).click();
  await expect(said).toHaveText(/^Byte 7, ..: with .., part 1 of the key, it turns back into 48, the character H\.$/);
  await page.keyboard.press('Home');
  await page.mouse.move(0, 0);
  await expect(said).toHaveText('Byte 1, 81: the kind, text; nothing more follows.');
});

test('the strip and the panes of the same frame light up together', async ({ page }) => {
  const inspector = new InspectorPage(page);
  await inspector.openLive();
  const hexByte = inspector.bytes.and(page.locator('.hex-byte'));
  await inspector.strip.nth(1).hover();
  await expect(hexByte.nth(1)).toHaveAttribute('data-mark', 'lit');
  await expect(inspector.said).toHaveText(/^byte 2 of 11/);
  await hexByte.nth(3).hover();
  await expect(inspector.strip.nth(3)).toHaveAttribute('data-lit', 'true');
  await expect(inspector.strip.nth(1)).not.toHaveAttribute('data-lit');
});

test('nothing on the page needs a word that it does not explain', async ({ page }) => {
  await new InspectorPage(page).openAtRest();
  expect(await page.locator('.home-hero, .home-entries, .home-run, .inspector').allInnerTexts()).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/\b(RFC|opcode|FIN|RSV|hex|mask(ed|ing)?|payload|UTF-8|XOR)\b/)]),
  );
});

test('what is linked from a WebSocket’s address opens: the small page leads to the watching page', async ({ page }) => {
  await page.goto('/echo');
  await expect(page.locator('h1')).toHaveText('/echo is the address of a WebSocket');
  await page.getByRole('link', { name: 'Connect a client and watch it' }).click();
  await expect(page).toHaveURL(/\/inspector\/#watch=[0-9a-f]{32}$/);
  await expect(page.locator('.watch .badge')).toHaveAttribute('data-state', 'live');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing with everything shown, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await new InspectorPage(page).openLive();
    expect(await axeFindings(page)).toEqual([]);
    await page.goto('/dump');
    expect(await axeFindings(page)).toEqual([]);
  });
}
