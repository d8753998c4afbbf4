import { defineConfig } from 'vitest/config';

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
          include: ['{src,server,bench,scripts}/**/*.test.{ts,tsx}'],
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
          testTimeout: 30_000,
        },
      },
    ],
  },
});
