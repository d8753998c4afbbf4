import { expect, type Locator, type Page, test } from '@playwright/test';
import { axeFindings } from './axe.ts';
import { DecoderPage } from './decoder-page.ts';
import { STATIC_SITE } from './ports.ts';
import { WatchPage } from './watch-page.ts';

const PATH = '/chapters/compression/';

/** The figure that compresses messages, as a person works it. */
class Packing {
  readonly page: Page;
  readonly figure: Locator;
  readonly text: Locator;
  readonly rows: Locator;
  readonly said: Locator;
  readonly step: Locator;

  constructor(page: Page) {
    this.page = page;
    this.figure = page.locator('.packing');
    this.text = this.figure.getByLabel('Your messages, one on each line');
    this.rows = this.figure.locator('.packing-row');
    this.said = this.figure.locator('.packing-said');
    this.step = this.figure.getByLabel('Step through the codes');
  }

  async open(address = PATH): Promise<void> {
    await this.page.goto(address);
    await this.figure.scrollIntoViewIfNeeded();
    await expect(this.page.locator('#packing-figure astro-island')).not.toHaveAttribute('ssr');
  }

  /** The sizes of a row: before, and compressed. */
  async sizes(index: number): Promise<number[]> {
    await expect(this.figure).toHaveAttribute('aria-busy', 'false');
    const text = await this.rows.nth(index).locator('.packing-size span').innerText();
    return [...text.matchAll(/\d+(?= bytes?)/g)].map(([number]) => Number(number));
  }
}

for (const [state, site] of [
  ['with the companion', ''],
  ['on any host', STATIC_SITE],
] as const) {
  test(`${state}, the reader’s own messages are compressed, and each copy leads to its source`, async ({ page }) => {
    const packing = new Packing(page);
    await packing.open(site + PATH);
    await packing.text.fill('The rain in Spain, in Spain\nThe rain in Spain');
    await expect(packing.rows).toHaveCount(2);
    await expect(packing.said).toContainText(/in message 2: copy \d+ bytes from \d+ back, in message 1/);
    await expect(packing.rows.nth(0).locator('[data-part="source"]')).toHaveText(/he rain in Spain/);
    await expect(packing.rows.nth(1).locator('.packing-text [data-part="at"]')).toHaveText(/he rain in Spain/);
    const [plain = 0, packed = 99] = await packing.sizes(1);
    expect(plain).toBe(17);
    expect(packed).toBeLessThan(8);
    await expect(page).toHaveURL(/pack=The%20rain/);
  });
}

test('a window that is forgotten, or too small, makes the last message longer; all of it is in the address', async ({
  page,
}) => {
  const packing = new Packing(page);
  await packing.open();
  await packing.figure.getByLabel('Begin with').selectOption('far');
  await expect(packing.rows).toHaveCount(3);
  const [, whole = 0] = await packing.sizes(2);
  await packing.figure.getByLabel('Window', { exact: true }).selectOption('9');
  await expect.poll(async () => (await packing.sizes(2))[1]).toBeGreaterThan(whole + 8);
  await packing.figure.getByLabel('Window', { exact: true }).selectOption('15');
  await expect.poll(async () => (await packing.sizes(2))[1]).toBe(whole);
  await packing.figure.getByLabel(/Forget the window/).check();
  await expect.poll(async () => (await packing.sizes(2))[1]).toBeGreaterThan(whole + 8);
  await expect(page).toHaveURL(/pack-forget=yes/);
  await page.reload();
  await expect(packing.figure.getByLabel(/Forget the window/)).toBeChecked();
  await expect(packing.figure.getByLabel('Begin with')).toHaveValue('far');
});

test('the codes are walked by keyboard, and what cannot be seen is an escape', async ({ page }) => {
  const packing = new Packing(page);
  await packing.open();
  await packing.step.focus();
  await page.keyboard.press('Home');
  await expect(packing.said).toContainText('Code 1 of');
  await expect(packing.said).toContainText('the byte 7b itself');
  await page.keyboard.press('ArrowRight');
  await expect(packing.said).toContainText('Code 2 of');
  await packing.figure.getByRole('button', { name: 'Previous code' }).click();
  await expect(packing.figure.getByRole('button', { name: 'Previous code' })).toBeDisabled();
  await packing.text.fill('a\u202eb<img src=x>');
  await expect(packing.rows.first().locator('.packing-text')).toHaveText('a\\u{202e}b<img src=x>');
  await packing.text.fill('');
  await expect(packing.said).toHaveText('Write a message.');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in use, and nothing scrolls sideways on a phone, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 360, height: 740 });
    const packing = new Packing(page);
    await packing.open();
    await packing.text.fill(`${'x'.repeat(300)}\n${'y z'.repeat(50)}`);
    await expect(packing.rows).toHaveCount(2);
    await expect(packing.rows.first().locator('[data-copied]').first()).toBeVisible();
    expect(await axeFindings(page, '.packing')).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });
}

