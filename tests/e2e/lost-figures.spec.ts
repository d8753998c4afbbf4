import { expect, type Locator, type Page } from '@playwright/test';
import { wakeFigure } from './hydrated.ts';
import type { OwnCompanion } from './own-companion.ts';
import { test } from './own-companion-test.ts';

/** A figure that the companion serves: how it is used, and what is seen when it goes on without. */
interface LiveFigure {
  readonly chapter: string;
  readonly name: string;
  readonly figure: string;
  /** Waits until it has found the companion, where its badge does not tell. */
  readonly live?: (figure: Locator) => Promise<void>;
  /** Makes it say that the companion is gone; a figure that listens to the companion says so by itself. */
  readonly lose?: (figure: Locator) => Promise<void>;
  readonly goesOn: (figure: Locator) => Promise<void>;
}

const press = (name: string | RegExp) => async (figure: Locator) => {
  await figure.getByRole('button', { name }).first().click();
};
/** A press that finds the companion gone, and what the figure says then. */
const pressInVain =
  (name: string | RegExp, said: string, place = (figure: Locator) => figure.getByRole('alert')) =>
  async (figure: Locator) => {
    await press(name)(figure);
    await expect(place(figure)).toContainText(said);
  };
const TAP_IS_GONE = 'The companion closed the tap, or it is gone.';

/** Opens a frame in its panes, whose code is much. */
async function seeBytes(figure: Locator): Promise<void> {
  await expect(figure.getByRole('grid', { name: 'Bytes of the frame' }).getByRole('gridcell').first()).toBeVisible();
}

