import type { Browser, Page } from 'playwright';

export interface LoadFigures {
  /** Cumulative layout shift, before anything was touched. */
  readonly shift: number;
  readonly longestTaskMs: number;
}

/** The least of several loads: what else the machine does only ever adds. */
export async function measureLoad(browser: Browser, url: string, rounds: number): Promise<LoadFigures> {
  const seen: LoadFigures[] = [];
  for (let round = 0; round < rounds; round++) {
    const page = await browser.newPage({ viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true });
    await observe(page);
    await page.goto(url);
    await page.waitForLoadState('networkidle');
    // What the first paint left out is part of the load.
    await page.locator('html:not(.first-paint)').waitFor();
    seen.push(await figuresOf(page));
    await page.close();
  }
  return {
    shift: Math.min(...seen.map(({ shift }) => shift)),
    longestTaskMs: Math.min(...seen.map(({ longestTaskMs }) => longestTaskMs)),
  };
}

/** Begins to count what moves and what takes long; before the page is opened. */
export async function observe(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const figures = { shift: 0, longestTaskMs: 0 };
    Object.assign(window, { pageFigures: figures });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) {
        if (!entry.hadRecentInput) figures.shift += entry.value;
      }
    }).observe({ type: 'layout-shift', buffered: true });
    // Tasks under 50 ms are not told.
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) figures.longestTaskMs = Math.max(figures.longestTaskMs, duration);
    }).observe({ type: 'longtask', buffered: true });
  });
}

export function figuresOf(page: Page): Promise<LoadFigures> {
  return page.evaluate(() => (window as unknown as { pageFigures: LoadFigures }).pageFigures);
}
