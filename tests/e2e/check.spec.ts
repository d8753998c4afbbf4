import { createServer, type Socket } from 'node:net';
import { expect, type Page, test } from '@playwright/test';
import { BadServer } from '../conformance-bad-server.ts';
import { FRAME_FAULTS } from '../conformance-frame-faults.ts';
import { LIVE_PORT, STATIC_SITE } from './ports.ts';

const OWN_ECHO = `ws://localhost:${LIVE_PORT}/echo`;

const figureOf = (page: Page) => page.locator('#check');
const addressOf = (page: Page) => page.getByLabel('Address of your server');
const summaryOf = (page: Page) => page.locator('.conformance-summary');

/** The page once it has found the companion. */
async function openLive(page: Page, hash = ''): Promise<void> {
  await page.goto(`/check/${hash}`);
  await expect(figureOf(page).locator('.badge')).toHaveAttribute('data-state', 'live');
}

/** Runs something with a bad server, and stops it. */
async function withBadServer(name: string, use: (url: string) => Promise<void>): Promise<void> {
  const fault = FRAME_FAULTS.find((each) => each.name === name);
  if (fault === undefined) throw new Error(`There is no fault named ${name}.`);
  const server = new BadServer(fault);
  try {
    await use(await server.listen());
  } finally {
    await server.stop();
  }
}

