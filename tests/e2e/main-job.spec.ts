import { expect, test } from '@playwright/test';
import { InspectorPage, payloadOf } from './inspector-page.ts';

test('by mouse: a message typed, its own frame seen, a byte picked in every pane', async ({ page }) => {
  const inspector = new InspectorPage(page);
  await inspector.openLive();
  await expect(inspector.badge).toHaveText(/^live: your browser and localhost:\d+$/);
  await inspector.message.fill('Hullo');
  await inspector.send.click();

  await expect(inspector.rows).toHaveCount(6);
  await expect(inspector.rows.nth(0)).toContainText(/new WebSocket\("ws:.*GET \/echo/);
  await expect(inspector.rows.nth(1)).toContainText(/101 Switching Protocols.*onopen/);
  await expect(inspector.rows.nth(2)).toContainText(/ws\.send\("Hello"\).*text.*11 bytes.*Hello/);
  await expect(inspector.rows.nth(3)).toContainText(/text.*7 bytes.*Hello.*onmessage: "Hello"/);
  await expect(inspector.rows.nth(4)).toContainText(/ws\.send\("Hullo"\).*text.*11 bytes.*Hullo/);
  await expect(inspector.rows.nth(5)).toContainText(/onmessage: "Hullo"/);

  const hex = await inspector.shownHex();
  expect(hex).toMatch(/^8185[0-9a-f]{18}$/);
  expect(payloadOf(hex)).toBe('Hullo');
  expect(await inspector.stripHex()).toBe(hex);
  await expect(page).toHaveURL(new RegExp(`#f=${hex}$`));

  await inspector.bytes.nth(7).click();
  await expect(inspector.said).toHaveText(/^byte 8 of 11, hex ..: payload data, byte 2 of 5, unmasked 75, “u”$/);
  await expect(inspector.bits.and(page.locator('[data-mark="lit"]'))).toHaveCount(8);
  await expect(inspector.fields.and(page.locator('[aria-selected="true"]'))).toContainText('payload data');
  await expect(inspector.unmasking.nth(1)).toHaveAttribute('aria-selected', 'true');

  await inspector.bits.nth(4).click();
  await expect(inspector.said).toHaveText(/^bit 5 of byte 1 of 11: in opcode$/);
  await expect(inspector.bytes.nth(0)).toHaveAttribute('aria-selected', 'true');
  await expect(inspector.bytes.nth(7)).toHaveAttribute('aria-selected', 'false');

  await inspector.rows.nth(3).click();
  await expect(inspector.title).toHaveText('The server sent these bytes');
  expect(await inspector.shownHex()).toBe('810548656c6c6f');
  await expect(page).toHaveURL(/#f=810548656c6c6f$/);
});

test('by keyboard only: from the top of the page to a pinned byte', async ({ page }) => {
  const inspector = new InspectorPage(page);
  await inspector.openAtRest();
  const tabTo = async (target: typeof inspector.message): Promise<void> => {
    for (let presses = 0; presses < 60; presses++) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press('Tab');
    }
    await expect(target).toBeFocused();
  };
  await tabTo(inspector.everything);
  await page.keyboard.press('Enter');
  await expect(inspector.rows).toHaveCount(4);
  for (let presses = 0; presses < 4; presses++) await page.keyboard.press('Shift+Tab');
  await tabTo(inspector.message);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('Hi');
  await page.keyboard.press('Enter');
  await expect(inspector.rows).toHaveCount(6);
  await tabTo(inspector.strip.first());
  await page.keyboard.press('End');
  await expect(page.locator('.strip-said')).toHaveText(
    /^Byte 8, ..: with .., part 2 of the key, it turns back into 69/,
  );
  await tabTo(page.getByRole('listbox', { name: 'What happened, in order' }));
  await page.keyboard.press('End');
  await expect(page).toHaveURL(/#f=81024869$/);
  await page.keyboard.press('ArrowUp');
  await expect(page).toHaveURL(/#f=8182/);

  await tabTo(inspector.bits.first());
  await page.keyboard.press('ArrowRight');
  await expect(inspector.said).toHaveText('bit 2 of byte 1 of 8: RSV1 0, not set: no extension uses it here');
  await page.keyboard.press('Home');
  await tabTo(inspector.bytes.first());
  await page.keyboard.press('ArrowRight');
  await expect(inspector.said).toHaveText('byte 2 of 8, hex 82: MASK 1, payload length 2');
  await page.keyboard.press('Shift+ArrowRight');
  await expect(inspector.said).toHaveText(/^bytes 2 to 3 of 8, hex 82 ..: MASK, payload length, masking-key$/);
  await page.keyboard.press('Control+Home');
  await expect(inspector.said).toHaveText('byte 1 of 8, hex 81: FIN 1, opcode 1, text');
  await page.keyboard.press('Enter');
  await expect(page.getByText('pinned')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(inspector.said).toHaveText('');
});

test('by touch: a tap picks, and a switch stands for Shift', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ hasTouch: true, isMobile: true, viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  const inspector = new InspectorPage(page);
  await inspector.openLive(baseURL ?? '/');
  await inspector.say('Hello');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await inspector.rows.last().tap();
  await inspector.bytes.nth(2).tap();
  await expect(inspector.said).toHaveText('byte 3 of 7, hex 48: payload data, byte 1 of 5, “H”');
  await page.getByRole('button', { name: 'Select a range' }).tap();
  await inspector.bytes.nth(6).tap();
  await expect(inspector.said).toHaveText(/^bytes 3 to 7 of 7, hex 48 65 6c 6c 6f: payload data/);
  await context.close();
});

test('the handshake stands beside the list as it was on the wire', async ({ page }) => {
  const inspector = new InspectorPage(page);
  await inspector.openLive();
  const [request, response] = await page.locator('.head-text').allTextContents();
  expect(request).toMatch(/^GET \/echo\?watch=[0-9a-f]{32} HTTP\/1\.1\n[\s\S]*Sec-WebSocket-Version: 13/);
  expect(response).toMatch(/^HTTP\/1\.1 101 Switching Protocols\n[\s\S]*Sec-WebSocket-Accept: /);
});
