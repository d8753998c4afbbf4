import type { Page } from '@playwright/test';
import axe from 'axe-core';

/**
 * What axe finds wrong in a page as it is now: one line for each rule, with the first element that breaks it.
 *
 * axe runs in the page itself. The builder for Playwright runs the same rules, but carries what they passed out of the page
 * and through another one: that takes four times as long.
 *
 * @param within looks only into these elements, by selector
 */
export async function axeFindings(page: Page, ...within: readonly string[]): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async (selectors) => {
    const { axe: injected } = window as unknown as { axe: typeof import('axe-core') };
    const found = await injected.run(selectors.length === 0 ? document : { include: [...selectors] }, {
      resultTypes: ['violations'],
    });
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`);
  }, within);
}
