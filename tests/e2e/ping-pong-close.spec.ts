import { expect, type Locator, type Page, test } from '@playwright/test';
import { wakeFigure } from './hydrated.ts';
import { STATIC_SITE } from './ports.ts';

const PATH = '/chapters/ping-pong-close/';

/** A figure once it listens, on the companion's page or on a web host without one. */
async function openFigure(page: Page, name: string, state: 'live' | 'simulated' = 'live', hash = ''): Promise<Locator> {
  await page.goto((state === 'live' ? '' : STATIC_SITE) + PATH + hash);
  const figure = page.locator(`.${name}`);
  await wakeFigure(figure);
  await expect(figure.locator('.badge')).toHaveAttribute('data-state', state);
  return figure;
}

/** Tabs from where the focus is until it is on the target. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 20; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  await expect(target).toBeFocused();
}

/** Unmasks the pong that stands opened. */
async function openedHex(figure: Locator): Promise<string> {
  const bytes = figure.getByRole('grid', { name: 'Bytes of the frame' }).getByRole('gridcell');
  await expect(bytes.first()).toBeVisible();
  return (await bytes.allTextContents()).join('');
}

test.describe('pings', () => {
  for (const state of ['live', 'simulated'] as const) {
    test(`${state}: a ping goes down, a masked pong comes back, and JavaScript is told of nothing`, async ({
      page,
    }) => {
      const figure = await openFigure(page, 'ping', state);
      const rows = figure.locator('.truth-table > tbody > tr');
      await figure.getByLabel('Payload, as text').fill('ok?');
      await figure.getByRole('button', { name: 'Send a ping' }).click();
      await expect(rows).toHaveCount(2);
      await expect(rows.nth(0)).toContainText(/server → browser.*9 ping.*ok\?.*5 bytes/);
      await expect(rows.nth(1)).toContainText(
        /the browser answers by itself.*masked.*A pong.*ok\?.*9 bytes.*round trip [\d.]+ ms/,
      );
      await expect(figure.locator('td[data-label="JavaScript hears"]')).toHaveText(['nothing', 'nothing']);
      await expect(figure.locator('p.verdict')).toContainText('JavaScript heard nothing');
      await rows.nth(1).getByRole('button').click();
      expect(await openedHex(figure)).toMatch(/^8a83[0-9a-f]{14}$/);
      await expect(page).toHaveURL(/#ping=ok%3F$/);
    });
  }

  test('ten in a row are answered, and a pong nobody asked for is not', async ({ page }) => {
    const figure = await openFigure(page, 'ping');
    await figure.getByRole('button', { name: 'Send 10 pings' }).click();
    await expect(figure.locator('p.verdict')).toContainText('10 pings from the server, 10 pongs from the browser');
    await figure.getByRole('button', { name: 'Clear' }).click();
    await figure.getByRole('button', { name: 'Send an unsolicited pong' }).click();
    await expect(figure.locator('.frame-button')).toHaveCount(1);
    await expect(figure.locator('.frame-button')).toContainText('server → browser');
  });

  test('more than 125 bytes are refused with the rule, and the keyboard alone sends a ping', async ({ page }) => {
    const figure = await openFigure(page, 'ping');
    const payload = figure.getByLabel('Payload, as text');
    await payload.fill('ü'.repeat(63));
    await expect(figure.getByRole('alert')).toContainText(/126 bytes of UTF-8: 1 too many\..*§5\.5/);
    await expect(figure.getByRole('button', { name: 'Send a ping' })).toBeDisabled();
    await payload.focus();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('key');
    await page.keyboard.press('Enter');
    await expect(figure.locator('.frame-button').nth(1)).toContainText('key');
    await tabTo(page, figure.locator('.frame-button').nth(0));
    await page.keyboard.press('Enter');
    expect(await openedHex(figure)).toBe('89036b6579');
  });
});

test.describe('the closing handshake', () => {
  const last = (figure: Locator) => figure.locator('.closing-step').last();
  const statesOf = (figure: Locator) => figure.locator('figcaption strong');

  for (const state of ['live', 'simulated'] as const) {
    test(`${state}: each ending is told as it should be`, async ({ page }) => {
      const figure = await openFigure(page, 'closing-diagram', state);
      for (const [name, told] of [
        ['The page closes first', /code 1000, reason "", wasClean true/],
        ['The server closes first', /code 1001, reason "going home", wasClean true/],
        ['Both at once', /code 4000, reason "", wasClean true/],
        ['TCP is cut', /code 1006, reason "", wasClean false/],
        ['A rule is broken', /code 1006, reason "", wasClean false/],
      ] as const) {
        await figure.getByRole('button', { name }).click();
        await expect(last(figure)).toContainText(told);
        await expect(figure.getByRole('button', { name })).toHaveAttribute('aria-pressed', 'true');
        await expect(figure.getByRole('button', { name })).toBeEnabled();
      }
    });
  }

  test('by keyboard the two ends go through their states, one step at a time', async ({ page }) => {
    const figure = await openFigure(page, 'closing-diagram');
    const start = figure.getByRole('button', { name: 'The page closes first' });
    await start.focus();
    await page.keyboard.press('Enter');
    await expect(last(figure)).toContainText('onclose');
    await expect(statesOf(figure)).toHaveText(['open', 'open']);
    await tabTo(page, figure.getByRole('slider', { name: 'Step' }));
    const seen: string[] = [];
    for (let step = 0; step < 7; step++) {
      await page.keyboard.press('ArrowRight');
      seen.push((await statesOf(figure).allTextContents()).join(' '));
    }
    expect([...new Set(seen)]).toEqual([
      'open open',
      'closing open',
      'closing ending',
      'ending ending',
      'closed closed',
    ]);
    await expect(figure.locator('.diagram-state[data-now]')).toHaveText([/closed/, /closed/]);
    await expect(figure.locator('.diagram-edge[data-past][data-transition="closeSent"]')).toHaveCount(1);
  });

  test('an address opens an ending at its step, without the companion too', async ({ page }) => {
    const figure = await openFigure(page, 'closing-diagram', 'simulated', '#closing=silent&step=8');
    await expect(last(figure)).toContainText('code 1006');
    await expect(figure.locator('[aria-current="step"]')).toContainText('The server gets the close frame');
    await expect(figure.locator('.closing-step')).toContainText([/after 10\.\d s without an answer/], {
      useInnerText: true,
    });
  });
});

test.describe('status codes', () => {
  test('live: what may be sent is told, what may not is 1006 or an exception', async ({ page }) => {
    const figure = await openFigure(page, 'close-codes');
    await figure.getByRole('button', { name: 'server: 1012' }).click();
    await expect(figure.locator('[data-trial="1012-server"]')).toContainText(/close 1012.*masked.*onclose: 1012$/);
    await figure.getByRole('button', { name: 'server: 1006' }).click();
    await expect(figure.locator('[data-trial="1006-server"]')).toContainText(
      /breaks close-code-1006.*onclose: 1006, not clean/,
    );
    await figure.getByRole('button', { name: 'page: close(1002)' }).click();
    await expect(figure.locator('[data-trial="1002-page"]')).toContainText(/nothing.*threw InvalidAccessError/);
    await expect(page).toHaveURL(/#code=1002-page$/);
  });

  test('simulated: all of them are tried with one key, and a frame opens', async ({ page }) => {
    const figure = await openFigure(page, 'close-codes', 'simulated');
    await figure.getByRole('button', { name: 'Try them all' }).focus();
    await page.keyboard.press('Enter');
    await expect(figure.getByRole('status').last()).toContainText(/^(\d+) of \1 tried/);
    const frame = figure.locator('[data-trial="4000-server"] .frame-button').first();
    await frame.focus();
    await page.keyboard.press('Enter');
    expect(await openedHex(figure)).toBe('88020fa0');
  });
});

test('without JavaScript the worked examples can be read', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${baseURL}${PATH}`);
  await expect(page.locator('.ping .frame-button')).toHaveCount(2);
  await expect(page.locator('.closing-step').last()).toContainText('onclose with code 1000');
  await expect(page.locator('.diagram-state')).toHaveCount(10);
  await expect(page.locator('[data-trial]')).toHaveCount(4);
  await expect(page.getByRole('heading', { name: 'Decode this close' })).toBeVisible();
  await context.close();
});

test('a check is solved, and a mistake is named with its byte', async ({ page }) => {
  await page.goto(PATH);
  const check = page.locator('[data-exercise="write-the-pong"]');
  await wakeFigure(check);
  await expect(check).toHaveAttribute('data-ready');
  await check.getByLabel('Your pong').fill('89');
  await check.getByLabel('Your pong').press('Enter');
  await expect(check).toContainText(/Byte 1 is 89, and that is wrong: opcode must be 10/);
});
