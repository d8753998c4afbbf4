import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright';
import { findBrowser } from './tests/browser.ts';

const server = spawn(process.execPath, ['server/main.ts', 'serve', '--port', '18931'], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
await once(createInterface(server.stdout), 'line');
const { executablePath, args, env } = await findBrowser();
const browser = await chromium.launch({ executablePath, args, env });
try {
  for (const [width, scheme] of [
    [360, 'dark'],
    [1280, 'light'],
  ] as const) {
    const page = await browser.newPage({ viewport: { width, height: 1100 }, colorScheme: scheme });
    await page.goto(`http://localhost:18931/experiments/`);
    await page.screenshot({ path: `/tmp/listing-exp-top-${width}.png` });
    const section = page.locator('.experiment', { has: page.locator('#lie-about-the-end') });
    await section.scrollIntoViewIfNeeded();
    await section.getByRole('button', { name: /Run/ }).click();
    await section.locator('.experiment-lines li').nth(1).waitFor();
    await section.screenshot({ path: `/tmp/listing-exp-lie-${width}.png` });
    const stream = page.locator('.experiments-stream');
    await stream.scrollIntoViewIfNeeded();
    await page.locator('.experiments-stream .frame-list-row').nth(4).waitFor();
    await page.locator('.experiments-stream .frame-list-row').nth(4).click();
    await page.waitForTimeout(300);
    await stream.screenshot({ path: `/tmp/listing-exp-stream-${width}.png` });
    console.log(await page.locator('.experiments-stream .frame-list-row').allInnerTexts());
    await page.goto(`http://localhost:18931/chapters/the-2011-listing/`);
    await page.screenshot({ path: `/tmp/listing-ch-top-${width}.png` });
    for (const h of ['frames', 'why-it-seems-to-work', 'the-opening-handshake']) {
      await page.locator('#' + h).scrollIntoViewIfNeeded();
      await page.evaluate((id) => document.getElementById(id)?.scrollIntoView(), h);
      await page.screenshot({ path: `/tmp/listing-ch-${h}-${width}.png` });
    }
    await page.close();
  }
} finally {
  await browser.close();
  server.kill();
}
