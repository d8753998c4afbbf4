import { expect, type Page, test } from '@playwright/test';
import { wakeFigure } from './hydrated.ts';

const CHAPTER = '/chapters/the-frame/';
const WIDTHS = [360, 768, 1280, 1680];

const heights = (page: Page, selector: string) =>
  page
    .locator(selector)
    .evaluateAll((all) =>
      all.filter((each) => each.getClientRects().length > 0).map((each) => each.getBoundingClientRect().height),
    );

test.describe('the header', () => {
  for (const width of WIDTHS) {
    test(`is one row at ${width} px, and all of it can be reached`, async ({ page }) => {
      await page.setViewportSize({ width, height: 740 });
      await page.goto(CHAPTER);
      const header = page.locator('.site-header');
      expect((await header.boundingBox())?.height).toBe(64);
      const menu = header.getByRole('button', { name: 'Menu' });
      if (await menu.isVisible()) await menu.click();
      const sections = header.getByRole('navigation', { name: 'Site' }).getByRole('link');
      await expect(sections).toHaveText(['Tutorial', 'Inspect', 'Why it ended', 'Test a server', 'Reference']);
      for (const section of await sections.all()) await expect(section).toBeInViewport({ ratio: 1 });
      await expect(header.getByRole('radio', { name: 'Dark' })).toBeInViewport();
      for (const height of await heights(page, '.site-header :is(a, button), .theme-switch label')) {
        expect(height).toBeGreaterThanOrEqual(24);
      }
    });
  }

  test('marks the section, and in it the page', async ({ page }) => {
    const current = page.locator('.site-header nav [aria-current]');
    for (const [path, section, kind] of [
      ['/chapters/', 'Tutorial', 'page'],
      [CHAPTER, 'Tutorial', 'true'],
      ['/glossary/', 'Reference', 'true'],
      ['/decode/', 'Inspect', 'true'],
      ['/why/', 'Why it ended', 'page'],
      ['/check/', 'Test a server', 'page'],
    ] as const) {
      await page.goto(path);
      await expect(current).toHaveText(section);
      await expect(current).toHaveAttribute('aria-current', kind);
    }
    await page.goto('/');
    await expect(current).toHaveCount(0);
  });
});

test.describe('in a chapter', () => {
  for (const width of WIDTHS) {
    test(`the bar stays, names the part that is read, and leads to any other, ${width} px`, async ({ page }) => {
      await page.setViewportSize({ width, height: 740 });
      await page.goto(CHAPTER);
      const bar = page.locator('.page-bar');
      const part = bar.locator('.bar-part');
      await expect(bar.locator('summary')).toContainText('4 The frame');
      await expect(part).toBeEmpty();
      const heading = page.locator('.prose > h2').nth(4);
      await heading.evaluate((element) => element.scrollIntoView({ behavior: 'instant', block: 'start' }));
      await expect(part).toHaveText((await heading.innerText()).trim());
      expect((await bar.boundingBox())?.y).toBe(0);
      // The bar does not cover the heading that it leads to.
      expect((await heading.boundingBox())?.y).toBeGreaterThanOrEqual(40);
      await bar.locator('summary').press('Enter');
      await bar.getByRole('link', { name: 'Exercises' }).click();
      await expect(part).toHaveText('Exercises');
      await expect(bar.locator('details')).not.toHaveAttribute('open');
    });
  }

  test('the contents stay beside the text from 1100 px on, with the current part marked', async ({ page }) => {
    await page.setViewportSize({ width: 1099, height: 740 });
    await page.goto(CHAPTER);
    const contents = page.getByRole('navigation', { name: 'In this chapter' });
    await expect(contents).toBeHidden();
    await page.setViewportSize({ width: 1100, height: 740 });
    await expect(contents).toBeInViewport();
    await contents.getByRole('link', { name: 'Exercises' }).click();
    await expect(contents.locator('[aria-current]')).toHaveText('Exercises');
    await expect(contents).toBeInViewport();
  });

  test('text and what is wider than it have one width each, and one left edge', async ({ page }) => {
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 740 });
      await page.goto(`${CHAPTER}#exercises`);
      const boxes = await page
        .locator('.prose > :is(p, h2, ul, .table-scroll, .code-excerpt, .figure), .prose > astro-island > .figure')
        .evaluateAll((all) => all.map((each) => each.getBoundingClientRect()).map(({ left, width }) => [left, width]));
      // A table that scrolls has three pixels more on each side, for the ring around a link.
      const groups = (index: number) => {
        const sorted = boxes.map((box) => box[index] ?? 0).sort((one, other) => one - other);
        return sorted.filter((value, at) => at === 0 || value - (sorted[at - 1] ?? 0) > 8).length;
      };
      expect(boxes.length).toBeGreaterThan(30);
      expect(groups(0), `left edges at ${width} px`).toBe(1);
      expect(groups(1), `widths at ${width} px`).toBe(width === 360 ? 1 : 2);
    }
  });

  test('it says how long it takes, and leads to the chapters before and after it', async ({ page }) => {
    await page.goto(CHAPTER);
    await expect(page.locator('.chapter-head .chapter-facts')).toContainText(/\d+ minutes/);
    const turn = page.getByRole('navigation', { name: 'Previous and next chapter' });
    await expect(turn.locator('a[rel="prev"]')).toBeVisible();
    await expect(turn.locator('a[rel="next"]')).toBeVisible();
  });

  test('without JavaScript the bar still leads to every part', async ({ browser, baseURL }) => {
    const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
    const page = await context.newPage();
    await page.goto(`${baseURL}${CHAPTER}`);
    await page.locator('.page-bar summary').click();
    await page.locator('.page-bar').getByRole('link', { name: 'Exercises' }).click();
    await expect(page).toHaveURL(/#exercises$/);
    await context.close();
  });
});

