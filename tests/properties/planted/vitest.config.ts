import { defineConfig } from 'vitest/config';

/** Runs the property that fails: the suite itself does not have it. */
export default defineConfig({
  test: { include: ['tests/properties/planted/*.planted.ts'], setupFiles: ['tests/properties/setup.ts'] },
});
