import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { axeFindings } from './axe.ts';
import { DecoderPage } from './decoder-page.ts';

const SUBSCRIBE = '81a737fa213d4cd85544479f03071589545f44995354559f03111599495c5994445115c0034d4593425844d85c';
const TEXT = '810548656c6c6f';

/** So many short texts of a server, each with its number. */
function texts(count: number): Buffer {
  return Buffer.concat(
    Array.from({ length: count }, (_, i) => {
      const text = Buffer.from(`message ${i + 1}`);
      return Buffer.concat([Buffer.from([0x81, text.length]), text]);
    }),
  );
}

test('the payload of a masked frame is shown as text, its JSON indented, and can be copied', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const decoder = new DecoderPage(page);
  await decoder.goto(`#f=${SUBSCRIBE}`);
  const text = page.getByRole('region', { name: 'Payload as text' });
  await expect(text).toHaveText(/^\{\s+"type": "subscribe",\s+"channel": "prices"\s+\}$/);
  await page.getByRole('button', { name: 'Indent JSON' }).click();
  await expect(text).toHaveText('{"type":"subscribe","channel":"prices"}');
  await page.getByRole('button', { name: 'Copy text' }).click();
  await expect(decoder.payload).toContainText('Copied.');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('{"type":"subscribe","channel":"prices"}');
  await decoder.box.fill(TEXT);
  await expect(text).toHaveText('Hello');
  await expect(decoder.payload).not.toContainText('Copied.');
});

test('bytes are shown as hex and ASCII, a close frame as code, meaning and reason', async ({ page }) => {
  const decoder = new DecoderPage(page);
  await decoder.goto();
  await decoder.box.fill('8204deadbe4a');
  await expect(page.getByRole('region', { name: 'Payload as bytes' })).toHaveText(/^0000 de ad be 4a\s+\.\.\.J$/);
  await decoder.box.fill('880503e8627965');
  await expect(decoder.payload).toContainText('1000, normal closure');
  await expect(decoder.payload).toContainText('bye');
});

test('a fragmented message is shown whole below the payload of its fragment', async ({ page }) => {
  const decoder = new DecoderPage(page);
  await decoder.goto('#f=010247c389000002bcc380029f65');
  await expect(decoder.payload.first()).toContainText('This fragment begins or ends inside a character');
  await expect(page.getByRole('region', { name: 'Whole message, 3 fragments as text' })).toHaveText('Güße');
  await decoder.list.focus();
  await page.keyboard.press('ArrowDown');
  await expect(decoder.payload).toHaveCount(1);
});

test('a frame with RSV1 set is probably compressed, and the payload pane says so', async ({ page }) => {
  const decoder = new DecoderPage(page);
  await decoder.goto('#f=c107f248cdc9c90700');
  await expect(decoder.payload).toContainText('RSV1 is set: probably permessage-deflate (RFC 7692)');
  await expect(page.locator('.frame-view .bit[data-violated]')).toHaveCount(1);
  await expect(page.locator('.field-table tr[data-violated]')).toHaveText(/^RSV1/);
});