test('by keyboard alone: the companion’s own echo passes a section, and the address keeps what was checked', async ({
  page,
}) => {
  await openLive(page);
  await addressOf(page).focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(OWN_ECHO);
  await page.keyboard.press('Tab');
  await page.keyboard.type('5.5.2');
  await page.keyboard.press('Enter');
  await expect(summaryOf(page)).toHaveText(/^\d+ cases in \d+\.\d s: \d+ passed, 0 allowed, 0 failed\.$/);
  await expect(figureOf(page).getByRole('status').filter({ hasText: 'passed, 0 allowed' })).toBeAttached();
  await expect(page).toHaveURL(/#url=ws.*only=5\.5\.2$/);
  await expect(page.locator('.conformance-example')).toHaveCount(0);

  await page.reload();
  await expect(addressOf(page)).toHaveValue(OWN_ECHO);
  await expect(page.getByLabel('Only cases that start with')).toHaveValue('5.5.2');
  // A link fills the form in, and starts nothing.
  await expect(page.locator('.conformance-example')).toBeVisible();
});

test('a link from a chapter asks for its stage, and the run says what comes next', async ({ page }) => {
  await openLive(page, `#url=${encodeURIComponent(OWN_ECHO)}&stage=3`);
  await expect(page.getByLabel('How far your server is')).toHaveValue('3');
  await page.getByRole('button', { name: 'Run the suite' }).click();
  await expect(summaryOf(page)).toHaveText(
    / 0 failed\. Stage 3 is done\. Next is stage 4: Read the header of a frame\.$/,
  );
  await expect(page.locator('.conformance .figure-note')).toContainText('--stage 3');
});

test('a case that fails says what was sent, what came back and the rule, and opens its bytes', async ({ page }) => {
  await withBadServer('answers pings with an empty pong', async (url) => {
    await openLive(page, `#url=${encodeURIComponent(url)}&only=5.5.2`);
    await page.getByRole('button', { name: 'Run the suite' }).click();
    await expect(summaryOf(page)).toContainText(/[1-9]\d* failed\.$/);
    const row = page.locator('.conformance-list .conformance-case').filter({ hasText: '5.5.2-ping-text' }).first();
    await row.locator('summary').focus();
    await page.keyboard.press('Enter');
    await expect(row.locator('dl')).toContainText('ping "Hello, world!"');
    await expect(row.locator('dl')).toContainText('RFC 6455 §5.5.2: A server answers a ping');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect(row.locator('.case-head').first()).toContainText('GET /echo HTTP/1.1');
    await expect(row.locator('.case-head').last()).toContainText('101 Switching Protocols');
    // The frame that shows the fault is open already.
    await expect(row.locator('.case-directions').getByRole('button', { name: /^pong/ })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
    await expect(row.getByRole('grid', { name: 'Bytes of the frame' })).toContainText('8a');
    await row.getByRole('link', { name: 'Open all frames in the decoder' }).first().click();
    await expect(page.getByLabel('Bytes, in hex')).toHaveValue(/^898d/);
  });
});

test('the most likely cause comes first, with what to change, and leads to its cases', async ({ page }) => {
  await withBadServer('takes unmasked frames', async (url) => {
    await openLive(page, `#url=${encodeURIComponent(url)}&only=5.1`);
    await page.getByRole('button', { name: 'Run the suite' }).click();
    await expect(summaryOf(page)).toContainText(/[1-9]\d* failed\.$/);
    const cause = page.locator('.conformance-causes > li').first();
    await expect(cause).toContainText('Unmasked frames from the client are accepted');
    await expect(cause).toContainText('What to change: Close with 1002');
    const show = cause.getByRole('button', { name: /^Show all \d+ cases$/ });
    await show.click();
    const count = Number.parseInt(/\d+/.exec((await show.textContent()) ?? '')?.[0] ?? '', 10);
    await expect(page.locator('.conformance-list .conformance-case')).toHaveCount(count);
    const chip = page.locator('.conformance-chip');
    await expect(chip).toBeInViewport();
    await expect(chip).toContainText(new RegExp(`^${count} of \\d+ cases`));
    await chip.getByRole('button').click();
    await page.getByLabel('with the words').fill('nothing like it');
    await expect(figureOf(page)).toContainText('No case matches.');
  });
});

test('a check is stopped midway, by the key that began it, and keeps what it has', async ({ page }) => {
  const sockets: Socket[] = [];
  const silent = createServer((socket) => {
    socket.on('error', () => {});
    sockets.push(socket);
  });
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const address = silent.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  await openLive(page);
  await addressOf(page).fill(`ws://127.0.0.1:${port}/`);
  await page.getByRole('button', { name: 'Run the suite' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Stop the run' })).toBeFocused();
  await expect.poll(() => sockets.length).toBeGreaterThan(0);
  await page.keyboard.press('Enter');
  await expect(summaryOf(page)).toHaveText(/^Stopped after \d+ of (all|\d+): /);
  await expect(page.getByRole('button', { name: 'Run the suite' })).toBeFocused();
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => silent.close(resolve));
});

test('a server that opens no connection is told so once, with the request and its answer', async ({ page }) => {
  const refusing = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\nNothing is here.'));
  });
  await new Promise<void>((resolve) => refusing.listen(0, '127.0.0.1', resolve));
  const address = refusing.address();
  await openLive(
    page,
    `#url=${encodeURIComponent(`ws://localhost:${typeof address === 'object' ? address?.port : ''}/`)}`,
  );
  await page.getByRole('button', { name: 'Run the suite' }).click();
  await expect(summaryOf(page)).toContainText('opens no connection');
  await expect(page.locator('.conformance-list .conformance-case')).toHaveCount(1);
  await page.locator('.conformance-list .conformance-case summary').click();
  await page.getByRole('button', { name: /^Open the bytes/ }).click();
  await expect(page.locator('.case-head').first()).toContainText('Sec-WebSocket-Key: ');
  await expect(page.locator('.case-head').last()).toContainText('404 Not Found');
  await new Promise((resolve) => refusing.close(resolve));
});

for (const [url, words] of [
  ['ws://example.com/echo', 'example.com is not this machine'],
  ['wss://localhost/echo', 'TLS'],
  ['my server', 'is not an address'],
  ['ws://127.0.0.1:22/echo', 'port 22'],
  ['ws://127.0.0.1:2/echo', 'There is no server at'],
] as const) {
  test(`an address that cannot be checked is told why: ${url}`, async ({ page }) => {
    await openLive(page);
    await addressOf(page).fill(url);
    await page.getByRole('button', { name: 'Run the suite' }).click();
    await expect(figureOf(page).getByRole('alert')).toContainText(words);
    await expect(page.getByRole('button', { name: 'Run the suite' })).toBeEnabled();
  });
}

test('on a telephone the results scroll into view after a run', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await openLive(page);
  // Without its scheme: that is added.
  await addressOf(page).fill(OWN_ECHO.replace('ws://', ''));
  await page.getByLabel('Only cases that start with').fill('5.5');
  await page.getByRole('button', { name: 'Run the suite' }).click();
  await expect(summaryOf(page)).toContainText(/\d+ cases in .*, 0 failed\.$/);
  await expect(summaryOf(page)).toBeInViewport();
});

test('without the companion there is no dead control, but what is needed, and the example', async ({ page }) => {
  await page.goto(`${STATIC_SITE}/check/`);
  await expect(figureOf(page)).toContainText('npm start');
  await expect(page.getByRole('button', { name: 'Run the suite' })).toHaveCount(0);
  await page.getByText('See an example report').click();
  await page.locator('.conformance-case summary').first().click();
  await page
    .getByRole('button', { name: /^Open the bytes/ })
    .first()
    .click();
  await expect(page.locator('.case-bytes .frame-view')).toBeVisible();
});

test('without JavaScript the example can be unfolded', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${baseURL}/check/`);
  await page.getByText('See an example report').click();
  await page.locator('.conformance-case summary').first().click();
  await expect(page.locator('.conformance-case dl').first()).toContainText('Expected');
  await context.close();
});

test('on a telephone the form and an opened case stay inside the screen', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await openLive(page);
  await page.getByText('See an example report').click();
  await page.locator('.conformance-case summary').first().click();
  await page
    .getByRole('button', { name: /^Open the bytes/ })
    .first()
    .click();
  await expect(page.locator('.case-bytes .frame-view')).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
});
