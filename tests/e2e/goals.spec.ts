import { expect, type Page, test } from '@playwright/test';
import { GOALS } from '../../src/components/figures/goals.ts';
import { wakeFigure } from './hydrated.ts';

/** How a reader reaches each goal, by the chapter and the figure that it belongs to. */
const WAYS: Readonly<Record<string, Readonly<Record<string, (page: Page) => Promise<void>>>>> = {
  'what-a-websocket-is': {
    'life/half-open': async (page) => {
      const step = page.getByRole('slider', { name: 'Step of the connection' });
      await step.focus();
      await step.press('Home');
      for (let i = 0; i < 16 && !(await isReached(page, 'life/half-open')); i++) await step.press('ArrowRight');
    },
    'life/closed': (page) => page.getByRole('slider', { name: 'Step of the connection' }).press('End'),
    'polling-bytes/all-layers': async (page) => {
      for (const box of await page.locator('.polling-layers input').all()) await box.check();
    },
  },
  'opening-handshake': {
    'own-handshake/accept': (page) => page.locator('[data-line="response.sec-websocket-accept"]').click(),
    'own-handshake/again': (page) => page.getByRole('button', { name: 'Connect again' }).click(),
    'request-builder/refused': async (page) => {
      await page.getByLabel('Method', { exact: true }).selectOption({ index: 1 });
    },
    'request-builder/answer': (page) => page.getByRole('button', { name: 'Send the request' }).click(),
  },
  'accept-hash': {
    'accept/bad-key': (page) => page.locator('#accept-key').fill('short'),
    'accept-doctor/other-hash': async (page) => {
      const samples = page.locator('#accept-doctor select');
      const options = await samples
        .locator('option')
        .evaluateAll((all) => all.map((option) => (option as HTMLOptionElement).value));
      for (const value of options) {
        if (await isReached(page, 'accept-doctor/other-hash')) return;
        await samples.selectOption(value);
      }
    },
  },
  'the-frame': {
    'frame-bits/ping': async (page) => {
      await page.locator('[data-bit="4"]').click();
    },
    'frame-bits/more': (page) => page.locator('[data-bit="0"]').click(),
    'frame-bits/reserved': (page) => page.locator('[data-bit="1"]').click(),
    'length-forms/smallest': (page) => page.getByRole('button', { name: '125', exact: true }).click(),
    'length-forms/largest': (page) => page.getByRole('button', { name: '65,536', exact: true }).click(),
  },
  masking: {
    'xor-lane/zero': async (page) => {
      const on = page.locator('tr[data-row="key"] button[aria-label$=": 1"]');
      while ((await on.count()) > 0) await on.first().click();
    },
    'proxy-cache/end': (page) => page.locator('.story-steps > li:last-child button[aria-expanded]').click(),
  },
  'messages-fragments-text': {
    'stream/lucky': async (page) => {
      const cut = page.getByLabel('Where the first read ends');
      await cut.focus();
      for (let i = 0; i < 30 && !(await isReached(page, 'stream/lucky')); i++) await cut.press('ArrowRight');
    },
    'fragments/ping-between': async (page) => {
      await page.getByLabel('A ping', { exact: true }).selectOption({ index: 1 });
      await page.getByRole('button', { name: 'Send over a real connection' }).click();
    },
    'fragments/wrong': async (page) => {
      await page.locator('#fragments-figure select').last().selectOption({ index: 1 });
      await page.getByRole('button', { name: 'Send over a real connection' }).click();
    },
    'utf8/invalid': (page) => page.locator('.utf8-form input[type="text"]').fill('ff'),
  },
  'ping-pong-close': {
    'ping/ten': (page) => page.getByRole('button', { name: 'Send 10 pings' }).click(),
    'ping/too-long': (page) => page.locator('#ping-payload').fill('x'.repeat(126)),
    'closing/both': (page) => page.locator('.closing-choices button').nth(2).click(),
    'closing/cut': (page) => page.locator('.closing-choices button').nth(3).click(),
  },
  'echo-server': {
    'echo-path/waits': (page) => page.locator('.echo-controls input').first().press('ArrowRight'),
  },
  'broadcast-server': {
    'broadcast/four': async (page) => {
      const figure = page.locator('#broadcast-figure');
      await figure.getByRole('button', { name: 'Add a member' }).click();
      await expect(figure.locator('.broadcast-members li')).toHaveCount(4);
      await figure.getByRole('button', { name: 'Send', exact: true }).click();
    },
    'slow-member/closed': async (page) => {
      const figure = page.locator('#slow-figure');
      await figure.getByRole('button', { name: 'C stops reading' }).click();
      await figure.getByRole('button', { name: 'Send one after another' }).click();
    },
  },
  compression: {
    'packing/forget': (page) => page.getByLabel(/Forget the window/).check(),
    'packing/longer': (page) => page.getByLabel('Your messages, one on each line').fill('x'),
  },
  'polling-measured': {
    'polling-lab/layers': async (page) => {
      for (const box of await page.locator('.pl-layers input').all()) await box.check();
    },
    'polling-lab/events': async (page) => {
      await page.getByLabel('Compare with the WebSocket').selectOption('events');
    },
  },
  'safe-in-the-open': {
    'strangers/compares': async (page) => {
      await page.getByLabel('A WebSocket is opened by').selectOption('rebound');
    },
    'strangers/same-site': async (page) => {
      await page.getByLabel('A WebSocket is opened by').selectOption('neighbor');
      await page.getByLabel('Your cookie is marked').selectOption('strict');
    },
  },
  'the-2011-listing': {
    'listing/first': (page) => page.getByRole('button', { name: 'an empty message' }).click(),
    'listing/luck': async (page) => {
      await page.getByLabel('Case', { exact: true }).selectOption('11');
      await page.getByRole('button', { name: 'after the end of the head, as a frame' }).click();
    },
  },
  'break-the-rules': {
    'break-rules/not-enforced': async (page) => {
      for (const title of await page.locator('#break-rules .break-title').all()) {
        if (await isReached(page, 'break-rules/not-enforced')) return;
        await title.click();
      }
    },
  },
};

