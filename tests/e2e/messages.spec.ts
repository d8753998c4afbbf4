import { expect, type Page, test } from '@playwright/test';
import { wakeFigure } from './hydrated.ts';
import { STATIC_SITE } from './ports.ts';

const PATH = '/chapters/messages-fragments-text/';

/** The three figures of the chapter, as a person works them. */
class MessagesPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get stream() {
    return this.page.locator('.stream-cut');
  }
  get fragments() {
    return this.page.locator('.fragments');
  }
  get lane() {
    return this.page.locator('.utf8-lane');
  }
  get badge() {
    return this.fragments.locator('.badge');
  }
  get rows() {
    return this.fragments.locator('.frag-timeline tbody tr');
  }

  /** Opens the page, and waits until the figure that is to be used has come to life. */
  async open(figure: 'stream' | 'fragments' | 'lane', site = ''): Promise<void> {
    await this.page.goto(site + PATH);
    const island = this.page.locator('astro-island').filter({ has: this[figure] });
    await wakeFigure(this[figure]);
    await expect(island).not.toHaveAttribute('ssr');
  }
}

test('a stream cut by keyboard: the naive parser is right at one position, ours at each', async ({ page }) => {
  const chapter = new MessagesPage(page);
  await chapter.open('stream');
  const [naive, ours] = [chapter.stream.locator('.verdict').nth(0), chapter.stream.locator('.verdict').nth(1)];
  await expect(naive).toContainText('Lost: “Grüße”');
  await page.getByLabel('Where the first read ends').focus();
  for (let cut = 1; cut <= 20; cut++) {
    await page.keyboard.press('ArrowRight');
    await expect(page).toHaveURL(new RegExp(`stream-cut=${cut}(&|$)`));
    await expect(naive).toHaveAttribute('data-tone', cut === 8 ? 'ok' : 'danger');
    await expect(ours).toHaveAttribute('data-tone', 'ok');
  }
  await page.getByLabel('one read for each byte').check();
  await expect(naive).toContainText('0 of 2 messages right');
  await expect(ours).toContainText('All 2 messages right');
});

test('a parser of at most one frame per read lets the second frame wait, and takes a fragment for a message', async ({
  page,
}) => {
  const chapter = new MessagesPage(page);
  await chapter.open('stream');
  await page.getByLabel('The naive parser').selectOption('At most one frame per read');
  await expect(chapter.stream.locator('.verdict').first()).toContainText('Still waiting for bytes: “Grüße”');
  await page.getByLabel('The client sends').selectOption('Two fragments, cut inside the ü');
  await expect(chapter.stream.locator('tbody')).toContainText('Raises an exception: it is not UTF-8');
});

test('live: fragments on a real wire, a ping between them, one event in this page', async ({ page }) => {
  const chapter = new MessagesPage(page);
  await chapter.open('fragments');
  await page.getByLabel('Message, at most 32 bytes').fill('Hello');
  await page.getByLabel('Fragments', { exact: true }).fill('2');
  await page.getByLabel('A ping').selectOption('after fragment 1');
  await page.getByRole('button', { name: 'Send over a real connection' }).click();
  await expect(chapter.badge).toHaveAttribute('data-state', 'live');
  await expect(chapter.rows).toHaveCount(5);
  await expect(chapter.rows.nth(0)).toContainText(/FIN 0\s*1 text.*nothing/);
  await expect(chapter.rows.nth(1)).toContainText(/FIN 1\s*9 ping/);
  await expect(chapter.rows.nth(2)).toContainText(/A pong/);
  await expect(chapter.rows.nth(3)).toContainText(/FIN 1\s*0 continuation.*Complete: “Hello”/);
  await expect(chapter.rows.nth(4)).toContainText('onmessage: "Hello"');
  await chapter.rows.nth(0).getByRole('button').click();
  await expect(page.getByRole('grid', { name: 'Bytes of the frame' }).getByRole('gridcell')).toHaveCount(9);
});

test('live: two pages that send at the same time do not hear each other', async ({ page, context }) => {
  const pages = [page, await context.newPage()];
  const chapters = pages.map((each) => new MessagesPage(each));
  for (const [i, chapter] of chapters.entries()) {
    await chapter.open('fragments');
    await chapter.page.getByLabel('Message, at most 32 bytes').fill(`page ${i}`);
  }
  const send = { name: 'Send over a real connection' };
  await Promise.all(pages.map((each) => each.getByRole('button', send).click()));
  for (const [i, chapter] of chapters.entries()) {
    await expect(chapter.badge).toHaveAttribute('data-state', 'live');
    await expect(chapter.rows.filter({ hasText: 'onmessage' })).toHaveText([new RegExp(`"page ${i}"`)]);
  }
});

test('live: what is wrong is failed by the companion, and this page hears nothing', async ({ page }) => {
  const chapter = new MessagesPage(page);
  await chapter.open('fragments');
  for (const [wrong, rule] of [
    ['give every fragment the opcode of text', 'message-inside-message'],
    ['begin with a continuation', 'continuation-without-message'],
  ] as const) {
    await page.getByLabel('Mistake').selectOption(wrong);
    await expect(chapter.badge).toHaveAttribute('data-state', /simulated|live/);
    await page.getByRole('button', { name: 'Send over a real connection' }).click();
    await expect(chapter.badge).toHaveAttribute('data-state', 'live');
    await expect(chapter.fragments.locator('.frag-timeline')).toContainText(`1002, ${rule}`);
    await expect(chapter.fragments.locator('.frag-timeline')).toContainText('8 close');
    await expect(chapter.fragments.locator('.frag-timeline')).not.toContainText('onmessage');
  }
});

