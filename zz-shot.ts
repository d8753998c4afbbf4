import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright';
import { findBrowser } from './tests/browser.ts';

const [path = '/', sel = 'main', hash = '', name = 'x', clicks = ''] = process.argv.slice(2);
const server = spawn(process.execPath, ['server/main.ts', 'serve', '--port', '18931'], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
await once(createInterface(server.stdout), 'line');
const { executablePath, args, env } = await findBrowser();
const browser = await chromium.launch({ executablePath, args, env });
for (const width of [360, 1280])
  for (const scheme of ['light', 'dark'] as const) {
    if (width === 1280 && scheme === 'dark') continue;
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: scheme });
    page.on('console', (m) => m.type() === 'error' && console.log('console', m.text()));
    page.on('pageerror', (e) => console.log('pageerror', String(e)));
    await page.goto(`http://localhost:18931${path}${hash}`);
    const figure = page.locator(sel).first();
    await figure.scrollIntoViewIfNeeded();
    if (sel !== 'main')
      await page.waitForFunction((s) => !document.querySelector(s)?.querySelector('astro-island[ssr]'), sel);
    for (const c of clicks.split('|').filter(Boolean)) {
      await page.getByRole('button', { name: c, exact: true }).first().click({ timeout: 8000 });
      await page.waitForTimeout(1500);
    }
    await page.waitForTimeout(400);
    console.log(width, await page.evaluate(() => document.documentElement.scrollWidth));
    await figure.screenshot({ path: `/tmp/listing-${name}-${width}-${scheme}.png` });
    await page.close();
  }
await browser.close();
server.kill();
