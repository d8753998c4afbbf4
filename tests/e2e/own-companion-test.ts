import { test as base } from '@playwright/test';
import { OwnCompanion } from './own-companion.ts';

/** A test with a companion of its own, which it may stop. */
export const test = base.extend<{ readonly companion: OwnCompanion }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs
  companion: async ({}, use) => {
    const companion = await OwnCompanion.start();
    await use(companion);
    await companion.stop();
  },
});