test('when the lab is gone, the figure says so and what to do, and the simulation stays', async ({ page }) => {
  const chapter = new MessagesPage(page);
  await page.routeWebSocket('**/lab/raw', (socket) => void socket.close());
  await chapter.open('fragments');
  await page.getByRole('button', { name: 'Send over a real connection' }).click();
  await expect(chapter.fragments.getByRole('alert')).toContainText('npm start');
  await expect(chapter.badge).toHaveAttribute('data-state', 'lost');
  await expect(chapter.rows).toHaveCount(6);
});

test('simulated: cuts set and taken away by keyboard, and kept in the address', async ({ page }) => {
  const chapter = new MessagesPage(page);
  await chapter.open('fragments', STATIC_SITE);
  await expect(page.getByRole('button', { name: 'Send over a real connection' })).toBeDisabled();
  await expect(chapter.fragments.locator('.figure-note')).toContainText('npm start');
  const cut = (after: number) => page.getByRole('button', { name: `cut after byte ${after}`, exact: false });
  await cut(1).first().focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect(chapter.badge).toHaveText('simulated in this page');
  await expect(page).toHaveURL(/frag-cuts=3\.5\.6/);
  await page.keyboard.press('Home');
  await expect(cut(1).first()).toBeFocused();
  await cut(3).click();
  await expect(page).toHaveURL(/frag-cuts=5\.6/);
  await expect(chapter.fragments.locator('.verdict').last()).toHaveText('3 data frames, one message, one event.');
  await page.getByLabel('Mistake').selectOption('never set FIN');
  await expect(chapter.fragments.locator('.verdict').last()).toContainText('no message');
  await expect(page).toHaveURL(/=no-end/);
  await page.reload();
  await expect(page.getByLabel('Mistake')).toHaveValue('no-end');
  await expect(chapter.rows.first()).toBeVisible();
});

test('UTF-8: the first wrong byte has its reason and its code; the arrows go from byte to byte', async ({ page }) => {
  const chapter = new MessagesPage(page);
  await chapter.open('lane');
  await expect(chapter.lane.locator('.verdict')).toContainText('Valid UTF-8');
  await page.getByLabel('Example', { exact: true }).selectOption('Overlong: a slash in three bytes');
  await expect(chapter.lane.locator('.verdict')).toContainText('1007');
  await expect(chapter.lane.locator('.utf8-said')).toContainText(/^byte 4 of 5, hex 80: overlong: three bytes/);
  await chapter.lane.getByRole('button', { name: /^byte 4, hex 80, wrong/ }).focus();
  await page.keyboard.press('ArrowLeft');
  await expect(chapter.lane.locator('.utf8-said')).toContainText(/^byte 3 of 5, hex e0: byte 1 of a character of 3/);
  await page.keyboard.press('End');
  await expect(chapter.lane.locator('.utf8-said')).toContainText('never looked at');
});

test('UTF-8: a character cut by a fragment or by a read is no fault; bytes that are no hex are told', async ({
  page,
}) => {
  const chapter = new MessagesPage(page);
  await chapter.open('lane');
  const hex = page.getByLabel('or your own bytes, in hex');
  await hex.fill('35 e2 82 ac');
  await expect(page).toHaveURL(/utf8=35e282ac/);
  await chapter.lane.getByLabel('Cut after byte').fill('2');
  for (const by of ['into two fragments', 'into two TCP reads']) {
    await page.getByLabel('What cuts it').selectOption(by);
    await expect(chapter.lane.locator('.verdict')).toContainText('2 characters');
    await expect(chapter.lane.locator('.utf8-pieces')).toContainText('A character is open');
  }
  await hex.fill('35 e2 8');
  await expect(chapter.lane.getByRole('alert')).not.toBeEmpty();
  await expect(hex).toHaveAttribute('aria-invalid', 'true');
});

test('an address opens a figure as it was left', async ({ page }) => {
  await page.goto(`${PATH}#utf8=48ff69&utf8-cut=2&utf8-by=read&stream=inside&stream-cut=each&stream-parser=2011`);
  const chapter = new MessagesPage(page);
  await expect(chapter.lane.locator('.verdict')).toContainText('Byte 2, hex ff, is not allowed here');
  await wakeFigure(chapter.stream);
  await expect(page.getByLabel('one read for each byte')).toBeChecked();
  await expect(page.getByLabel('The naive parser')).toHaveValue('2011');
});

test('a check is answered wrong, and says which byte', async ({ page }) => {
  await page.goto(PATH);
  const check = page.locator('.exercise').filter({ hasText: 'Where UTF-8 goes wrong' });
  await wakeFigure(check);
  // The check comes to life when it is seen, and then draws its question.
  await expect(async () => {
    await check.getByRole('button', { name: /^byte 1:/ }).click();
    await expect(check.getByRole('button', { name: 'Check my answer' })).toBeEnabled({ timeout: 500 });
  }).toPass();
  await check.getByRole('button', { name: 'Check my answer' }).click();
  await expect(check).toContainText(/Byte 1, [0-9a-f]{2}, is allowed there/);
});

test('without JavaScript each figure shows a worked example', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto((baseURL ?? '') + PATH);
  const chapter = new MessagesPage(page);
  await expect(chapter.rows).toHaveCount(6);
  await expect(chapter.rows.last()).toContainText('onmessage: "Grüße"');
  await expect(chapter.stream.locator('.verdict')).toHaveCount(2);
  await expect(chapter.lane.locator('.utf8-byte')).toHaveCount(10);
  await context.close();
});