const FIGURES: readonly LiveFigure[] = [
  {
    chapter: 'what-a-websocket-is',
    name: 'the time line',
    figure: '.timeline',
    async goesOn(figure) {
      await figure.getByLabel('Message').fill('alone');
      await figure.getByRole('button', { name: 'Run again' }).click();
      await expect(figure.locator('.ladder-title').filter({ hasText: 'text alone' })).toHaveCount(2);
    },
  },
  {
    chapter: 'what-a-websocket-is',
    name: 'the bytes of polling',
    figure: '[aria-labelledby="polling-bytes-title"]',
    goesOn: (figure) => expect(figure.locator('.polling-said')).toContainText('The request in this page'),
  },
  {
    chapter: 'opening-handshake',
    name: 'the own handshake',
    figure: '#own-handshake',
    async goesOn(figure) {
      await figure.getByRole('button', { name: 'Connect again' }).click();
      await expect(figure.getByRole('heading', { name: 'The simulated browser asked' })).toBeVisible();
      await expect(figure.locator('.own-changes')).not.toBeEmpty();
    },
  },
  {
    chapter: 'opening-handshake',
    name: 'the request builder',
    figure: '#request-builder',
    lose: pressInVain('Send the request', 'does not answer. So this is simulated.', (figure) =>
      figure.locator('.builder-answer'),
    ),
    async goesOn(figure) {
      await figure.getByRole('button', { name: 'Send the request' }).click();
      await expect(figure.locator('.answer-lines dt').first()).toHaveText('HTTP/1.1 101 Switching Protocols');
      await expect(figure.locator('.builder-answer')).not.toContainText('does not answer');
    },
  },
  {
    chapter: 'the-frame',
    name: 'the bits of a frame',
    figure: '#frame-bits',
    async goesOn(figure) {
      await figure.getByLabel('Message', { exact: true }).fill('alone');
      await figure.getByRole('button', { name: /^Send$/ }).click();
      await expect(figure.locator('.frame-about')).toContainText('The simulated browser sent: text, masked, 5 bytes');
      await figure.getByRole('button', { name: /^Send these \d+ bytes/ }).click();
      await expect(figure.locator('.raw-answer')).toContainText('“alone”');
      await expect(figure.locator('.raw-answer')).toContainText('simulated in this page');
    },
  },
  {
    chapter: 'masking',
    name: 'the XOR lane',
    figure: '#xor-lane',
    async goesOn(figure) {
      await figure.getByRole('textbox').first().fill('alone');
      await figure.getByRole('button', { name: /^Send/ }).click();
      await expect(figure.locator('.xor-frame')).toContainText('The simulated browser sent:');
    },
  },
  {
    chapter: 'messages-fragments-text',
    name: 'the fragments',
    figure: '.fragments',
    live: (figure) => expect(figure.getByRole('button', { name: 'Send over a real connection' })).toBeEnabled(),
    lose: pressInVain('Send over a real connection', 'does not answer. The rows below are simulated.'),
    async goesOn(figure) {
      await figure.getByLabel('Fragments', { exact: true }).fill('2');
      await expect(figure.locator('.verdict').last()).toContainText('2 data frames, one message');
      await figure.locator('.frag-frame').first().click();
      await seeBytes(figure);
    },
  },
  {
    chapter: 'ping-pong-close',
    name: 'the pings',
    figure: '.ping',
    lose: press('Send a ping'),
    async goesOn(figure) {
      await figure.getByRole('button', { name: 'Send a ping' }).click();
      await expect(figure.locator('.ping-trip').last()).toContainText('round trip');
      await figure.locator('.frame-button').last().click();
      await seeBytes(figure);
    },
  },
  {
    chapter: 'ping-pong-close',
    name: 'the closing handshake',
    figure: '.closing-diagram',
    lose: pressInVain('The server closes first', TAP_IS_GONE),
    async goesOn(figure) {
      await figure.getByRole('button', { name: 'Both at once' }).click();
      await expect(figure.locator('.closing-step').last()).toContainText('code 4000');
    },
  },
  {
    chapter: 'ping-pong-close',
    name: 'the status codes',
    figure: '.close-codes',
    lose: pressInVain('server: 1012', TAP_IS_GONE),
    async goesOn(figure) {
      await figure.getByRole('button', { name: 'server: 1012' }).click();
      await expect(figure.locator('[data-trial="1012-server"]')).toContainText('onclose: 1012');
      await figure.locator('[data-trial="1012-server"] .frame-button').first().click();
      await seeBytes(figure);
    },
  },
  {
    chapter: 'break-the-rules',
    name: 'what a server does wrong',
    figure: '#break-rules',
    lose: pressInVain('Run: RSV1 set', TAP_IS_GONE, (figure) => figure.locator('.figure-note')),
    async goesOn(figure) {
      await expect(figure.locator('thead').first()).toContainText('our own client');
      await figure.getByRole('button', { name: 'Run: RSV1 set' }).click();
      await expect(figure.locator('.act-told li')).toHaveText(['onopen', 'onerror', 'onclose: 1006, not clean']);
      await figure.locator('.act-wire button').nth(1).click();
      await seeBytes(figure);
    },
  },
  {
    chapter: 'break-the-rules',
    name: 'what a client does wrong',
    figure: '#client-rules',
    lose: pressInVain(/^Send: RSV1/, 'does not answer. So this is simulated.'),
    async goesOn(figure) {
      await figure.getByLabel('Frames of your own, in hex').fill('8185 37fa213d 7f9f4d5158');
      await figure.getByRole('button', { name: 'Send', exact: true }).click();
      await expect(figure.locator('.act-wire li').nth(1)).toHaveText(/text, 7 bytes: Hello/);
      await expect(figure.getByRole('alert')).toHaveCount(0);
      await figure.locator('.act-wire button').first().click();
      await seeBytes(figure);
    },
  },
  {
    chapter: 'polling-measured',
    name: 'the polling lab',
    figure: '.polling-lab',
    lose: press('Run all four'),
    async goesOn(figure) {
      await expect(figure.locator('.pl-said')).toContainText('Simulated: 40 events');
      await figure.getByLabel(/^One way takes/).press('ArrowRight');
      await expect(figure.locator('.pl-said')).toContainText('60 ms each way');
    },
  },
  {
    chapter: 'safe-in-the-open',
    name: 'who gets in',
    figure: '.strangers',
    lose: pressInVain('Send this request', 'So this is simulated.', (figure) => figure.locator('.strangers-answer')),
    async goesOn(figure) {
      await figure.getByLabel('A WebSocket is opened by').selectOption('own');
      await figure.getByRole('button', { name: 'Send this request' }).click();
      await expect(figure.locator('[data-answer="room"]')).toContainText('101 Switching Protocols (simulated');
    },
  },
];

/** The chapter, with this figure at work on the companion, which then goes. */
async function openAndLose(page: Page, companion: OwnCompanion, each: Omit<LiveFigure, 'goesOn'>): Promise<Locator> {
  await page.goto(companion.addressOf(`/chapters/${each.chapter}/`));
  const found = page.locator(each.figure);
  await wakeFigure(found);
  if (each.live === undefined) await expect(found.locator('.badge')).toHaveAttribute('data-state', 'live');
  else await each.live(found);
  await companion.stop();
  return found;
}

