import { createHash } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { BuilderPage, CHAPTER, OwnHandshakePage } from './handshake-page.ts';

const KEY = 'request.sec-websocket-key';
const ACCEPT = 'response.sec-websocket-accept';
const acceptOf = (key: string) =>
  createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
const ascii = (hex: string) => Buffer.from(hex, 'hex').toString('latin1');

test.describe('the reader’s own handshake', () => {
  test('by mouse, live: every line is what this browser sent, explained, with its bytes', async ({ page }) => {
    const own = new OwnHandshakePage(page);
    await own.open('live');
    const key = await own.valueOf(KEY);
    expect(key).toMatch(/^[A-Za-z0-9+/]{22}==$/);
    expect(await own.valueOf(ACCEPT)).toBe(acceptOf(key));
    expect(ascii(await own.hex())).toBe(`Sec-WebSocket-Key: ${key}\r\n`);
    await expect(own.opened).toContainText(`the server must answer ${acceptOf(key)}`);

    await own.line('request.user-agent').click();
    await expect(own.opened).toHaveCount(1);
    await expect(own.opened).toContainText('which program it is');
    const userAgent = await page.evaluate(() => navigator.userAgent);
    expect(ascii(await own.hex())).toBe(`User-Agent: ${userAgent}\r\n`);
    await expect(page).toHaveURL(/#line=request\.user-agent$/);

    await own.line('request.user-agent').click();
    await expect(own.opened).toHaveCount(0);
  });

  test('connecting again changes the key and the accept, and nothing else', async ({ page }) => {
    const own = new OwnHandshakePage(page);
    await own.open('live');
    const before = await own.valueOf(KEY);
    await expect(own.changes).toHaveText('');
    await own.again.click();
    await expect(own.changes).toHaveText(
      'Changed since the last handshake: Sec-WebSocket-Key, Sec-WebSocket-Accept. Everything else is the same.',
    );
    expect(await own.valueOf(KEY)).not.toBe(before);
    expect(await own.valueOf(ACCEPT)).toBe(acceptOf(await own.valueOf(KEY)));
    await expect(own.opened).toContainText(`Before: ${before}`);
  });

  test('by keyboard: one tab stop, arrows lead through both heads, Enter closes', async ({ page }) => {
    const own = new OwnHandshakePage(page);
    await own.open('live');
    await own.again.focus();
    await page.keyboard.press('Tab');
    await expect(own.line(KEY)).toBeFocused();
    await page.keyboard.press('Home');
    await expect(own.line('request.first')).toBeFocused();
    await expect(own.opened).toContainText('a GET, with a path');
    await page.keyboard.press('ArrowDown');
    await expect(own.line('request.host')).toHaveAttribute('aria-expanded', 'true');
    await page.keyboard.press('End');
    await expect(own.line('response.end')).toBeFocused();
    expect(await own.hex()).toBe('0d0a');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await expect(own.opened).toHaveCount(0);
  });

  test('by touch on a phone, and from an address', async ({ browser, baseURL }) => {
    const context = await browser.newContext({ hasTouch: true, isMobile: true, viewport: { width: 360, height: 740 } });
    const page = await context.newPage();
    const own = new OwnHandshakePage(page);
    await page.goto(`${baseURL}${CHAPTER}#line=response.upgrade`);
    await expect(own.badge).toHaveAttribute('data-state', 'live');
    await expect(own.line('response.upgrade')).toHaveAttribute('aria-expanded', 'true');
    await own.line('request.origin').tap();
    await expect(own.opened).toContainText('which site');
    await context.close();
  });

  test('without the companion both ends are in the page, which says so', async ({ page }) => {
    const own = new OwnHandshakePage(page);
    await own.open('simulated');
    await expect(own.figure.locator('.figure-note')).toContainText('npm start');
    const key = await own.valueOf(KEY);
    expect(await own.valueOf(ACCEPT)).toBe(acceptOf(key));
    await own.again.click();
    await expect(own.changes).toContainText('Sec-WebSocket-Key');
    expect(await own.valueOf(KEY)).not.toBe(key);
  });
});

test.describe('the request builder', () => {
  test('by mouse, live: a line left out, what the rules say, and what the companion answers', async ({ page }) => {
    const builder = new BuilderPage(page);
    await builder.open('live');
    await expect(builder.prediction).toContainText('101 Switching Protocols');
    await builder.present('Upgrade').uncheck();
    await expect(builder.lines.filter({ hasText: 'Upgrade: websocket' })).toHaveCount(0);
    await expect(builder.prediction).toContainText('426 Upgrade Required');
    await expect(builder.prediction).toContainText('missing-upgrade');
    await expect(page).toHaveURL(/#request=upgrade-off$/);

    await builder.send.click();
    await expect(builder.answer).toContainText(/The answer of the companion on localhost:\d+/);
    await expect(builder.answer).toContainText('HTTP/1.1 426 Upgrade Required');
    await expect(builder.answer).toContainText('Upgrade: websocket');
    await expect(builder.answer).toContainText('Send "Upgrade: websocket" and "Connection: Upgrade".');
    await expect(builder.answer).toContainText('The answer follows the rules.');

    await builder.present('Upgrade').check();
    await expect(builder.answer).toHaveText('');
    await expect(builder.prediction).toContainText('No rule is broken.');
  });

  const ANSWERS = [
    ['', '', '101 Switching Protocols'],
    ['Method', 'post', '405 Method Not Allowed'],
    ['Path', 'nowhere', '404 Not Found'],
    ['HTTP version', '10', '400 Bad Request'],
    ['Host', 'twice', '400 Bad Request'],
    ['Connection', 'list', '101 Switching Protocols'],
    ['Sec-WebSocket-Key', 'short', '400 Bad Request'],
    ['Sec-WebSocket-Version', '8', '426 Upgrade Required'],
    ['Origin', 'foreign', '403 Forbidden'],
    ['Header names', 'upper', '101 Switching Protocols'],
    ['Form of the lines', 'space', '400 Bad Request'],
    ['Form of the lines', 'lf', '400 Bad Request'],
    ['Form of the lines', 'folded', '400 Bad Request'],
  ] as const;

  for (const state of ['live', 'simulated'] as const) {
    test(`${state}: each answer is the one that the rules say`, async ({ page }) => {
      const builder = new BuilderPage(page);
      await builder.open(state);
      for (const [label, choice, status] of ANSWERS) {
        await builder.figure.getByRole('button', { name: 'Reset' }).click();
        if (label !== '') await builder.choose(label, choice);
        await expect(builder.prediction).toContainText(`By the rules: ${status}`);
        await builder.send.click();
        await expect(builder.answer.locator('.answer-lines dt').first()).toHaveText(`HTTP/1.1 ${status}`);
        await expect(builder.answer).toContainText('The answer follows the rules.');
      }
    });
  }

  test('by keyboard: Space leaves a line out, an arrow chooses, Enter sends', async ({ page }) => {
    const builder = new BuilderPage(page);
    await builder.open('live');
    await builder.part('Method').focus();
    await page.keyboard.press('ArrowDown');
    await expect(builder.lines.first()).toHaveText('POST /echo HTTP/1.1');
    await page.keyboard.press('ArrowUp');
    await builder.present('Host').focus();
    await page.keyboard.press('Space');
    await expect(builder.prediction).toContainText('missing-host');
    await builder.send.focus();
    await page.keyboard.press('Enter');
    await expect(builder.answer).toContainText('The request has no Host header.');
  });

  test('a key typed stands in the request and in the address', async ({ page }) => {
    const builder = new BuilderPage(page);
    await builder.open('live');
    await builder.choose('Sec-WebSocket-Key', 'own');
    await builder.figure.getByLabel('Your own key').fill('a+b');
    await expect(builder.lines.nth(4)).toHaveText('Sec-WebSocket-Key: a+b');
    await expect(builder.prediction).toContainText('malformed-key');
    // The address is written a moment after the figure is drawn.
    await expect(page).toHaveURL(/=a%2Bb/);
    await page.reload();
    await expect(builder.lines.nth(4)).toHaveText('Sec-WebSocket-Key: a+b');
    await builder.choose('Sec-WebSocket-Key', 'right');
    await builder.figure.getByRole('button', { name: 'Draw a new key' }).click();
    await expect(builder.prediction).toContainText('Sec-WebSocket-Accept: ');
    await expect(builder.prediction).not.toContainText(acceptOf('dGhlIHNhbXBsZSBub25jZQ=='));
  });

  test('a link in the prose puts its mistake in; half a head gets no answer', async ({ page }) => {
    const builder = new BuilderPage(page);
    await builder.open('live');
    await page.getByRole('link', { name: 'Break two rules at once.' }).click();
    await expect(builder.prediction).toContainText('405 Method Not Allowed');
    await expect(builder.prediction).toContainText('Also broken: unsupported-version');
    await page.getByRole('link', { name: 'Leave out the empty line.' }).click();
    await expect(builder.prediction).toContainText('no answer yet');
    await builder.send.click();
    await expect(builder.answer).toContainText('The server sent nothing. It waits for the rest of the head.');
  });

  test('an address that names no request is named', async ({ page }) => {
    const builder = new BuilderPage(page);
    await builder.open('live', '#request=upgrade-maybe');
    await expect(builder.figure.getByRole('alert')).toContainText('“upgrade-maybe” is not a change');
  });

  test('where the lab does not answer, the answer is simulated and says why', async ({ page }) => {
    await page.routeWebSocket(/\/lab\/raw$/, (socket) => socket.close());
    const builder = new BuilderPage(page);
    await builder.open('live');
    await builder.send.click();
    await expect(builder.answer).toContainText('/lab/raw does not answer. So this is simulated.');
    await expect(builder.answer).toContainText('The answer of the server simulated in this page');
  });
});

test('without JavaScript both figures show their worked examples', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const own = new OwnHandshakePage(page);
  const builder = new BuilderPage(page);
  await page.goto((baseURL ?? '') + CHAPTER);
  expect(await own.valueOf(ACCEPT)).toBe('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
  await expect(own.figure.getByText('The server answers only after it has arrived.')).toBeVisible();
  await expect(builder.lines.first()).toHaveText('GET /echo HTTP/1.1');
  await expect(builder.prediction).toContainText('101 Switching Protocols');
  await expect(builder.send).toBeHidden();
  await context.close();
});
