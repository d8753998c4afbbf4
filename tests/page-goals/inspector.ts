import type { Browser } from 'playwright';
import { floodTaps } from '../site/flood-taps.ts';

export const DESK = { viewport: { width: 1280, height: 900 } } as const;
const FLOOD = 100_000;

/** Picks byte after byte of a frame, and counts the frames until the live region has said it. */
export async function measureSelection(browser: Browser, site: string) {
  const page = await browser.newPage(DESK);
  await page.goto(site);
  await page.locator('.inspector .badge[data-state="live"]').waitFor();
  await page.getByRole('button', { name: 'Show everything' }).click();
  await page.getByText('onmessage: "Hello"').waitFor();
  await page.getByLabel('Message', { exact: true }).fill('x'.repeat(100));
  await page.keyboard.press('Enter');
  await page.getByText('onmessage: "xxx').waitFor();
  const picks = await page.evaluate(async () => {
    const next = () => new Promise((done) => requestAnimationFrame(done));
    const bytes = [...document.querySelectorAll<HTMLElement>('.hex-byte')];
    const said = document.querySelector('.frame-said [role="status"]');
    const seen: { frames: number; ms: number }[] = [];
    for (let i = 0; i < 60; i++) {
      await next();
      const [before, start] = [said?.textContent, performance.now()];
      bytes[(i * 7) % bytes.length]?.click();
      let frames = 0;
      do {
        await next();
        frames++;
      } while (said?.textContent === before && frames < 10);
      seen.push({ frames, ms: performance.now() - start });
    }
    return seen;
  });
  await page.close();
  return { mostFrames: Math.max(...picks.map(({ frames }) => frames)), medianMs: median(picks.map(({ ms }) => ms)) };
}

/** A tap inside the page that tells of a hundred thousand frames; then the list is scrolled, a step a frame. */
export async function measureFlood(browser: Browser, site: string) {
  const page = await browser.newPage(DESK);
  await floodTaps(page, FLOOD);
  // With a frame in its address the page begins with all that it has.
  await page.goto(`${site}#f=81024869`);
  const figures = await page.evaluate(async (count) => {
    const next = () => new Promise<number>((done) => requestAnimationFrame(done));
    const counted = count.toLocaleString('en');
    while (!document.querySelector('.frame-list-count')?.textContent?.startsWith(counted)) await next();
    const listedMs = performance.now() - (window as unknown as { allArrivedAt: number }).allArrivedAt;
    const list = document.querySelector<HTMLElement>('.frame-list-rows');
    const steps: number[] = [];
    let last = await next();
    for (let step = 0; step <= 300; step++) {
      if (list !== null) list.scrollTop = (list.scrollHeight * step) / 300;
      const now = await next();
      steps.push(now - last);
      last = now;
    }
    return { listedMs, steps };
  }, FLOOD);
  await page.close();
  return { listedMs: figures.listedMs, frameMs: median(figures.steps) };
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