for (const each of FIGURES) {
  test(`${each.chapter}: ${each.name} says that the companion is gone, and goes on simulated`, async ({
    page,
    companion,
  }) => {
    const figure = await openAndLose(page, companion, each);
    await each.lose?.(figure);
    await expect(figure.locator('.badge')).toHaveAttribute('data-state', 'lost');
    await figure.getByRole('button', { name: 'Use the simulation' }).click();
    await expect(figure.locator('.badge')).toHaveAttribute('data-state', 'simulated');
    await each.goesOn(figure);
  });
}

test('accept-hash: the calculator says that the companion is gone, and draws a key itself', async ({
  page,
  companion,
}) => {
  const figure = await openAndLose(page, companion, {
    chapter: 'accept-hash',
    name: 'the calculator',
    figure: '.accept',
  });
  const take = figure.locator('.needs-js button, button.needs-js').first();
  await take.click();
  await expect(figure.getByRole('alert')).toContainText('You can draw a random key instead.');
  await expect(figure.locator('.badge')).toHaveAttribute('data-state', 'simulated');
  await take.click();
  await expect(figure.getByRole('alert')).toHaveCount(0);
  await expect(page).toHaveURL(/#key=/);
});

/** What each chapter has that the companion has no part in, and a first use of it. */
const OTHERS: Readonly<
  Record<string, readonly (readonly [figure: string, use: (figure: Locator) => Promise<void>])[]>
> = {
  'what-a-websocket-is': [
    ['[aria-labelledby="polling-delay-title"]', (figure) => figure.getByRole('slider').first().press('ArrowRight')],
  ],
  'opening-handshake': [],
  'accept-hash': [['.accept-doctor', (figure) => figure.getByRole('textbox').last().fill('abc')]],
  'the-frame': [['.length-forms', (figure) => figure.getByRole('slider').first().press('ArrowRight')]],
  masking: [['.proxy-cache', (figure) => figure.getByRole('button', { name: 'Next' }).click()]],
  'messages-fragments-text': [
    ['.stream-cut', (figure) => figure.getByLabel('Where the first read ends').press('ArrowRight')],
    ['.utf8-lane', (figure) => figure.getByLabel('or your own bytes, in hex').fill('ff')],
  ],
  'ping-pong-close': [],
  'break-the-rules': [],
};

for (const [chapter, others] of Object.entries(OTHERS)) {
  test(`${chapter}: figures that were out of sight come to life without the server`, async ({ page, companion }) => {
    // So low that no figure is in sight at first.
    await page.setViewportSize({ width: 1280, height: 300 });
    await page.goto(companion.addressOf(`/chapters/${chapter}/`));
    // The first use of the page, whatever it is.
    await page.keyboard.press('Shift');
    await page.waitForLoadState('networkidle');
    await companion.stop();
    for (const island of await page.locator('astro-island').all()) {
      await island.scrollIntoViewIfNeeded();
      await expect(island).not.toHaveAttribute('ssr');
    }
    for (const [selector, use] of others) {
      const figure = page.locator(selector);
      const before = await figure.innerText();
      await use(figure);
      await expect.poll(() => figure.innerText()).not.toBe(before);
    }
    const check = page.locator('[data-exercise][data-ready]').first();
    await check.getByRole('button', { name: 'New problem' }).click();
    await expect(page).toHaveURL(/[#&]check=/);
    await expect(page.getByText('the server that has it is gone')).toHaveCount(0);
    await expect(page.locator('.badge[data-state="live"]')).toHaveCount(0);
  });
}

test('a figure whose code cannot be had any more says so, and what to do', async ({ page, companion }) => {
  await page.setViewportSize({ width: 800, height: 300 });
  await page.goto(companion.addressOf('/chapters/masking/'));
  await companion.stop();
  const island = page.locator('astro-island').filter({ has: page.locator('#xor-lane') });
  await island.scrollIntoViewIfNeeded();
  await expect(island.getByRole('alert')).toContainText(
    'the server that has it is gone. Start it, and reload the page.',
  );
  await expect(island.locator('.xor-lane')).toBeVisible();
});
