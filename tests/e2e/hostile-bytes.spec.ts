import { expect, test } from '@playwright/test';
import { masked, maskedText, requestFor } from '../../server/testing/raw-peer.ts';
import { encodeCloseBody, encodeFrame } from '../../src/protocol/index.ts';
import { encodeText } from '../../src/text/utf8.ts';
import { startHostileServer } from '../hostile-server.ts';
import { expectOnlyText, HOSTILE, watchPage } from './hostile.ts';
import { findUnseenText } from './unseen-text.ts';

test('what a server under check sends is text in the report, and in its bytes', async ({ page }) => {
  const server = await startHostileServer(HOSTILE);
  try {
    const complaints = await watchPage(page);
    await page.goto('/check/');
    await expect(page.locator('#check .badge')).toHaveAttribute('data-state', 'live');
    await page.getByLabel('Address of your server').fill(server.url);
    await page.getByLabel('Only cases that start with').fill('5.5.2');
    await page.keyboard.press('Enter');
    await expect(page.locator('.conformance-summary')).toHaveText(/^\d+ cases in /);
    await expectOnlyText(page, complaints);
    for (const row of (await page.locator('.conformance-list .conformance-case').all()).slice(0, 4)) {
      await row.locator('summary').click();
      await row.getByRole('button', { name: /^Open the bytes/ }).click();
      await expect(row.locator('.case-bytes')).toBeVisible();
      for (const frame of await row.locator('.case-bytes li button').all()) {
        await frame.click();
        expect(await findUnseenText(page)).toEqual([]);
      }
    }
    await expectOnlyText(page, complaints);
    const report = page.locator('#check');
    await expect(report).toContainText('status 403 <script>evil()</script>\\u0085\\u009b2J\\u00ad');
    await expect(report).toContainText('X-Evil: <img src=/x onerror=evil()>\\u{85}\\u{9b}31m\\u{ad}');
  } finally {
    server.stop();
  }
});

test('bytes that are pasted are text in every pane of the decoder', async ({ page }) => {
  const complaints = await watchPage(page);
  const stream = Buffer.concat([
    Buffer.from(requestFor('/<script>evil()</script>', ['X-Evil: <b>\x85\x9b31m\xad']), 'latin1'),
    maskedText('\u202e\u2066\u001b'),
    maskedText(HOSTILE),
    masked({ opcode: 2, payload: encodeText(HOSTILE) }),
    encodeFrame({ opcode: 1, rsv1: true, payload: encodeText('<b>\u202e\u009b</b>') }),
    masked({ opcode: 8, payload: encodeCloseBody(4000, '<b>\u202e\u2066\u001b</b>') }),
  ]);
  await page.goto('/decode/');
  await expect(page.locator('astro-island[ssr]')).toHaveCount(0);
  await page.getByLabel('Bytes, as hex or in any other form').fill(stream.toString('hex'));
  const rows = page.getByRole('listbox', { name: 'Frames' }).getByRole('option');
  await expect(rows).toHaveCount(5);
  for (const row of await rows.all()) {
    await row.click();
    expect(await findUnseenText(page)).toEqual([]);
  }
  await expectOnlyText(page, complaints);
  await expect(page.locator('.unmasking-character[data-escaped]').first()).toBeVisible();
});

test('a megabyte that is pasted is taken apart, shown in part, and that is said', async ({ page }) => {
  const complaints = await watchPage(page);
  await page.goto('/decode/');
  await expect(page.locator('astro-island[ssr]')).toHaveCount(0);
  const header = '817f00000000000fffff';
  await page.getByLabel('Bytes, as hex or in any other form').evaluate((field: HTMLTextAreaElement, hex) => {
    field.value = hex + '3c623e'.repeat(0xfffff / 3);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }, header);
  await expect(page.locator('main')).toContainText('Only the first 65,536 bytes of this frame are here', {
    timeout: 20_000,
  });
  await expectOnlyText(page, complaints);
});
