import { expect, test } from '@playwright/test';
import { axeFindings } from './axe.ts';
import { CHAPTER, FramePage } from './frame-page.ts';
import { wakeFigure } from './hydrated.ts';
import { payloadOf } from './inspector-page.ts';

const HELLO = '#f=818537fa213d7f9f4d5158';
const [RSV1, MASK, LENGTH_LAST] = [1, 8, 15];

test('by mouse, live: the browser’s own frame, a bit flipped and put back', async ({ page }) => {
  const frame = new FramePage(page);
  await frame.openLive();
  const hex = await frame.hex();
  expect(hex).toMatch(/^8185[0-9a-f]{18}$/);
  expect(payloadOf(hex)).toBe('Hello');
  await expect(frame.fromClient).toHaveAttribute('data-tone', 'ok');
  await expect(frame.fromClient).toContainText('The server receives a text message: “Hello”.');
  await expect(frame.fromServer).toContainText('masked-server-frame');

  await frame.bit(RSV1).click();
  await expect(frame.said).toContainText('RSV1 is 1 now. Byte 1 is c1');
  expect(await frame.hex()).toBe(`c1${hex.slice(2)}`);
  await expect(frame.fromClient).toContainText('1002, protocol error');
  await expect(frame.fromClient).toContainText('rsv1-set');
  await expect(page).toHaveURL(new RegExp(`#f=c1${hex.slice(2)}$`));

  await frame.figure.getByRole('button', { name: 'Reset this bit' }).click();
  expect(await frame.hex()).toBe(hex);
  await expect(frame.fromClient).toHaveAttribute('data-tone', 'ok');
});

test('a flip of MASK moves the parts, and all is put back at once', async ({ page }) => {
  const frame = new FramePage(page);
  await frame.openLive(HELLO);
  await frame.bit(MASK).click();
  await expect(frame.changes).toHaveText([
    'Bytes 3 to 6 were the masking-key. Now they are read as payload data.',
    'Bytes 8 to 11 were payload data. Now they are read as the beginning of the next frame.',
  ]);
  await expect(frame.about).toContainText('then another frame begins');
  await frame.bit(LENGTH_LAST).click();
  await frame.figure.getByRole('button', { name: 'Reset all (2 flipped)' }).click();
  await expect(frame.changes).toHaveCount(0);
  expect(await frame.hex()).toBe('818537fa213d7f9f4d5158');
});

test('by keyboard: arrows move, Space flips, Delete puts back', async ({ page }) => {
  const frame = new FramePage(page);
  await frame.openLive(HELLO);
  await frame.bit(0).focus();
  await page.keyboard.press('ArrowRight');
  await expect(frame.bit(RSV1)).toBeFocused();
  await page.keyboard.press('Space');
  await expect(frame.bit(RSV1)).toHaveText('1');
  await expect(frame.bit(RSV1)).toHaveAccessibleName('1, RSV1, bit 2 of byte 1, flipped');
  await expect(frame.bit(RSV1)).toBeFocused();
  await page.keyboard.press('Delete');
  await expect(frame.bit(RSV1)).toHaveText('0');
  await page.keyboard.press('ArrowDown');
  await expect(frame.bit(RSV1 + 32)).toBeFocused();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Enter');
  await expect(frame.said).toContainText('FIN is 0 now');
  await page.keyboard.press('End');
  await expect(frame.bit(31)).toBeFocused();
});

test('the same message as binary, and the server’s echo of it', async ({ page }) => {
  const frame = new FramePage(page);
  await frame.openLive();
  await frame.message.fill('Grüße');
  await frame.message.press('Enter');
  await expect(frame.about).toContainText('text, masked, 7 bytes');
  await frame.figure.getByLabel('binary').check();
  await expect(frame.about).toContainText('binary, masked, 7 bytes');
  expect(payloadOf(await frame.hex())).toBe('Grüße');
  await frame.figure.getByLabel('the server’s echo').check();
  await expect(frame.about).toContainText('The server sent: binary, unmasked, 7 bytes');
  await expect(frame.fromServer).toHaveAttribute('data-tone', 'ok');
  await expect(frame.fromClient).toContainText('unmasked-client-frame');
});

