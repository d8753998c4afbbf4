import { expect, type Page, test } from '@playwright/test';

/** Opens a chapter with all its figures at work. */
async function openChapter(page: Page, path: string): Promise<void> {
  await page.goto(`/chapters/${path}`);
  for (const island of await page.locator('astro-island').all()) {
    await island.scrollIntoViewIfNeeded();
    await expect(island).not.toHaveAttribute('ssr');
  }
}

/** The same address in a new page: what a reader gets who was sent the link. */
async function openAgain(page: Page): Promise<Page> {
  const other = await page.context().newPage();
  const { pathname, hash } = new URL(page.url());
  await openChapter(other, pathname.replace('/chapters/', '') + hash);
  return other;
}

test('the calculator and the doctor keep to their own in one address', async ({ page }) => {
  await openChapter(page, 'accept-hash/');
  const key = (at: Page) => at.locator('.accept').getByRole('textbox').first();
  const answer = (at: Page) => at.locator('.accept-doctor').getByRole('textbox').last();
  await answer(page).fill('abc');
  await expect(page).toHaveURL(/accept=abc/);
  await key(page).fill('AAECAwQFBgcICQoLDA0ODw==');
  await expect(page).toHaveURL(/accept=abc/);
  const again = await openAgain(page);
  await expect(key(again)).toHaveValue('AAECAwQFBgcICQoLDA0ODw==');
  await expect(answer(again)).toHaveValue('abc');
});

test('the layers that are counted, and the message of a life, are in the address', async ({ page }) => {
  await openChapter(page, 'what-a-websocket-is/');
  await page.getByLabel('TLS').check();
  await page.getByLabel('TCP and IP').check();
  await expect(page).toHaveURL(/layers=tls\.tcp/);
  const life = page.locator('.timeline');
  await expect(life.getByRole('button', { name: 'Run again' })).toHaveAttribute('aria-disabled', 'false');
  await life.getByLabel('Message').fill('Grüße');
  await life.getByLabel('Message').press('Enter');
  await expect(page).toHaveURL(/say=/);
  const again = await openAgain(page);
  await expect(again.getByLabel('TLS')).toBeChecked();
  await expect(again.getByLabel('TCP and IP')).toBeChecked();
  await expect(again.getByLabel('HTTP/2')).not.toBeChecked();
  await expect(again.locator('.timeline').getByLabel('Message')).toHaveValue('Grüße');
  await expect(again.locator('.ladder-title').filter({ hasText: 'text Grüße' })).toHaveCount(2);
});

test('the browser whose answer is looked at is in the address', async ({ page }) => {
  await openChapter(page, 'break-the-rules/');
  await page.getByRole('button', { name: 'RSV1 set', exact: true }).click();
  await page.getByRole('radio', { name: /^Firefox/ }).check();
  await expect(page).toHaveURL(/act=rsv1&met=Firefox/);
  const again = await openAgain(page);
  await expect(again.getByRole('radio', { name: /^Firefox/ })).toBeChecked();
  await expect(again.getByRole('button', { name: 'RSV1 set', exact: true })).toHaveAttribute('aria-expanded', 'true');
});

/** Where a figure says what it cannot find; by the chapter and the address. */
const IN_VAIN = [
  ['what-a-websocket-is/', 'at=nonsense', '.timeline', 'at'],
  ['what-a-websocket-is/', 'cookies=-1', '.polling', 'cookies'],
  ['what-a-websocket-is/', 'layers=tls.quic', '.polling', 'layers'],
  ['what-a-websocket-is/', 'delay=9999', '.polling', 'delay'],
  ['opening-handshake/', 'line=nonsense', '.own-handshake', 'line'],
  ['masking/', 'xor=818537fa213d7f9f4d5158&xor-at=99', '.xor-lane', 'xor-at'],
  ['masking/', 'cache=nonsense', '.proxy-cache', 'cache'],
  ['masking/', 'cache=fresh-key&cache-key=short', '.proxy-cache', 'cache-key'],
  ['messages-fragments-text/', 'stream=nonsense', '.stream-cut', 'stream'],
  ['messages-fragments-text/', 'frag=Hello&frag-wrong=nonsense', '.fragments', 'frag-wrong'],
  ['messages-fragments-text/', 'utf8=61&utf8-by=nonsense', '.utf8-lane', 'utf8-by'],
  ['ping-pong-close/', 'closing=nonsense', '#closing-figure', 'closing'],
  ['ping-pong-close/', 'code=77-server', '.close-codes', 'code'],
  ['accept-hash/', 'check=nonsense', '#exercises-figure', 'check'],
  ['accept-hash/', 'check=write-the-accept&seed=nonsense', '#exercises-figure', 'seed'],
  ['compression/', 'pack=Hello&pack-window=99', '.packing', 'pack-window'],
  ['the-2011-listing/', 'listing=99', '#listing-figure', 'listing'],
  ['break-the-rules/', 'act=nonsense', '#break-rules', 'act'],
  ['break-the-rules/', 'act=rsv1&met=Nonsense', '#break-rules', 'met'],
  ['break-the-rules/', 'rule=nonsense', '#client-rules', 'rule'],
] as const;

for (const [path, hash, figure, name] of IN_VAIN) {
  test(`#${hash} asks for what is not there, and the figure says so`, async ({ page }) => {
    await openChapter(page, `${path}#${hash}`);
    const said = page.locator(figure).getByText(`a “${name}” that`);
    await expect(said).toHaveCount(1);
    await expect(page.getByText('that this figure does not have')).toHaveCount(1);
    await page.evaluate(() => {
      location.hash = 'other=1';
    });
    if (name !== 'line') await expect(said).toHaveCount(0);
  });
}

test('a length that is none is said beside its field', async ({ page }) => {
  await openChapter(page, 'the-frame/#length=nonsense');
  await expect(page.locator('.length-forms').getByRole('alert')).toContainText('Type a whole number from 0');
});

test('the key of the story, and the frame of a close that is open, are in the address', async ({ page }) => {
  await openChapter(page, 'masking/#cache=fresh-key&cache-key=00c0ffee');
  await expect(page.locator('.proxy-cache')).toContainText('00 c0 ff ee');
  await page
    .getByRole('button', { name: /another key|fresh key/i })
    .first()
    .click();
  await expect(page).toHaveURL(/cache-key=(?!00c0ffee)[0-9a-f]{8}/);

  await openChapter(page, 'ping-pong-close/');
  const codes = page.locator('.close-codes');
  await codes.getByRole('button', { name: 'server: 1012' }).click();
  const frame = codes.locator('[data-trial="1012-server"]').getByRole('button').first();
  await frame.click();
  await expect(page).toHaveURL(/code=1012-server-0/);
  const again = await openAgain(page);
  await expect(again.locator('[data-trial="1012-server"]').getByRole('button').first()).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await frame.click();
  await expect(page).toHaveURL(/code=1012-server$/);
});
