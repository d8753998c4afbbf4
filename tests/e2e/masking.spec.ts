import { expect, type Locator, type Page, test } from '@playwright/test';
import { axeFindings } from './axe.ts';
import { wakeFigure } from './hydrated.ts';
import { STATIC_SITE } from './ports.ts';

const PATH = '/chapters/masking/';
const unmask = (payload: readonly number[], key: readonly number[]) =>
  Buffer.from(payload.map((byte, i) => byte ^ (key[i % 4] as number))).toString('utf8');
const bytesOf = (hex: string) => [...Buffer.from(hex.replaceAll(' ', ''), 'hex')];

/** The XOR lane as a person works it. */
class Lane {
  readonly figure: Locator;
  readonly badge: Locator;
  readonly text: Locator;
  readonly send: Locator;
  readonly columns: Locator;
  readonly keyBits: Locator;
  readonly keyField: Locator;
  readonly scrub: Locator;
  readonly cut: Locator;
  readonly said: Locator;
  readonly verdict: Locator;
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    this.figure = page.locator('#xor-lane');
    this.badge = this.figure.locator('.badge');
    this.text = this.figure.getByLabel('Your text');
    this.send = this.figure.getByRole('button', { name: 'Send', exact: true });
    this.columns = this.figure.getByRole('toolbar', { name: 'Bytes of the payload' }).getByRole('button');
    this.keyBits = this.figure.getByRole('button', { name: /^bit \d of key byte/ });
    this.keyField = this.figure.getByLabel('Unmask with the key');
    this.scrub = this.figure.getByLabel('Byte of the payload', { exact: true });
    this.cut = this.figure.getByLabel('A second read begins with byte');
    this.said = this.figure.locator('.xor-said');
    this.verdict = this.figure.locator('.verdict[aria-live]');
  }

  /** Waits until the figure's own first message has come. */
  async open(state: 'live' | 'simulated', address = PATH): Promise<void> {
    await this.page.goto(state === 'live' ? address : STATIC_SITE + address);
    await wakeFigure(this.figure);
    await expect(this.badge).toHaveAttribute('data-state', state);
    await expect(this.send).toBeEnabled();
  }

  async openWithFrame(state: 'live' | 'simulated' = 'live'): Promise<void> {
    await this.open(state);
    await expect(this.figure.locator('.xor-frame')).toContainText(
      state === 'live' ? 'Your browser sent' : 'The simulated browser sent',
    );
  }

  async say(text: string): Promise<void> {
    await this.text.fill(text);
    await this.text.press('Enter');
    await expect(this.verdict).toContainText(`“${text}”, as it was sent`);
  }

  /** Key and payload as they are shown on the wire. */
  async frame(): Promise<{ readonly key: number[]; readonly payload: number[] }> {
    const parts = this.figure.locator('.xor-frame');
    return {
      key: bytesOf(await parts.locator('.field-masking-key').innerText()),
      payload: bytesOf(await parts.locator('.field-payload-data').innerText()),
    };
  }

  async wrongColumns(): Promise<number[]> {
    const names = await this.columns.allTextContents();
    return names.flatMap((name, index) => (name.includes(', wrong') ? [index] : []));
  }
}

for (const state of ['live', 'simulated'] as const) {
  test.describe(`the XOR lane, ${state}`, () => {
    test('shows a text of the reader’s own under a new key each time', async ({ page }) => {
      const lane = new Lane(page);
      await lane.openWithFrame(state);
      await lane.say('Grüße, world');
      const first = await lane.frame();
      expect(unmask(first.payload, first.key)).toBe('Grüße, world');
      await expect(lane.columns).toHaveCount(first.payload.length);
      await lane.send.click();
      await expect.poll(async () => (await lane.frame()).key).not.toEqual(first.key);
      const second = await lane.frame();
      expect(unmask(second.payload, second.key)).toBe('Grüße, world');
    });
  });
}