test('the list says where each frame is, from whom, and what it says; arrows walk through it', async ({ page }) => {
  const decoder = new DecoderPage(page);
  await decoder.goto();
  await page.getByRole('button', { name: 'six frames' }).click();
  await expect(decoder.rows).toHaveCount(6);
  await expect(decoder.rows.nth(2)).toHaveText(/byte 85.*←from the server.*ping.*12 bytes.*still there\?/);
  await expect(decoder.rows.nth(4)).toHaveText(/→from the client.*close.*1000 · normal closure · bye/);
  await expect(decoder.title).toHaveText(/^Frame 1 of 6 → from the client: text, masked, 39 bytes, final$/);
  await decoder.list.focus();
  await page.keyboard.press('ArrowDown');
  await expect(decoder.title).toHaveText(/^Frame 2 of 6 ← from the server/);
  await page.keyboard.press('End');
  await expect(decoder.open).toHaveText(/128.*close/);
  await expect(decoder.payload).toContainText('normal closure');
  await page.keyboard.press('ArrowDown');
  await expect(decoder.title).toHaveText(/^Frame 6 of 6/);
  await expect(page).toHaveURL(/#f=81a737fa213d[0-9a-f]+$/);
});

test('an error names line and column, marks the place, and selects it; the old frames do nothing meanwhile', async ({
  page,
}) => {
  const decoder = new DecoderPage(page);
  await decoder.goto();
  await decoder.box.fill('81 85\n37 fa xz 3d');
  await expect(decoder.problem).toContainText('Line 2, column 7:');
  await expect(decoder.problem.locator('mark')).toHaveText('x');
  await expect(page.locator('.decoder-stale')).toHaveText('Below are the last bytes that could be read.');
  await expect(page.locator('.decoder-result')).toHaveAttribute('inert');
  expect(new URL(page.url()).hash).toBe('');
  await decoder.problem.getByRole('button', { name: 'Select it' }).click();
  await expect(decoder.box).toBeFocused();
  expect(
    await decoder.box.evaluate((box: HTMLTextAreaElement) => box.value.slice(box.selectionStart, box.selectionEnd)),
  ).toBe('x');
  await page.keyboard.type('8');
  await expect(decoder.problem).toContainText('Line 2, column 7: "8" is only half a byte');
  await decoder.box.fill(TEXT);
  await expect(decoder.problem).toHaveCount(0);
  await expect(page.locator('.decoder-result')).not.toHaveAttribute('inert');
});

test('a rule’s example opens in the decoder, on the field that breaks it', async ({ page }) => {
  const decoder = new DecoderPage(page);
  await page.goto('/reference/');
  await page.getByRole('link', { name: /open it.*the example of text-not-utf8/ }).click();
  await expect(page.locator('.frame-view .verdict')).toContainText('Broken by payload data, in byte 8 of 9');
  await decoder.box.fill('81 05 48');
  await expect(decoder.notes).toContainText('should have 7 bytes');
  await page.getByLabel('client to server').check();
  await expect(page.locator('.frame-view .verdict')).toContainText('A client masks every frame');
});

test('an empty box teaches what to paste, and samples fill it', async ({ page }) => {
  const decoder = new DecoderPage(page);
  await decoder.goto();
  await page.getByRole('button', { name: 'Clear' }).click();
  await expect(decoder.box).toBeFocused();
  await expect(page.locator('.decoder-nothing')).toContainText('rows of xxd');
  await expect(decoder.title).toHaveCount(0);
  expect(new URL(page.url()).hash).toBe('');
  for (const [name, says] of [
    ['xxd', 'subscribe'],
    ['Wireshark', 'EUR/USD'],
    ['Python', 'PNG'],
  ] as const) {
    await page.getByRole('button', { name, exact: true }).click();
    await expect(decoder.payload).toContainText(says);
    await expect(decoder.box).toBeFocused();
  }
});

test('a capture is decoded in a worker, its broken frame opened, and dropped for what is typed', async ({ page }) => {
  const decoder = new DecoderPage(page);
  await decoder.goto();
  await decoder.give('a.bin', Buffer.concat([texts(20_000), Buffer.from('c100', 'hex'), texts(2)]));
  await expect(page.locator('.frames-bar')).toContainText('20,003 frames');
  await expect(page.locator('.frames-bar')).toContainText('1 breaks a rule');
  await expect(decoder.title).toHaveText(/^Frame 20001 of 20003/);
  await expect(page.locator('.frame-view .verdict')).toContainText('RSV1 must be 0');
  await decoder.scrollToList();
  await expect(decoder.open).toBeInViewport();
  await expect(page.locator('#decoder-problem')).toContainText('From the file a.bin');
  await expect(decoder.box).toHaveValue('');
  await decoder.list.focus();
  await page.keyboard.press('Home');
  await expect(decoder.title).toHaveText(/^Frame 1 of 20003/);
  await expect(decoder.payload).toContainText('message 1');
  await expect(decoder.open).toBeInViewport();
  await page.keyboard.press('PageDown');
  await expect(decoder.open).toBeInViewport();
  await page.getByRole('button', { name: 'Next broken frame' }).click();
  await expect(decoder.title).toHaveText(/^Frame 20001 of/);
  await page.getByLabel('client to server').check();
  await expect(page.locator('.frame-view .verdict')).toContainText('A client masks every frame');
  await decoder.box.fill('8900');
  await expect(decoder.list).toHaveCount(0);
  await expect(decoder.bytes).toHaveText(['89', '00']);
  await expect(page.locator('#decoder-problem')).toHaveText('');
});

const sample = (name: string) => readFileSync(new URL(`../samples/${name}`, import.meta.url));

test('a log of both sides that is pasted, and a capture and a HAR that are dropped, show form, heads, rows and ending', async ({
  page,
}) => {
  const decoder = new DecoderPage(page);
  await decoder.goto();
  const form = page.locator('.decoder-form');
  const ending = page.locator('.decoder-ending');
  await decoder.box.fill(sample('curl-trace.txt').toString());
  await expect(form).toHaveText('Read as: a curl trace.');
  await expect(page.locator('.decoder-head summary')).toHaveText([/^→ Request: GET /, /^← Response: HTTP\/1\.1 101 /]);
  await expect(page.getByRole('group', { name: 'Direction' })).toHaveCount(0);
  await expect(ending).toContainText('close frame with 1000');
  await decoder.drop('two.pcapng', [...sample('captures/mergecap-two-linktypes.pcapng')]);
  await expect(form).toHaveText('Read as: a pcapng capture.');
  await expect(decoder.rows).toHaveCount(8);
  const second = page.getByRole('button', { name: /^#2 / });
  await second.click();
  await expect(second).toHaveAttribute('aria-pressed', 'true');
  await decoder.rows.nth(1).click();
  await expect(decoder.payload).toContainText('Hello from the server');
  await decoder.drop('devtools.har', [...sample('devtools-156.har')]);
  await expect(form).toHaveText('Read as: a HAR file.');
  await expect(decoder.title).toHaveText(/^Message 1 of 12 → from the client/);
  await expect(ending).toContainText('12 messages and no frames');
});

test('a capture of TLS is decrypted with the secrets inside it, and a key log alone says what it is', async ({
  page,
}) => {
  const decoder = new DecoderPage(page);
  await decoder.goto();
  await decoder.give('secret.pcapng', sample('captures/editcap-tls-with-secrets.pcapng'));
  await expect(page.locator('.decoder-form')).toHaveText('Read as: a pcapng capture.');
  await expect(page.locator('.decoder-head summary').first()).toHaveText(/^→ Request: GET /);
  await expect(decoder.rows).not.toHaveCount(0);
  await decoder.give('keys.log', Buffer.from(`CLIENT_RANDOM ${'00'.repeat(32)} ${'11'.repeat(48)}\n`));
  // It may belong to the capture before it, which is read again.
  await expect(page.locator('#decoder-problem')).toContainText('From the file secret.pcapng');
  await page.getByRole('button', { name: 'Clear' }).click();
  await page.reload();
  await decoder.give('keys.log', Buffer.from(`CLIENT_RANDOM ${'00'.repeat(32)} ${'11'.repeat(48)}\n`));
  await expect(decoder.problem).toContainText('This is a TLS key log with 1 secret, and no traffic is in it.');
});

test('a file that is dropped is decoded', async ({ page }) => {
  const decoder = new DecoderPage(page);
  await decoder.goto();
  await decoder.drop('hello.bin', [0x81, 0x02, 0x68, 0x69]);
  await expect(decoder.payload).toContainText('hi');
  await expect(page.locator('#decoder-problem')).toContainText('From the file hello.bin, 4 bytes');
  await page.getByRole('button', { name: 'Clear' }).click();
  await expect(page.locator('#decoder-problem')).toHaveText('');
});

test('the list of 10,000 frames draws only some, scrolls to all, and leaves the open frame beside it', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  const decoder = new DecoderPage(page);
  await decoder.goto();
  await decoder.give('many.bin', texts(10_000));
  await expect(decoder.list).toBeVisible();
  expect(await decoder.rows.count()).toBeLessThan(100);
  const [list, opened] = [await decoder.list.boundingBox(), await decoder.title.boundingBox()];
  expect(list?.height).toBeLessThanOrEqual(16 * 28 + 2);
  expect(opened?.x).toBeGreaterThan((list?.x ?? 0) + (list?.width ?? 0));
  await decoder.scrollToList();
  await decoder.list.evaluate((element) => {
    element.scrollTop = element.scrollHeight;
  });
  await expect(decoder.rows.last()).toContainText('message 10000');
  await expect(decoder.rows.last()).toBeInViewport();
  await decoder.rows.last().click();
  await expect(decoder.title).toHaveText(/^Frame 10000 of 10000/);
  await expect(decoder.title).toBeInViewport();
});

test('by touch on a phone: a frame that is picked comes into sight, and a tap on a bit picks its byte', async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext({ hasTouch: true, isMobile: true, viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  const decoder = new DecoderPage(page);
  await page.goto(`${baseURL}/decode/`);
  await expect(page.locator('astro-island[ssr]')).toHaveCount(0);
  // A row of the RFC's figure has two lines here: each bit is wide enough to be told from its neighbor.
  const bit = await page.locator('.bit-rows .bit').nth(31).boundingBox();
  expect(bit?.width).toBeGreaterThan(16);
  await page.getByRole('button', { name: 'six frames' }).tap();
  await decoder.rows.nth(1).tap();
  await expect(decoder.title).toHaveText(/^Frame 2 of 6/);
  await expect(decoder.title).toBeInViewport();
  await expect(page.getByRole('region', { name: 'Payload as text' })).toBeInViewport();
  await page.locator('.bit-rows .bit').nth(1).tap();
  await expect(page.locator('.frame-said [role="status"]')).toHaveText(/^byte 1 of 39, hex 81: FIN 1, opcode 1, text$/);
  for (const target of await page.locator('.decoder button:visible, .decoder .button, .hex-byte').all()) {
    const box = await target.boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0), await target.innerText()).toBeGreaterThanOrEqual(24);
  }
  await context.close();
});

test('on a narrow page, the arrow down moves to the bit below', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const decoder = new DecoderPage(page);
  await decoder.goto();
  const bits = page.locator('.bit-rows .bit');
  await bits.nth(16).click();
  await page.keyboard.press('ArrowDown');
  await expect(bits.nth(32)).toBeFocused();
  const [above, below] = [await bits.nth(16).boundingBox(), await bits.nth(32).boundingBox()];
  expect(below?.x).toBe(above?.x);
  expect(below?.y).toBeGreaterThan(above?.y ?? 0);
});