test('the decoder asks about RSV1, and reads the message as compressed at one press', async ({ page }) => {
  const decoder = new DecoderPage(page);
  await decoder.goto('#from=server&f=c107f248cdc9c90700c105f200110000');
  const asked = page.getByRole('button', { name: 'Read as compressed' });
  const inflated = page.getByRole('region', { name: 'The message, decompressed' });
  await expect(asked).toHaveAttribute('aria-pressed', 'false');
  await expect(page.locator('.frames-broken')).toHaveText('2 break a rule');
  await expect(inflated).toHaveCount(0);
  await asked.click();
  await expect(page.locator('.frames-broken')).toHaveCount(0);
  await expect(inflated).toContainText(
    '7 bytes on the wire, 5 bytes decompressed: 2 bytes more than without compression.',
  );
  await expect(inflated.getByRole('region', { name: 'Decompressed payload' })).toHaveText('Hello');
  await expect(inflated).toContainText('The window is unknown from here');
  await decoder.rows.nth(1).click();
  await inflated.getByText('How it is compressed').click();
  await expect(inflated).toContainText('"H" [4 bytes from 5 back]');
  expect(await axeFindings(page, '.opened')).toEqual([]);
  await expect(page).toHaveURL(/deflate=yes/);
  await page.reload();
  await expect(inflated.getByRole('region', { name: 'Decompressed payload' })).toHaveText('Hello');
  await asked.click();
  await expect(inflated).toHaveCount(0);
  await expect(page.locator('.frames-broken')).toHaveText('2 break a rule');
});

test('a capture in a file is read as compressed by the worker', async ({ page }) => {
  const decoder = new DecoderPage(page);
  await decoder.goto();
  await decoder.give('capture.bin', Buffer.from('c107f248cdc9c90700c105f200110000', 'hex'));
  await expect(decoder.rows).toHaveCount(2);
  await page.getByRole('button', { name: 'Read as compressed' }).click();
  await expect(page.getByRole('region', { name: 'Decompressed payload' })).toHaveText('Hello');
});

test('what the browser itself compresses is shown inflated beside its bytes', async ({ page, context }) => {
  const watch = new WatchPage(page);
  await watch.open();
  const address = `${await watch.address.innerText()}&deflate`;
  const client = await context.newPage();
  await client.goto('/404.html');
  const extensions = await client.evaluate(async (url) => {
    const socket = new WebSocket(url);
    await new Promise((done) => socket.addEventListener('open', done));
    for (const price of [101, 102]) socket.send(`{"symbol":"ACME","price":${price},"text":"the price of today"}`);
    socket.send('');
    await new Promise((done) => {
      let heard = 0;
      socket.addEventListener('message', () => ++heard === 3 && done(undefined));
    });
    return socket.extensions;
  }, address);
  expect(extensions).toContain('permessage-deflate');
  const sent = watch.rows.filter({ hasText: '"price":102' }).first();
  await expect(sent).toBeVisible();
  await expect(page.locator('.row-violation')).toHaveCount(0);
  await sent.click();
  const inflated = page.getByRole('region', { name: 'The message, decompressed' });
  await expect(inflated.getByRole('region', { name: 'Decompressed payload' })).toHaveText(
    '{"symbol":"ACME","price":102,"text":"the price of today"}',
  );
  await expect(inflated).toContainText(/\d+ bytes on the wire, 57 bytes decompressed: \d+ bytes saved/);
  await expect(inflated).toContainText('The window holds earlier messages');
  await inflated.getByText('How it is compressed').click();
  await expect(inflated).toContainText(/\[\d+ bytes from \d+ back\]/);
  expect(await axeFindings(page, '.inflated')).toEqual([]);
});