test('the bytes are sent as they are, and the companion’s own answer is shown', async ({ page }) => {
  const frame = new FramePage(page);
  await frame.openLive(HELLO);
  await frame.sendRaw.click();
  await expect(frame.answer).toContainText(/Answer from localhost:\d+/);
  await expect(frame.answer).toContainText('“Hello”');
  await frame.bit(RSV1).click();
  await expect(frame.answer).toHaveText('');
  await frame.sendRaw.click();
  await expect(frame.answer).toContainText('1002, protocol error');
  await expect(frame.answer).toContainText('Then it ended TCP.');
});

test('an answer to bytes that were flipped meanwhile is not shown', async ({ page }) => {
  const [released, delivered] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let runs = 0;
  await page.routeWebSocket(/\/lab\/raw/, (socket) => {
    const late = runs++ === 0;
    const server = socket.connectToServer();
    server.onMessage(async (message) => {
      if (late) await released.promise;
      socket.send(message);
      if (String(message).includes('"done"')) delivered.resolve();
    });
  });
  const frame = new FramePage(page);
  await frame.openLive(HELLO);
  const seen = await frame.answer.evaluateHandle((element) => {
    const texts: string[] = [];
    const keep = () => texts.push(element.textContent ?? '');
    new MutationObserver(keep).observe(element, { childList: true, subtree: true });
    return texts;
  });
  await frame.sendRaw.click();
  await expect(frame.answer).toHaveText('Sent. Waiting for the answer.');
  await frame.bit(RSV1).click();
  await expect(frame.answer).toHaveText('');
  released.resolve();
  await delivered.promise;
  // By the time that these bytes are answered, the page has the late answer.
  await frame.sendRaw.click();
  await expect(frame.answer).toContainText('1002, protocol error');
  const texts = await seen.evaluate((all) => all);
  expect(texts.filter((text) => text.includes('Answer from'))).toHaveLength(1);
});

test('without the companion the same is done inside the page, which says so', async ({ page }) => {
  const frame = new FramePage(page);
  await frame.openSimulated();
  expect(payloadOf(await frame.hex())).toBe('Hello');
  await frame.bit(MASK).click();
  await frame.sendRaw.click();
  await expect(frame.answer).toContainText('Answer from the server simulated in this page');
  await expect(frame.answer).toContainText('1002, protocol error');
  await expect(frame.figure.locator('.figure-note')).toContainText('npm start');
});

test('a frame in the address is shown as it is; one that is no hex is named', async ({ page }) => {
  const frame = new FramePage(page);
  await frame.openLive('#f=8305');
  await expect(frame.about).toContainText('The frame from the link:');
  await expect(frame.figure.locator('.figure-note')).toContainText('This frame comes from a link.');
  await expect(frame.fromServer).toContainText('reserved-data-opcode');
  await page.goto(`${CHAPTER}#f=zz`);
  await expect(frame.figure.getByRole('alert')).toContainText('not a hex digit');
});

test('a link in the prose opens its frame in the figure', async ({ page }) => {
  const frame = new FramePage(page);
  await frame.openLive();
  await page.getByRole('link', { name: 'Claim a length of 7.' }).click();
  await expect(frame.fromClient).toContainText('waits for another 2 bytes');
  await expect(frame.bit(14)).toHaveAttribute('data-flipped');
  await expect(frame.about).toContainText('In the example, 1 bit is flipped:');
  await expect(frame.figure.locator('.lens-title')).toContainText('Byte 2 of 11: 87');
  await frame.figure.getByRole('button', { name: 'Reset this bit' }).click();
  expect(await frame.hex()).toBe('818537fa213d7f9f4d5158');
});