test('no state in the figure of a connection’s life takes two lines', async ({ page }) => {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    await page.goto('/chapters/what-a-websocket-is/');
    const figure = page.locator('.timeline');
    await wakeFigure(figure);
    // Only then is the reader's own life over, and no state of it changes any more.
    await expect(figure.getByRole('button', { name: 'Run again' })).toHaveAttribute('aria-disabled', 'false');
    const states = figure.locator('.ladder-life');
    const lines = await states.evaluateAll((all) =>
      all
        .filter((each) => each.textContent !== '')
        .map((each) => {
          const range = document.createRange();
          range.selectNodeContents(each);
          const tops = [...range.getClientRects()].map(({ top }) => top);
          const apart = Math.max(...tops) - Math.min(...tops);
          return { text: each.textContent, lines: apart < 10 ? 1 : 2, fits: each.scrollWidth <= each.clientWidth };
        }),
    );
    expect(lines.length).toBeGreaterThan(3);
    for (const line of lines) expect(line, `${width} px`).toMatchObject({ lines: 1, fits: true });
  }
});

test('requirements at the end of a section are one list', async ({ page }) => {
  await page.goto('/chapters/masking/');
  const block = page.locator('.rules-in-short').first();
  await expect(block).toContainText('The rules, in short');
  expect(await block.getByRole('listitem').count()).toBeGreaterThan(1);
  await expect(page.locator('.must')).toHaveCount(await page.locator('.rules-in-short > ul > .must').count());
});

test.describe('the glossary', () => {
  test('can be filtered, and has letters', async ({ page }) => {
    await page.goto('/glossary/');
    const rows = page.locator('[data-row]');
    const all = await rows.count();
    await page.getByLabel('Filter the words').fill('masking');
    await expect(page.getByRole('status')).toHaveText(new RegExp(`^\\d+ of ${all}$`));
    await expect(page.locator('#masking')).toBeVisible();
    await expect(page.locator('#base64')).toBeHidden();
    await expect(page.locator('#letter-b')).toBeHidden();
    // A link to what is filtered out shows it.
    await page.evaluate(() => {
      location.hash = '#base64';
    });
    await expect(page.locator('#base64')).toBeInViewport();
  });

  test('a popover begins with its word', async ({ page }) => {
    await page.goto('/chapters/opening-handshake/');
    const term = page.locator('a[data-term]').first();
    await term.hover();
    const note = page.locator(`#${await term.getAttribute('data-term')}`);
    await expect(note.locator('strong')).toHaveText('TCP');
  });
});

test('the reference can be filtered: tables, rules, and the headings of what is left out', async ({ page }) => {
  await page.goto('/reference/');
  await page.getByLabel('Filter the tables and rules').fill('1007');
  await expect(page.locator('#status-1007')).toBeVisible();
  await expect(page.locator('#status-1000')).toBeHidden();
  await expect(page.locator('#opcodes')).toBeHidden();
  await expect(page.locator('#frame-rules')).toBeVisible();
});

test('ten reserved opcodes are two rows', async ({ page }) => {
  await page.goto('/reference/');
  await expect(page.locator('[id^="opcode-"]')).toHaveCount(8);
  await expect(page.locator('#opcode-3')).toContainText('3–7');
  await expect(page.locator('#opcode-b')).toContainText('B–F');
});

test('each chapter in the list has a picture of its own', async ({ page }) => {
  await page.goto('/chapters/');
  const pictures = await page
    .locator('.chapter-list > li')
    .evaluateAll((items) => items.map((item) => item.querySelector('.chapter-picture')?.innerHTML.trim() ?? ''));
  expect(pictures.length).toBeGreaterThan(7);
  expect(pictures).not.toContain('');
  expect(new Set(pictures).size).toBe(pictures.length);
});

test('a page that is not there leads to every chapter', async ({ page }) => {
  await page.goto('/404.html');
  await expect(page.locator('.lost-frame')).toContainText('01 94');
  expect(await page.locator('main .chapter-list > li').count()).toBeGreaterThan(7);
});
