import { expect, type Page, test } from '@playwright/test';
import { masked, maskedText, RawPeer, requestFor } from '../../server/testing/raw-peer.ts';
import { encodeCloseBody } from '../../src/protocol/index.ts';
import { encodeText } from '../../src/text/utf8.ts';
import { expectOnlyText, HOSTILE, watchPage } from './hostile.ts';
import { LIVE_PORT } from './ports.ts';
import { findUnseenText } from './unseen-text.ts';
import { WatchPage } from './watch-page.ts';

const TOKEN = 'a-page-that-watches-a-hostile-peer';

/** The page that watches clients, and the token by which it does. */
async function openWatching(page: Page): Promise<{ readonly watch: WatchPage; readonly token: string }> {
  const watch = new WatchPage(page);
  // Of another test's client, this one sees nothing.
  const token = `${TOKEN}-${Math.floor(performance.now() * 1000)}`;
  await watch.open(`#watch=${token}`);
  return { watch, token };
}

/** A client that the page watches, with headers as hostile as Node's parser takes them. */
async function hostileClient(token: string): Promise<RawPeer> {
  const peer = await RawPeer.connect(LIVE_PORT);
  const headers = [
    'User-Agent: <script>evil()</script><img src=/x onerror=evil()>',
    'X-Evil: \x85\x9b31m\xad<b>bold</b>\xe2\x80\xae',
    `Cookie: ${'<i>'.repeat(2000)}`,
  ];
  const request = requestFor(`/echo?watch=${token}&x=<script>evil()</script>"onerror="evil()`, headers);
  peer.send(Buffer.from(request.replace('localhost', `localhost:${LIVE_PORT}`), 'latin1'));
  expect(await peer.head()).toContain(' 101 ');
  return peer;
}

test('what a client sends is text in every pane of the page that watches it', async ({ page }) => {
  const complaints = await watchPage(page);
  const { watch, token } = await openWatching(page);
  const peer = await hostileClient(token);
  peer.send(
    maskedText('\u202e\u2066\u001b'),
    maskedText(HOSTILE),
    masked({ opcode: 9, payload: encodeText('<img src=/x onerror=evil()>\u202e') }),
    masked({ opcode: 2, payload: encodeText(HOSTILE) }),
    masked({ opcode: 8, payload: encodeCloseBody(4000, `<b>\u202e\u2066\u001b</b>`) }),
  );
  await peer.end();
  const other = await hostileClient(token);
  other.send(masked({ opcode: 1, rsv1: true, payload: encodeText(HOSTILE) }));
  await other.end();
  await expect(watch.rows.filter({ hasText: 'breaks rsv1-set' })).toHaveCount(1);

  for (const tab of await watch.tabs.all()) {
    await tab.click();
    const rows = await watch.rows.count();
    expect(rows).toBeGreaterThan(2);
    for (let row = 0; row < rows; row++) {
      await watch.rows.nth(row).click();
      expect(await findUnseenText(page)).toEqual([]);
    }
  }
  await watch.tabs.first().click();
  for (const line of await page.locator('.handshake button').all()) await line.click();
  await expectOnlyText(page, complaints);
  await expect(page.locator('.handshake')).toContainText('User-Agent: <script>evil()</script>');
  await expect(page.locator('.handshake')).toContainText('X-Evil: \\u{85}\\u{9b}31m\\u{ad}<b>bold</b>');
  await expect(watch.rows.filter({ hasText: '4000 <b>\\u{202e}\\u{2066}\\u{1b}</b>' })).toHaveCount(1);
  await watch.rows.filter({ hasText: '13 bytes' }).first().click();
  const escaped = page.locator('.unmasking-character[data-escaped]');
  await expect(escaped).toHaveText(['\\u{202e}', '\\u{2066}', '\\u{1b}']);
});

const MEGABYTES = 10 * 1024 * 1024;

/** The longest time between two frames of the screen, from now on. */
async function startWatchingFrames(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const state = { longestMs: 0 };
    let last = performance.now();
    const next = (now: number) => {
      state.longestMs = Math.max(state.longestMs, now - last);
      last = now;
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
    Object.assign(window, { frames_: state });
  });
  return () => page.evaluate(() => (window as unknown as { frames_: { longestMs: number } }).frames_.longestMs);
}

test('10 MB in one message: the page goes on, shows a part, and says so', async ({ page }) => {
  const complaints = await watchPage(page);
  const { watch, token } = await openWatching(page);
  const longestMs = await startWatchingFrames(page);
  const peer = await hostileClient(token);
  const text = HOSTILE.repeat(Math.ceil(MEGABYTES / encodeText(HOSTILE).length));
  peer.send(maskedText(text));
  expect((await peer.frame()).payload.length).toBe(encodeText(text).length);
  const row = watch.rows.filter({ hasText: ' bytes' }).filter({ hasText: 'text' }).last();
  await expect(row).toContainText('<img src="/x" onerror="evil()">');
  await row.click();
  await expect(page.locator('.opened-about')).toContainText('cut after 65,536 of ');
  await expectOnlyText(page, complaints);
  peer.socket.destroy();
  expect(await longestMs()).toBeLessThan(3000);
});