test('a valid frame at rest shows no alarm: the other direction is folded away', async ({ page }) => {
  const frame = new FramePage(page);
  await frame.openLive();
  await expect(frame.figure.locator('.verdict[data-tone="danger"]:visible')).toHaveCount(0);
  await frame.figure.getByText('And if a server sent it?').click();
  await expect(frame.fromServer).toBeVisible();
  await expect(frame.fromServer).toContainText('masked-server-frame');
});

test('by touch on a phone: a tap on a small bit picks it, the large one below flips it', async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext({ hasTouch: true, isMobile: true, viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  const frame = new FramePage(page);
  await page.goto(`${baseURL}${CHAPTER}${HELLO}`);
  await expect(frame.badge).toHaveAttribute('data-state', 'live');
  await frame.bit(MASK).tap();
  await expect(frame.bit(MASK)).toHaveText('1');
  await expect(frame.figure.locator('.lens-title')).toContainText('Byte 2 of 11: 85');
  await frame.figure.locator('.lens-bits button').first().tap();
  await expect(frame.bit(MASK)).toHaveText('0');
  await context.close();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`with a bit flipped and both verdicts open, axe finds nothing, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    const frame = new FramePage(page);
    await frame.openLive('#f=c18537fa213d7f9f4d5158');
    await frame.figure.getByText('And if a server sent it?').click();
    expect(await axeFindings(page, '#frame-bits')).toEqual([]);
  });
}

test.describe('the forms of the length', () => {
  test('the slider jumps at 126 and at 65,536, by key and by button', async ({ page }) => {
    await page.goto(CHAPTER);
    const figure = page.locator('.length-forms');
    await wakeFigure(figure);
    await expect(page.locator('astro-island:not([ssr])').filter({ has: figure })).toBeVisible();
    const sum = figure.locator('.length-sum');
    await figure.getByRole('button', { name: '125', exact: true }).click();
    await expect(sum).toContainText('125 bytes take the 7-bit form.');
    const slider = figure.getByRole('slider', { name: 'Payload length' });
    await slider.focus();
    await page.keyboard.press('ArrowRight');
    await expect(sum).toContainText('126 bytes take the 16-bit form.');
    await figure.getByRole('button', { name: '65,535', exact: true }).click();
    await slider.focus();
    await page.keyboard.press('ArrowRight');
    await expect(sum).toContainText('65,536 bytes take the 64-bit form.');
    await expect(slider).toHaveAttribute('aria-valuetext', /65,536 bytes of payload: the 64-bit form, 10 bytes/);
    await expect(page).toHaveURL(/#length=65536$/);
    await page.keyboard.press('End');
    await expect(sum).toContainText('1,048,576 bytes');
  });

  test('a number typed is taken, another is told what to type; wrong forms name their rule', async ({ page }) => {
    await page.goto(`${CHAPTER}#length=5`);
    const figure = page.locator('.length-forms');
    await wakeFigure(figure);
    await expect(figure.locator('.length-sum')).toContainText('5 bytes take the 7-bit form.');
    await expect(figure.getByText('length-not-minimal-7')).toHaveCount(2);
    await figure.getByLabel('or exactly').fill('60,000');
    await expect(figure.locator('.length-sum')).toContainText('60,000 bytes take the 16-bit form.');
    await figure.getByLabel('or exactly').fill('1048577');
    await expect(figure.getByRole('alert')).toContainText('from 0 to 1,048,576');
    await expect(figure.locator('.length-sum')).toContainText('60,000');
  });
});

test('without JavaScript the chapter shows its worked examples', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const frame = new FramePage(page);
  await page.goto((baseURL ?? '') + CHAPTER);
  expect(await frame.hex()).toBe('818537fa213d7f9f4d5158');
  await expect(frame.fromClient).toContainText('No rule is broken.');
  await expect(page.locator('.length-sum')).toContainText('300 bytes take the 16-bit form.');
  await expect(frame.sendRaw).toBeHidden();
  await context.close();
});