test.describe('the XOR lane', () => {
  test('by mouse: one bit of the key spoils every fourth byte, until the frame’s own key is back', async ({ page }) => {
    const lane = new Lane(page);
    await lane.openWithFrame();
    await lane.say('Hello, world');
    await lane.columns.nth(11).click();
    await lane.columns.nth(5).click();
    await expect(lane.said).toContainText('i = 5. 5 mod 4 = 1: byte 1 of the key.');
    await lane.scrub.fill('11');
    await lane.columns.nth(1).click();
    await lane.keyBits.nth(2).click();
    await lane.scrub.fill('11');
    expect(await lane.wrongColumns()).toEqual([1, 5, 9]);
    await expect(lane.verdict).toHaveAttribute('data-tone', 'danger');
    await expect(lane.verdict).toContainText('Byte 1 of the key is changed.');
    await lane.figure.getByRole('button', { name: 'Use the frame’s key' }).click();
    await expect(lane.verdict).toContainText('“Hello, world”, as it was sent');
  });

  test('by keyboard: along the payload, into the bits of the key, and with a key that is too short', async ({
    page,
  }) => {
    const lane = new Lane(page);
    await lane.openWithFrame();
    await lane.columns.nth(4).focus();
    await page.keyboard.press('Home');
    await expect(lane.columns.first()).toBeFocused();
    await expect(lane.said).toContainText('i = 0.');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await expect(lane.columns.nth(2)).toBeFocused();
    await expect(lane.columns.nth(2)).toHaveAttribute('aria-pressed', 'true');
    await expect(lane.columns.nth(3)).toHaveAccessibleName(/not unmasked yet/);
    const before = await lane.keyBits.first().getAttribute('aria-pressed');
    await lane.keyBits.first().focus();
    await page.keyboard.press('Space');
    await expect(lane.keyBits.first()).toBeFocused();
    await expect(lane.keyBits.first()).not.toHaveAttribute('aria-pressed', before ?? '');
    await lane.keyField.fill('37 fa 21');
    await expect(lane.figure.locator('.xor-problem')).toHaveText(/You typed 3 bytes/);
    await expect(lane.keyField).toHaveAttribute('aria-invalid', 'true');
  });

  test('a count begun anew in the second read spoils the rest, but for a cut at a multiple of four', async ({
    page,
  }) => {
    const lane = new Lane(page);
    await lane.openWithFrame();
    await lane.say('Hello, world');
    await lane.cut.focus();
    for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
    await expect(lane.verdict).toHaveAttribute('data-tone', 'ok');
    await lane.figure.getByLabel('Make the mistake').check();
    await expect(lane.verdict).toContainText('its key should begin with byte 3, not 0');
    const wrong = await lane.wrongColumns();
    expect(wrong.length).toBeGreaterThan(0);
    expect(wrong.every((index) => index >= 3)).toBe(true);
    await lane.cut.press('ArrowRight');
    await expect(lane.verdict).toHaveAttribute('data-tone', 'info');
    await expect(lane.verdict).toContainText('4 is a multiple of 4');
  });

  test('plays and pauses; who wants no motion gets the end', async ({ page }) => {
    const lane = new Lane(page);
    await lane.openWithFrame();
    await lane.scrub.fill('0');
    await lane.figure.getByRole('button', { name: 'Play' }).click();
    await expect(lane.scrub).toHaveValue('4');
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    await lane.figure.getByRole('button', { name: 'Play' }).click();
    await expect(lane.scrub).toHaveValue('1');
    await lane.figure.getByRole('button', { name: 'Pause' }).click();
    await expect(lane.figure.getByRole('button', { name: 'Play' })).toBeVisible();
    await expect(lane.scrub).toHaveValue('1');
  });

  test('an empty text has nothing to unmask, which is said, and the frame before it stays', async ({ page }) => {
    const lane = new Lane(page);
    await lane.openWithFrame();
    await lane.text.fill('');
    await lane.send.click();
    await expect(lane.figure.getByRole('alert').first()).toContainText('no payload');
    await expect(lane.columns).toHaveCount(5);
    await lane.say('Hi');
    await expect(lane.figure.locator('[role="alert"].verdict')).toHaveCount(0);
  });

  test('its state is in the address, and comes back from there', async ({ page }) => {
    const lane = new Lane(page);
    await lane.open('live', `${PATH}#xor=818537fa213d7f9f4d5158&xor-key=36fa213d&xor-at=2&xor-cut=2`);
    await expect(lane.figure).toBeInViewport();
    await expect(lane.figure.locator('.xor-frame')).toContainText('The frame in the address');
    await expect(lane.scrub).toHaveValue('2');
    await expect(lane.verdict).toContainText('“Ielln”, and nobody notices');
    await lane.figure.getByRole('button', { name: 'Use the frame’s key' }).click();
    await expect(page).toHaveURL(/xor=818537fa213d7f9f4d5158&xor-key=37fa213d&xor-at=2&xor-cut=2/);
    await page.evaluate(() => {
      location.hash = 'xor=810548656c6c6f';
    });
    await expect(lane.figure.getByRole('alert').first()).toContainText('not masked');
  });
});

