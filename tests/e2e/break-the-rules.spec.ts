import { expect, type Locator, type Page, test } from '@playwright/test';
import { wakeFigure } from './hydrated.ts';
import { STATIC_SITE } from './ports.ts';

const PATH = '/chapters/break-the-rules/';

/** A figure of the chapter once it has found its source. */
async function openFigure(page: Page, id: string, state: 'live' | 'simulated', hash = ''): Promise<Locator> {
  await page.goto((state === 'live' ? '' : STATIC_SITE) + PATH + hash);
  const figure = page.locator(`#${id}`);
  await wakeFigure(figure);
  await expect(figure.locator('.badge')).toHaveAttribute('data-state', state);
  return figure;
}

const rowOf = (figure: Locator, title: string) =>
  figure.locator('.break-row').filter({ has: figure.page().getByRole('button', { name: title, exact: true }) });

test.describe('a server does wrong, live', () => {
  test('a masked frame: what the server did, what the browser answered, what the page was told', async ({ page }) => {
    const figure = await openFigure(page, 'break-rules', 'live');
    await figure.getByRole('button', { name: 'Run: A masked frame' }).click();
    const own = rowOf(figure, 'A masked frame').locator('td').first();
    await expect(own).toContainText('sends close 1002, page gets 1006');
    await expect(own).toHaveAttribute('data-column', /^Chromium \d+$/);
    await expect(figure.locator('.act-wire li[data-from="client"]')).toContainText('close');
    await expect(figure.locator('.act-told li')).toHaveText(['onopen', 'onerror', 'onclose: 1006, not clean']);
    await expect(figure.locator('.act-detail > .verdict')).toContainText('as §5.1 requires');
    await expect(page).toHaveURL(/#act=masked-frame/);

    await figure
      .locator('.act-wire')
      .getByRole('button', { name: /text, 11 bytes/ })
      .click();
    await expect(figure.locator('.frame-view .verdict')).toContainText('A server never masks a frame');
    await expect(figure.getByRole('grid', { name: 'Bytes of the frame' })).toContainText('81');
  });

  test('a wrong accept opens as the lines of the response', async ({ page }) => {
    const figure = await openFigure(page, 'break-rules', 'live');
    await figure.getByRole('button', { name: 'Run: A wrong accept' }).click();
    await expect(figure.locator('.act-told li')).toHaveText(['onerror', 'onclose: 1006, not clean']);
    await figure.locator('.act-wire button').first().click();
    await expect(figure.locator('.act-head')).toContainText('Sec-WebSocket-Accept: ');
  });

  test('by keyboard alone: a row is opened, another browser looked at, an act done', async ({ page }) => {
    const figure = await openFigure(page, 'break-rules', 'live');
    await figure.getByRole('button', { name: 'RSV1 set', exact: true }).focus();
    await page.keyboard.press('Enter');
    await expect(figure.locator('.act-detail')).toContainText('RSV1 must be 0');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await expect(rowOf(figure, 'RSV1 set').locator('td').first()).toContainText('page gets 1006');
    await page.locator('input[name="act-seen"]:checked').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await expect(figure.getByRole('radio', { name: /^Firefox/ })).toBeChecked();
    await expect(figure.locator('.act-wire')).toContainText('the browser sent nothing');
  });

  test('results are kept over a reload, and forgotten when told to', async ({ page }) => {
    const figure = await openFigure(page, 'break-rules', 'live');
    await figure.getByRole('button', { name: 'Run: Opcode 3' }).click();
    const own = rowOf(figure, 'Opcode 3').locator('td').first();
    await expect(own).toContainText('sends close 1002');
    // It is stored after it is shown.
    await expect
      .poll(() => page.evaluate((key) => localStorage.getItem(key), 'framelight:broken-rules'))
      .toContain('opcode-3');
    await page.reload();
    await wakeFigure(figure);
    await expect(own).toContainText('sends close 1002');
    await figure.getByRole('button', { name: 'Clear my results' }).click();
    await expect(own).not.toContainText('closes');
    await page.reload();
    await wakeFigure(figure);
    await expect(figure.locator('.badge')).toHaveAttribute('data-state', 'live');
    await expect(own).not.toContainText('closes');
  });

  test('all at once agree with what was recorded of this browser; they can be stopped', async ({ page }) => {
    test.setTimeout(90_000);
    const figure = await openFigure(page, 'break-rules', 'live');
    await figure.getByRole('button', { name: /^Run all/ }).click();
    await expect(figure.getByRole('status').filter({ hasText: 'Running' })).toBeVisible();
    await figure.getByRole('button', { name: 'Stop' }).click();
    await expect(figure.getByRole('button', { name: /^Run all/ })).toBeEnabled();
    await figure.getByRole('button', { name: /^Run all/ }).click();
    await expect(figure.getByRole('button', { name: /^Run all/ })).toBeEnabled({ timeout: 60_000 });
    const count = figure.locator('tfoot td');
    await expect(count.first()).toHaveText((await count.nth(1).textContent()) ?? '');
  });

  test('a companion that goes away is told of, and looked for again', async ({ page }) => {
    const figure = await openFigure(page, 'break-rules', 'live');
    await page.routeWebSocket(/\/tap/, (socket) => socket.close());
    await figure.getByRole('button', { name: 'Run: RSV2 set' }).click();
    await expect(figure.locator('.badge')).toHaveAttribute('data-state', 'lost');
    await figure.getByRole('button', { name: 'Look again' }).click();
    await expect(figure.locator('.badge')).toHaveAttribute('data-state', 'live');
  });
});

test.describe('a server does wrong, simulated', () => {
  test('our own client stands in the place of the browser, and it says so', async ({ page }) => {
    const figure = await openFigure(page, 'break-rules', 'simulated');
    await expect(figure.locator('thead')).toContainText('our own client');
    await figure.getByRole('button', { name: 'Run: Text that is not UTF-8' }).click();
    await expect(rowOf(figure, 'Text that is not UTF-8').locator('td').first()).toContainText(
      'sends close 1007, page gets 1006',
    );
    await expect(figure.locator('.figure-note')).toContainText('npm start');
  });

  test('an address opens its row', async ({ page }) => {
    const figure = await openFigure(page, 'break-rules', 'simulated', '#act=close-1006');
    await expect(figure.getByRole('button', { name: 'Close with code 1006', exact: true })).toHaveAttribute(
      'aria-expanded',
      'true',
    );
    await expect(figure.locator('.act-detail')).toContainText('1006');
  });
});

for (const state of ['live', 'simulated'] as const) {
  test.describe(`a client does wrong, ${state}`, () => {
    test('an unmasked frame is answered with 1002, and the answer opens', async ({ page }) => {
      const figure = await openFigure(page, 'client-rules', state);
      const title = 'A client masks every frame; a server closes the connection if a frame is not masked.';
      await figure.getByRole('button', { name: `Send: ${title}` }).click();
      const row = rowOf(figure, title);
      await expect(row.locator('td')).toContainText('sent');
      await expect(row.locator('td')).toContainText('1002 unmasked-client-frame');
      await figure
        .locator('.act-wire')
        .getByRole('button', { name: /from the server/ })
        .click();
      await expect(figure.locator('.frame-view')).toContainText('close');
      await expect(page).toHaveURL(/#rule=unmasked-client-frame/);
    });

    test('bytes of the reader’s own, typed and sent with Enter; a wrong digit is told of', async ({ page }) => {
      const figure = await openFigure(page, 'client-rules', state);
      const field = figure.getByLabel('Frames of your own, in hex');
      await field.fill('8185 37fa213d 7f9f4d5158');
      await field.press('Enter');
      await expect(figure.locator('.act-wire li')).toHaveText([
        /text, 11 bytes: Hello/,
        /text, 7 bytes: Hello/,
        /waits/,
      ]);
      await field.fill('81 8g');
      await field.press('Enter');
      await expect(figure.getByRole('alert')).toHaveText(/^"8" is only half a byte/);
    });
  });
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the recorded results and the worked answers can be read', async ({ page }) => {
    await page.goto(PATH);
    const figure = page.locator('#break-rules');
    await expect(rowOf(figure, 'A masked frame').locator('td').nth(2)).toContainText('accepts it');
    await expect(figure.locator('.act-told li').first()).toHaveText('onopen');
    await expect(figure.getByRole('button', { name: /^Run/ })).toHaveCount(0);
    await expect(page.locator('#client-rules .break-row').first()).toContainText('1002');
  });
});

test('a check is judged by the protocol code', async ({ page }) => {
  await page.goto(`${PATH}#check=which-byte&seed=1`);
  const check = page.locator('[data-exercise="which-byte"]');
  await wakeFigure(check);
  await expect(check).toHaveAttribute('data-ready');
  await check.locator('.exercise-cells button').first().click();
  await check.getByRole('button', { name: 'Check my answer' }).click();
  await expect(check.getByRole('status')).toContainText(/Right\.|breaks no rule/);
});
