import { expect, type Locator } from '@playwright/test';

/**
 * Scrolls to a figure and waits until it works: an island, which is hydrated when it is in sight, then loses its `ssr`
 * attribute. Before that, a click is lost, and an element that was found may be replaced.
 */
export async function wakeFigure(figure: Locator): Promise<void> {
  // Hydration may replace the element between the moment it is found and the moment it is scrolled to: so it is found again.
  await expect(() => figure.scrollIntoViewIfNeeded({ timeout: 5000 })).toPass();
  await expect(figure.locator('xpath=ancestor-or-self::astro-island[@ssr]')).toHaveCount(0);
  await expect(figure.locator('astro-island[ssr]')).toHaveCount(0);
}