test.describe('the cache that believed a message', () => {
  const open = async (page: Page, address = PATH): Promise<Locator> => {
    await page.goto(address);
    const figure = page.locator('#proxy-cache');
    await wakeFigure(figure);
    return figure;
  };

  test('is poisoned without a mask, and is not with a fresh key', async ({ page }) => {
    const figure = await open(page);
    await expect(figure.getByText('then it sees the next request: GET http://cdn.example/stats.js')).toBeVisible();
    const next = figure.getByRole('button', { name: 'Next step' });
    await next.click();
    await next.click();
    await expect(figure.getByText('http://cdn.example/stats.js → sendCookiesTo')).toBeVisible();
    await figure.getByLabel('masked with a fresh key').check();
    await expect(figure.getByText('Nothing from this connection.')).toBeVisible();
    await next.click();
    await expect(next).toBeDisabled();
    await expect(figure.getByText('countVisit()')).toBeVisible();
    await figure.getByRole('button', { name: 'Send it 1,000 times' }).click();
    await expect(figure.getByRole('status')).toHaveText('Sent with 1,000 keys. The proxy saw a request zero times.');
  });

  test('by keyboard: noise that differs each time, and a request again where the key is known', async ({ page }) => {
    const figure = await open(page);
    await figure.getByLabel('not masked').focus();
    await page.keyboard.press('ArrowDown');
    await expect(figure.getByLabel('masked with a fresh key')).toBeChecked();
    const seen = () => figure.locator('[data-current] .story-bytes').innerText();
    const first = await seen();
    await figure.getByRole('button', { name: 'Send it with another key' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(seen).not.toBe(first);
    await figure.getByLabel('masked with a fresh key').focus();
    await page.keyboard.press('ArrowDown');
    await expect(figure.getByText('then it sees the next request: GET http://cdn.example/stats.js')).toBeVisible();
    await figure.getByRole('button', { name: /The page sends a message/ }).press('Enter');
    await expect(figure.getByText('ws.send(new Uint8Array([')).toBeVisible();
  });

  test('its step is in the address, and comes back from there', async ({ page }) => {
    const figure = await open(page, `${PATH}#cache=known-key&cache-step=5`);
    await expect(figure).toBeInViewport();
    await expect(figure.getByRole('button', { name: /What the proxy keeps/ })).toHaveAttribute('aria-expanded', 'true');
    await figure.getByLabel('not masked').check();
    await expect(page).toHaveURL(/#cache=unmasked&cache-step=5&cache-key=[0-9a-f]{8}$/);
  });
});

test('without JavaScript both figures tell their example from end to end', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto((baseURL ?? '') + PATH);
  await expect(page.locator('#xor-lane .xor-frame')).toContainText('37 fa 21 3d');
  await expect(page.locator('#xor-lane .verdict')).toContainText('“Hello”');
  await expect(page.locator('#xor-lane').getByLabel('Your text')).toBeHidden();
  const steps = page.locator('#proxy-cache .story-step');
  await expect(steps).toHaveCount(6);
  for (const step of await steps.all()) await expect(step).toBeVisible();
  await context.close();
});

test.describe('the exercises', () => {
  const openExercise = async (page: Page, id: string): Promise<Locator> => {
    await page.goto(PATH);
    const exercise = page.locator(`[data-exercise="${id}"]`);
    await wakeFigure(exercise);
    await expect(exercise).toHaveAttribute('data-ready');
    return exercise;
  };

  test('a payload is unmasked by hand, and a byte that was left masked is named', async ({ page }) => {
    const exercise = await openExercise(page, 'unmask-by-hand');
    const frame = bytesOf((await exercise.locator('code').first().innerText()).trim());
    const key = frame.slice(2, 6);
    const payload = frame.slice(6);
    const answer = exercise.getByLabel('The payload in hex');
    await answer.fill(Buffer.from(payload).toString('hex'));
    await answer.press('Enter');
    await expect(exercise.getByRole('status')).toContainText('That one is still masked');
    await answer.fill(Buffer.from(unmask(payload, key)).toString('hex'));
    await answer.press('Enter');
    await expect(exercise.getByRole('status')).toContainText('Right');
  });

  test('the key is found from what was meant', async ({ page }) => {
    const exercise = await openExercise(page, 'find-the-key');
    const [wire = [], meant = []] = (await exercise.locator('.exercise-given code, code').allInnerTexts()).map(bytesOf);
    const lost =
      /header and (\d) bytes/.exec(await exercise.innerText())?.[1] ??
      (/one byte/.test(await exercise.innerText()) ? 1 : 0);
    const key = [0, 1, 2, 3].map((j) => {
      const at = (j - Number(lost) + 4) % 4;
      return (wire[at] as number) ^ (meant[at] as number);
    });
    const answer = exercise.getByLabel('The key in hex');
    await answer.fill(Buffer.from(key).toString('hex'));
    await answer.press('Enter');
    await expect(exercise.getByRole('status')).toContainText('Right');
  });
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`in use, axe finds nothing, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    const lane = new Lane(page);
    await lane.openWithFrame();
    await lane.say('Hello, world');
    await lane.cut.fill('3');
    await lane.figure.getByLabel('Make the mistake').check();
    await lane.columns.nth(6).click();
    await lane.keyBits.nth(1).click();
    const story = page.locator('#proxy-cache');
    await wakeFigure(story);
    await story.getByLabel('masked with a fresh key').check();
    await story.getByRole('button', { name: /The server sends a message back/ }).click();
    expect(await axeFindings(page, '#xor-lane', '#proxy-cache')).toEqual([]);
  });
}