const itemOf = (page: Page, name: string) => {
  const [figure, goal] = name.split('/');
  return page.locator(`[data-goals="${figure}"] [data-goal="${goal}"]`);
};

async function isReached(page: Page, name: string): Promise<boolean> {
  return (await itemOf(page, name).getAttribute('data-reached')) !== null;
}

test('every goal has a way to it here', () => {
  const goals = Object.entries(GOALS).flatMap(([figure, list]) => list.map(({ id }) => `${figure}/${id}`));
  const ways = Object.values(WAYS).flatMap((of) => Object.keys(of));
  expect(ways.toSorted()).toEqual(goals.toSorted());
});

for (const [chapter, ways] of Object.entries(WAYS)) {
  test(`${chapter}: no goal is reached at rest, each is reached by doing it, and stays reached`, async ({ page }) => {
    await page.goto(`/chapters/${chapter}/`);
    const all = page.locator('[data-goal]');
    await expect(all).toHaveCount(Object.keys(ways).length);
    // In sight, each figure comes alive.
    for (const list of await page.locator('[data-goals]').all()) {
      const figure = list.locator('xpath=..');
      await wakeFigure(figure);
    }
    await expect(page.locator('[data-reached]')).toHaveCount(0);
    for (const [name, reach] of Object.entries(ways)) {
      await reach(page);
      await expect(itemOf(page, name), name).toHaveAttribute('data-reached', '');
      await expect(itemOf(page, name)).toContainText('(done)');
    }
    await page.reload();
    await expect(page.locator('[data-reached]')).toHaveCount(Object.keys(ways).length);
  });
}
