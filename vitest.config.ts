import { defineConfig } from 'vitest/config';

/** Seeds the properties. A project that leaves it out fails the test of it, which therefore runs in each. */
const SETUP = ['tests/properties/setup.ts'];
const SEEDED = 'tests/fixed-seed.test.ts';

export default defineConfig({
  // The widgets' views are .tsx for Preact; their tests render them to a string.
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    reporters: ['default', './tests/count-reporter.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['{src,server,bench,scripts}/**/*.test.{ts,tsx}', SEEDED],
          setupFiles: SETUP,
          // Some start programs; a machine that is busy takes its time.
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'across',
          environment: 'node',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/e2e/**'],
          setupFiles: SETUP,
          testTimeout: 30_000,
        },
      },
    ],
  },
});
