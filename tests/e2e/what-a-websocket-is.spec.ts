import { expect, type Page, test } from '@playwright/test';
import { wakeFigure } from './hydrated.ts';
import { STATIC_SITE } from './ports.ts';

const PATH = '/chapters/what-a-websocket-is/';
const LIFE = [
  'TCP connection',
  'request',
  '101',
  'text Hello',
  'text Hello',
  'close 1000 bye',
  'close 1000',
  'end of TCP',
];

/** The chapter with its time line in sight and its first life lived. */
async function openLife(page: Page, site: string, badge: 'live' | 'simulated') {
  await page.goto(`${site}${PATH}`);
  const figure = page.locator('.timeline');
  await wakeFigure(figure);
  await expect(figure.locator('.badge')).toHaveAttribute('data-state', badge);
  await expect(figure.locator('.ladder-title')).toContainText(LIFE);
  // The worked example has the same moments: only when the reader's own life is over, another may begin.
  await expect(figure.getByRole('button', { name: 'Run again' })).toHaveAttribute('aria-disabled', 'false');
  return {
    figure,
    slider: figure.getByRole('slider', { name: 'Step of the connection' }),
    moment: figure.locator('.life-moment'),
    states: figure.locator('.life-state'),
  };
}

for (const [badge, site] of [
  ['live', ''],
  ['simulated', STATIC_SITE],
] as const) {
  test(`a whole life, ${badge}: lived by itself, scrubbed by keys, opened by a click`, async ({ page }) => {
    const { figure, slider, moment, states } = await openLife(page, site, badge);
    await expect(moment).toContainText('Received by the server: text Hello. JavaScript called ws.send("Hello")');
    await slider.focus();
    await page.keyboard.press('Home');
    await expect(moment).toContainText('Before the start');
    for (let stop = 0; stop < 5; stop++) await page.keyboard.press('ArrowRight');
    await expect(states).toHaveText(['connecting', 'open']);
    await expect(moment).toContainText('On the way from the server to the client: 101');
    await expect(page).toHaveURL(/#at=5$/);
    await page.keyboard.press('End');
    await expect(states).toHaveText(['closed', 'closed']);
    await expect(moment).toContainText('JavaScript received onclose: 1000');

    await figure.getByRole('button', { name: /client to server: request/ }).click();
    await expect(figure.locator('.moment-head li').first()).toContainText('GET /echo');
    await figure.getByRole('button', { name: /client to server: text Hello/ }).click();
    await expect(figure.locator('.moment-frame dt')).toHaveText(['type', 'length', 'masking key', 'payload, masked']);
    await expect(figure.locator('.moment-frame code').first()).toHaveText('81');
    await expect(figure.locator('.moment-frame code').nth(1)).toHaveText('85');
  });

  test(`another life with another message, ${badge}`, async ({ page }) => {
    const { figure, moment } = await openLife(page, site, badge);
    await figure.getByLabel('Message').fill('<b>Grüße</b>');
    await page.keyboard.press('Enter');
    await expect(figure.locator('.ladder-title')).toHaveCount(LIFE.length);
    await expect(moment).toContainText('<b>Grüße</b>');
  });
}

test('the life plays to its end, and can be paused', async ({ page }) => {
  await page.clock.install();
  const { figure, slider } = await openLife(page, '', 'live');
  await slider.fill('14');
  await figure.getByRole('button', { name: 'Play' }).click();
  await page.clock.runFor(1200);
  await expect(slider).toHaveValue('15');
  await figure.getByRole('button', { name: 'Pause' }).click();
  await page.clock.runFor(5000);
  await expect(slider).toHaveValue('15');
  await figure.getByRole('button', { name: 'Play' }).click();
  await page.clock.runFor(1200);
  await expect(slider).toHaveValue('16');
  await expect(figure.getByRole('button', { name: 'Play' })).toBeVisible();
});

test('the address names a place in the life', async ({ page }) => {
  await page.goto(`${PATH}#at=11`);
  await wakeFigure(page.locator('.timeline'));
  await expect(page.locator('.timeline .badge')).toHaveAttribute('data-state', 'live');
  await expect(page.locator('.life-moment')).toContainText('On the way from the client to the server: close 1000');
});

test('the bytes of polling are counted with the reader’s own request', async ({ page }) => {
  await page.goto(PATH);
  const figure = page.locator('.polling').first();
  await wakeFigure(figure);
  await expect(figure.locator('.polling-said')).toContainText('Your browser’s own request has');
  const ratio = figure.locator('.polling-ratio td').nth(1);
  const before = Number.parseInt(await ratio.innerText(), 10);
  expect(before).toBeGreaterThan(100);
  await figure.getByRole('slider').fill('1500');
  await expect(ratio).not.toHaveText(`${before}:1`);
  expect(Number.parseInt(await ratio.innerText(), 10)).toBe(before + 750);
  await figure.getByLabel('TCP and IP').check();
  await expect(figure.getByRole('row', { name: /^TCP and IP/ })).toBeVisible();
  expect(Number.parseInt(await ratio.innerText(), 10)).toBeLessThan(before);
});

test('both ways of the delay play against one clock, if motion is wanted', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await page.goto(PATH);
  const figure = page.locator('.polling').nth(1);
  await figure.scrollIntoViewIfNeeded();
  await expect(figure.locator('xpath=ancestor::astro-island[not(@ssr)]')).toBeAttached();
  const play = figure.getByRole('button', { name: 'Play' });
  await play.click();
  const lanes = figure.locator('svg[data-plays]');
  await expect(lanes).toHaveCount(2);
  const durations = await lanes.evaluateAll((all) =>
    all.flatMap((lane) => lane.getAnimations().map(({ effect }) => effect?.getTiming().duration)),
  );
  expect(durations).toEqual([6000, 6000]);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await expect(play).toBeHidden();
});

test('the delay follows its sliders', async ({ page }) => {
  await page.goto(PATH);
  const figure = page.locator('.polling').nth(1);
  await wakeFigure(figure);
  // Until the figure wakes, nobody hears the slider.
  await expect(figure.locator('xpath=ancestor::astro-island[not(@ssr)]')).toBeAttached();
  await expect(figure.locator('.verdict')).toContainText('With 50 ms one way');
  await figure.getByLabel('A new message every').fill('400');
  await expect(figure.locator('.verdict')).toContainText('1.0:1 on average, 1.0:1 at worst');
  await expect(page).toHaveURL(/delay=50&every=400/);
});
