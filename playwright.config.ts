import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';
import { findBrowser } from './tests/browser.ts';
import { LIVE_PORT, STATIC_PORT } from './tests/e2e/ports.ts';

if (!existsSync(new URL('dist/index.html', import.meta.url))) {
  throw new Error('dist/ holds no site: run "npm run build" first, the browser tests look at what was built.');
}

const browser = await findBrowser();
const node = JSON.stringify(process.execPath);

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  forbidOnly: process.env['CI'] !== undefined,
  fullyParallel: true,
  // A list of all is for who waits for it.
  reporter: [[process.env['CI'] === undefined ? 'list' : 'dot'], ['./tests/e2e/count-reporter.ts']],
  workers: 2,
  use: {
    baseURL: `http://localhost:${LIVE_PORT}`,
    launchOptions: { executablePath: browser.executablePath, args: browser.args, env: browser.env },
    contextOptions: { reducedMotion: 'reduce' },
  },
  webServer: [
    {
      command: `${node} server/main.ts serve --port ${LIVE_PORT}`,
      url: `http://localhost:${LIVE_PORT}/healthz`,
      reuseExistingServer: false,
    },
    {
      command: `${node} tests/e2e/static-server.ts ${STATIC_PORT}`,
      url: `http://localhost:${STATIC_PORT}/`,
      reuseExistingServer: false,
    },
  ],
});