test('a short list stands above the open frame, at its full width', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  const decoder = new DecoderPage(page);
  await decoder.goto();
  await page.getByRole('button', { name: 'six frames' }).click();
  await expect(decoder.rows).toHaveCount(6);
  const [list, opened] = [await decoder.list.boundingBox(), await decoder.title.boundingBox()];
  expect(opened?.x).toBe(list?.x);
  expect(opened?.y).toBeGreaterThan((list?.y ?? 0) + (list?.height ?? 0));
});

test('a click on a field’s name leaves the arrows and Escape at work', async ({ page }) => {
  const decoder = new DecoderPage(page);
  await decoder.goto();
  const said = page.locator('.frame-said [role="status"]');
  await page.locator('.bit-label', { hasText: 'opcode' }).click();
  await expect(page.locator('.pin')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.locator('.pin')).toHaveCount(0);
  await page.locator('.bit-label', { hasText: 'opcode' }).click();
  await page.keyboard.press('ArrowLeft');
  await expect(said).toHaveText(/^bit 4 of byte 1 of 11: RSV3/);
});

test('a bit of the length or the key has no letter of the payload', async ({ page }) => {
  const decoder = new DecoderPage(page);
  await decoder.goto();
  const said = page.locator('.frame-said [role="status"]');
  await page.locator('.bit-rows .bit').nth(13).click();
  await expect(said).toHaveText('bit 6 of byte 2 of 11: in payload length');
});

