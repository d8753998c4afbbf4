import { expect, test } from '@playwright/test';
import { InspectorPage } from './inspector-page.ts';

test('#f= opens a frame, and marks what is wrong with it', async ({ page }) => {
  const inspector = new InspectorPage(page);
  await inspector.openLive('/#f=c18537fa213d7f9f4d5158');
  await expect(page.getByRole('heading', { name: /^An example: the frame in the address:/ })).toBeVisible();
  expect(await inspector.shownHex()).toBe('c18537fa213d7f9f4d5158');
  await expect(page.locator('.frame-view .verdict')).toContainText('RSV1 must be 0');
  await page.locator('.frame-view .verdict').getByRole('button').click();
  await expect(inspector.bytes.first()).toHaveAttribute('aria-selected', 'true');
});

test('#f= with what is no hex says so', async ({ page }) => {
  await page.goto('/#f=81zz');
  await expect(page.getByRole('alert').filter({ hasText: 'The frame in the address' })).toContainText(
    'not a hex digit',
  );
});

test('a payload is only ever text: markup is shown, and what would hide or reorder is an escape', async ({ page }) => {
  const inspector = new InspectorPage(page);
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await inspector.openLive();
  await inspector.say('<img onerror=x>\u202e');
  await expect(inspector.rows.last()).toContainText('<img onerror=x>\\u{202e}');
  await expect(page.locator('.inspector img')).toHaveCount(0);
  await expect(page.locator('.unmasking-character[data-escaped]').first()).toHaveText('\\u{202e}');
  expect(dialogs).toEqual([]);
});

const MORE = 'Send bytes or a long payload, or close the connection';

test('bytes typed as hex go out as a binary frame; what is no hex is named and stays here', async ({ page }) => {
  const inspector = new InspectorPage(page);
  await inspector.openLive();
  await page.getByText(MORE).click();
  await page.getByLabel('Bytes, two digits each').fill('00 ff g');
  await page.getByRole('button', { name: 'Send bytes' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'hex digit' })).toBeVisible();
  await page.getByLabel('Bytes, two digits each').fill('00 ff');
  await page.getByRole('button', { name: 'Send bytes' }).click();
  await expect(inspector.rows.last()).toContainText('onmessage: ArrayBuffer, 2 bytes');
  await expect(inspector.rows.nth(4)).toContainText('ws.send(new Uint8Array([0x00, 0xff]))');
});

test('a payload of 65,536 bytes takes the 64-bit length, and opens in parts', async ({ page }) => {
  const inspector = new InspectorPage(page);
  await inspector.openLive();
  await page.getByText(MORE).click();
  await page.getByLabel('Length').selectOption('65536');
  await page.getByRole('button', { name: 'Send bytes' }).click();
  await expect(inspector.rows.last()).toContainText('onmessage: ArrayBuffer, 65,536 bytes');
  await inspector.rows.last().click();
  await expect(inspector.fields.filter({ hasText: 'extended payload length' })).toContainText('65536');
  await expect(page.locator('.strip-more')).toHaveText('… 65,506 more');
  await expect(inspector.bytes).toHaveCount(32);
  await page
    .getByRole('button', { name: /^Show .* more bytes$/ })
    .first()
    .click();
  await expect(inspector.bytes).toHaveCount(128);
});

test('closing: what the browser refuses never reaches the wire; what it takes is answered; then again', async ({
  page,
}) => {
  const inspector = new InspectorPage(page);
  await inspector.openLive();
  await page.getByText(MORE).click();
  await page.getByLabel('Status code').fill('1002');
  await page.getByRole('button', { name: 'Close the connection', exact: true }).click();
  await expect(inspector.rows.last()).toContainText(
    /ws\.close\(1002\).*nothing went on the wire.*threw InvalidAccessError/,
  );
  await page.getByLabel('Status code').fill('4001');
  await page.getByLabel('Reason').fill('done');
  await page.getByRole('button', { name: 'Close the connection', exact: true }).click();
  await expect(inspector.rows.filter({ hasText: 'ws.close(4001, "done")' })).toContainText('4001 done');
  await expect(inspector.rows.last()).toContainText(/TCP ended.*onclose: 4001/);
  await expect(page.locator('.send-hint')).toHaveText('The connection is closed. Send opens a new one.');
  await inspector.message.fill('back');
  await inspector.send.click();
  await expect(inspector.rows.last()).toContainText('onmessage: "back"');
  await expect(page.locator('.send-hint')).toHaveCount(0);
});

test('a pause holds the list and says so, clear empties all that is shown', async ({ page }) => {
  const inspector = new InspectorPage(page);
  await inspector.openLive();
  await inspector.say('one');
  await page.getByRole('button', { name: 'Pause' }).click();
  await inspector.message.press('Enter');
  await expect(page.locator('.frame-list-count')).toContainText(/paused, [1-9]\d* events wait/);
  await expect(inspector.rows).toHaveCount(6);
  await expect(page.getByRole('button', { name: 'Pause' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(inspector.rows).toHaveCount(8);
  await page.getByRole('button', { name: 'Clear' }).click();
  await expect(inspector.rows).toHaveCount(0);
  await expect(inspector.strip).toHaveCount(0);
  await expect(inspector.bits).toHaveCount(0);
  await expect(inspector.title).toHaveText('Send a message to see its bytes');
  await expect(page).toHaveURL(/\/$/);
});

test('bytes are copied as hex, for C and for JavaScript', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const inspector = new InspectorPage(page);
  await inspector.openLive('/#f=81024869');
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await page.getByRole('button', { name: 'hex', exact: true }).click();
  await expect(page.getByText('Copied 4 bytes as hex.')).toBeVisible();
  expect(await clipboard()).toBe('81024869');
  await page.getByRole('button', { name: 'C bytes' }).click();
  await expect(page.getByText('Copied 4 bytes as C bytes.')).toBeVisible();
  expect(await clipboard()).toBe('{ 0x81, 0x02, 0x48, 0x69 }');
  await page.getByRole('button', { name: 'Uint8Array' }).click();
  await expect(page.getByText('Copied 4 bytes as Uint8Array.')).toBeVisible();
  expect(await clipboard()).toBe('new Uint8Array([0x81, 0x02, 0x48, 0x69])');
});
