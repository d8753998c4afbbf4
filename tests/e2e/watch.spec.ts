import { expect, test as plain } from '@playwright/test';
import { axeFindings } from './axe.ts';
import { test } from './own-companion-test.ts';
import { STATIC_SITE } from './ports.ts';
import { WatchPage } from './watch-page.ts';

/** A client of Node's: sends each text, and closes once it has them all back. */
async function talk(address: string, ...texts: string[]): Promise<void> {
  const socket = new WebSocket(address);
  let missing = texts.length;
  await new Promise<void>((done, fail) => {
    socket.onopen = () => {
      for (const text of texts) socket.send(text);
    };
    socket.onmessage = () => {
      missing -= 1;
      if (missing === 0) socket.close(1000, 'done');
    };
    socket.onclose = () => done();
    socket.onerror = () => fail(new Error('the client could not connect'));
  });
}

/** A client that stays. */
async function stay(address: string): Promise<WebSocket> {
  const socket = new WebSocket(address);
  await new Promise((done) => {
    socket.onopen = done;
  });
  return socket;
}

plain(
  'a client at the copied address is seen: its frames, its close, and what it leaves',
  async ({ page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const watch = new WatchPage(page);
    await watch.open();
    await expect(watch.waiting).toHaveText('Waiting for a connection…');
    await page.getByRole('button', { name: 'Copy address' }).click();
    await expect(page.getByText('Copied.')).toBeVisible();
    const address = await page.evaluate(() => navigator.clipboard.readText());
    expect(address).toMatch(/^ws:\/\/localhost:\d+\/echo\?watch=[0-9a-f]{32}$/);

    await talk(address, 'Hello');
    await expect(watch.tabs).toHaveText([/^\d\d:\d\d:\d\d \/echo ended$/]);
    await expect(watch.rows).toContainText([
      /GET \/echo/,
      /101 Switching Protocols/,
      /↑.*text.*Hello/,
      /↓.*text.*Hello/,
      /↑.*close.*1000 done/,
      /↓.*close.*1000/,
      /TCP ended: a close frame went each way, 1000/,
    ]);
    await expect(watch.said).toContainText('a close frame went each way');
    await expect(watch.waiting).toHaveText('All connections have ended. Waiting for the next one…');

    await watch.rows.filter({ hasText: 'Hello' }).first().click();
    await expect(page.locator('.connection-strip .strip-below')).toHaveText(['H', 'e', 'l', 'l', 'o']);
    await expect(page.getByRole('grid', { name: 'Fields of the frame' })).toContainText('masking-key');
    await expect(page.getByRole('button', { name: /^GET \/echo\?watch=/ })).toBeVisible();
  },
);

plain('two connections make two tabs; the newest opens until the reader has chosen', async ({ page }) => {
  const watch = new WatchPage(page);
  await watch.open();
  const address = (await watch.address.textContent()) ?? '';
  const first = await stay(address);
  await expect(watch.waiting).toHaveText('1 connection is open.');
  await talk(address, 'second');
  await expect(watch.tabs).toHaveCount(2);
  await expect(watch.tabs.nth(1)).toHaveAttribute('aria-selected', 'true');
  await expect(watch.rows.filter({ hasText: 'second' })).toHaveCount(2);

  await watch.tabs.nth(1).focus();
  await page.keyboard.press('ArrowLeft');
  await expect(watch.tabs.nth(0)).toBeFocused();
  await expect(watch.tabs.nth(0)).toHaveAttribute('aria-selected', 'true');
  first.send('first');
  await expect(watch.rows.filter({ hasText: 'first' })).toHaveCount(2);
  await expect(watch.rows.filter({ hasText: 'second' })).toHaveCount(0);
  await talk(address, 'third');
  await expect(watch.tabs).toHaveCount(3);
  await expect(watch.tabs.nth(0)).toHaveAttribute('aria-selected', 'true');
  await page.getByRole('button', { name: 'Remove ended connections' }).click();
  await expect(watch.tabs).toHaveCount(1);
  first.close();
});

plain('the address survives a reload, with what was seen; a new one starts over', async ({ page }) => {
  const watch = new WatchPage(page);
  await watch.open();
  const address = (await watch.address.textContent()) ?? '';
  await talk(address, 'before');
  await expect(watch.tabs).toHaveCount(1);
  await page.reload();
  await expect(watch.address).toHaveText(address);
  await expect(watch.rows.filter({ hasText: 'before' })).toHaveCount(2);
  await page.getByRole('button', { name: 'New address' }).click();
  await expect(watch.address).not.toHaveText(address);
  await expect(watch.tabs).toHaveCount(0);
  await expect(watch.badge).toHaveAttribute('data-state', 'live');
  await talk((await watch.address.textContent()) ?? '', 'after');
  await expect(watch.rows.filter({ hasText: 'after' })).toHaveCount(2);
});

plain('a token that the server would refuse is not taken from the address', async ({ page }) => {
  const watch = new WatchPage(page);
  await watch.open('#watch=%22%3E%3Cscript%3E');
  await expect(watch.address).toHaveText(/watch=[0-9a-f]{32}$/);
});

plain('without the server it says how to start it, and that it looks again', async ({ page }) => {
  await page.goto(`${STATIC_SITE}/inspector/`);
  const watch = new WatchPage(page);
  await expect(watch.badge).toHaveText(/^no server/);
  await expect(page.locator('.watch .verdict')).toContainText('npm start');
  await expect(watch.waiting).toHaveText('Not watching yet.');
  await expect(page.getByRole('button', { name: 'Reconnect' })).toBeVisible();
});

test('a server that goes away and comes back: nothing is lost, nothing comes twice', async ({ page, companion }) => {
  const watch = new WatchPage(page);
  await watch.open('#watch', companion.addressOf(''));
  const address = (await watch.address.textContent()) ?? '';
  await talk(address, 'before');
  const open = await stay(address);
  await expect(watch.tabs).toHaveCount(2);
  await companion.stop();
  open.close();
  await expect(watch.badge).toHaveAttribute('data-state', 'lost');
  await companion.start();
  await expect(watch.badge).toHaveAttribute('data-state', 'live', { timeout: 15_000 });
  await talk(address, 'after');
  await expect(watch.tabs).toHaveCount(3);
  await expect(watch.rows.filter({ hasText: 'after' })).toHaveCount(2);
  await watch.tabs.first().click();
  await expect(watch.rows.filter({ hasText: 'before' })).toHaveCount(2);
});

plain(
  'on a phone, with a connection: nothing scrolls sideways, and all that is pressed is 24 px',
  async ({ browser, baseURL }) => {
    const context = await browser.newContext({ hasTouch: true, isMobile: true, viewport: { width: 360, height: 740 } });
    const page = await context.newPage();
    const watch = new WatchPage(page);
    await watch.open('#watch', baseURL ?? '');
    await talk((await watch.address.textContent()) ?? '', 'Hello');
    await watch.rows.filter({ hasText: 'Hello' }).first().tap();
    await page.locator('.strip-byte').nth(6).tap();
    await expect(page.locator('.strip-said')).toContainText('the character H');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    const small = await page
      .locator('.watch :is(button, a, input, [role="tab"]):not(.frame-view *)')
      .evaluateAll((elements) =>
        elements.flatMap((element) => {
          const { width, height } = element.getBoundingClientRect();
          return width > 0 && (width < 24 || height < 24) ? [`${element.textContent} ${width}x${height}`] : [];
        }),
      );
    expect(small).toEqual([]);
    await context.close();
  },
);

for (const colorScheme of ['light', 'dark'] as const) {
  plain(`axe finds nothing while a connection is shown, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    const watch = new WatchPage(page);
    await watch.open();
    await talk((await watch.address.textContent()) ?? '', 'Hello');
    await expect(watch.tabs).toHaveCount(1);
    expect(await axeFindings(page)).toEqual([]);
  });
}