test('where a pane ends before the frame does, it says so and shows the rest', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  const decoder = new DecoderPage(page);
  await decoder.goto(`#f=${SUBSCRIBE}`);
  const ends = page.locator('.frame-cut');
  await expect(ends).toHaveText(Array.from({ length: 3 }, () => '… 13 more bytes Show them'));
  await ends.first().getByRole('button').click();
  await expect(ends).toHaveCount(0);
  await expect(page.locator('.bit-rows .bit')).toHaveCount(45 * 8);
  await expect(decoder.bytes).toHaveCount(45);
});

test('the unmasking keeps its groups apart and whole, each row of sixteen bytes with its labels once', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  const decoder = new DecoderPage(page);
  await decoder.goto(`#f=${SUBSCRIBE}`);
  const groups = page.locator('.unmasking-bytes');
  await expect(groups).toHaveCount(4);
  const [first, second] = [await groups.nth(0).boundingBox(), await groups.nth(1).boundingBox()];
  expect(second?.y).toBe(first?.y);
  expect(second?.x ?? 0).toBeGreaterThanOrEqual((first?.x ?? 0) + (first?.width ?? 0) + 20);
  await expect(page.locator('.unmasking-names:visible')).toHaveCount(2);
  expect(await page.locator('.unmasking').evaluate((lane) => lane.scrollHeight - lane.clientHeight)).toBe(0);
});

test('on a phone the lane’s labels can be read, and no pane cuts them', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const decoder = new DecoderPage(page);
  await decoder.goto(`#f=${SUBSCRIBE}`);
  for (const label of await page.locator('.unmasking-names > span').all()) {
    const { size, cut } = await label.evaluate((element) => ({
      size: Number.parseFloat(getComputedStyle(element).fontSize),
      cut: element.scrollWidth > element.clientWidth,
    }));
    expect(size).toBeGreaterThanOrEqual(12);
    expect(cut, await label.innerText()).toBe(false);
  }
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [360, 1280]) {
    test(`in use, axe finds nothing, ${colorScheme}, ${width} px`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 800 });
      const decoder = new DecoderPage(page);
      await decoder.goto();
      await page.getByRole('button', { name: 'six frames' }).click();
      await expect(decoder.rows).toHaveCount(6);
      const findings = () => axeFindings(page, '.decoder');
      await decoder.box.fill(`${SUBSCRIBE} c107f248cdc9c90700`);
      await expect(page.locator('.payload .verdict')).toBeVisible();
      expect(await findings()).toEqual([]);
      await decoder.box.fill('81 xy');
      await expect(decoder.problem).toBeVisible();
      expect(await findings()).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    });
  }
}
