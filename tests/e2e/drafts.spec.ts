import { expect, test } from '@playwright/test';
import { axeFindings } from './axe.ts';
import { wakeFigure } from './hydrated.ts';
import { OwnCompanion } from './own-companion.ts';
import { WatchPage } from './watch-page.ts';

test.use({ ignoreHTTPSErrors: true });

test('the slider moves through the versions by keyboard, and the address keeps it', async ({ page }) => {
  await page.goto('/chapters/drafts/#era=hixie-76');
  const machine = page.locator('.time-machine');
  await wakeFigure(page.locator('#time-machine-figure'));
  await expect(machine).toHaveAttribute('data-era', 'hixie-76');
  await expect(machine.locator('.era:visible')).toContainText('8 bytes that no header announces');
  const slider = machine.getByRole('slider', { name: 'Choose a version' });
  await slider.press('End');
  await expect(machine.getByRole('status')).toHaveText('HTTP/3, RFC 9220, June 2022');
  await expect(machine.locator('.era:visible')).toHaveCount(1);
  await expect(page).toHaveURL(/era=http-3/);
  const solver = page.locator('.hixie-solver');
  await wakeFigure(page.locator('#hixie-solver-figure'));
  await solver.getByLabel('Sec-WebSocket-Key1').fill('12 345');
  await expect(solver).toContainText('12345 ÷ 1 space = 12345');
  await solver.getByLabel('Sec-WebSocket-Key1').fill('<img src=x>');
  await expect(solver.getByRole('status')).toHaveText('There is no answer: the server must end the connection.');
});

test('without JavaScript all versions stand below each other', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${baseURL}/chapters/drafts/`);
  await expect(page.locator('.era:visible')).toHaveCount(6);
  await expect(page.locator('.era-choice')).toBeHidden();
  await context.close();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing, and nothing scrolls sideways on a phone, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 360, height: 740 });
    for (const [path, figures] of [
      ['/chapters/drafts/#era=http-2', ['.time-machine', '.hixie-solver']],
      ['/chapters/today-and-next/', ['.choose-transport']],
    ] as const) {
      await page.goto(path);
      for (const figure of figures) {
        await wakeFigure(page.locator(figure).locator('xpath=ancestor::section[1]'));
        expect(await axeFindings(page, figure)).toEqual([]);
      }
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    }
  });
}

test('Chromium opens a WebSocket in a stream of HTTP/2, and the inspector shows its frames', async ({
  page,
  context,
}) => {
  const companion = await OwnCompanion.start('--h2');
  try {
    const token = 'seen-in-the-inspector';
    const site = `https://localhost:${companion.port}`;
    const watch = new WatchPage(page);
    await watch.open(`#watch=${token}`, site);
    const client = await context.newPage();
    await client.goto(`${site}/404.html`);
    const open = await client.evaluate(async (name) => {
      const tap = new WebSocket(`wss://${location.host}/tap?watch=${name}`);
      await new Promise((done) => tap.addEventListener('open', done));
      const first = new Promise<string>((done) =>
        tap.addEventListener('message', ({ data }) => done(data), { once: true }),
      );
      const socket = new WebSocket(`wss://${location.host}/echo?watch=${name}`);
      await new Promise((done) => socket.addEventListener('open', done));
      socket.send('Hello over HTTP/2');
      await new Promise((done) => socket.addEventListener('message', done));
      return JSON.parse(await first);
    }, token);
    expect(open.http2.request).toContainEqual([':protocol', 'websocket']);
    expect(open.http2.response[0]).toEqual([':status', '200']);
    await expect(watch.rows.filter({ hasText: 'Hello over HTTP/2' })).toHaveCount(2);
    await expect(page.locator('.row-violation')).toHaveCount(0);
  } finally {
    await companion.stop();
  }
});
