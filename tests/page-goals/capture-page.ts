import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { writeCapture } from '../../bench/capture-file.ts';
import { findBrowser } from '../browser.ts';

// Opens a capture of 1,000,000 frames in the page, in headless Chromium, and prints what it costs.
// It needs a built site: npm run build && node tests/page-goals/capture-page.ts

const FRAMES = Number(process.argv[2] ?? 1_000_000);
const SCROLLS = 300;

const folder = mkdtempSync(join(tmpdir(), 'framelight-page-'));
const capture = join(folder, 'frames.pcapng');
writeCapture(capture, FRAMES);
const server = spawn(process.execPath, ['server/main.ts', 'serve', '--port', '0'], {
  stdio: ['ignore', 'pipe', 'pipe'],
});
let said = '';
while (!/http:\/\/localhost:\d+/.test(said)) {
  const [more] = (await once(server.stdout, 'data')) as [Buffer];
  said += more.toString();
}
const origin = /http:\/\/localhost:\d+/.exec(said)?.[0] ?? '';
const { executablePath, args, env } = await findBrowser();
const browser = await chromium.launch({ executablePath, args: [...args, '--enable-precise-memory-info'], env });
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(`${origin}/decode/`);
  await page.locator('astro-island[ssr]').waitFor({ state: 'detached' });
  // Times are taken in the page, from the moment at which it has the file.
  await page.evaluate(() => {
    const seen = { chosenMs: 0, firstRowsMs: 0, longestTaskMs: 0 };
    Object.assign(globalThis, { seen });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.longestTaskMs = Math.max(seen.longestTaskMs, duration);
    }).observe({ type: 'longtask' });
    document.addEventListener('change', () => (seen.chosenMs = performance.now()), { capture: true });
    new MutationObserver(() => {
      if (
        seen.chosenMs > 0 &&
        seen.firstRowsMs === 0 &&
        document.querySelectorAll('.decoded-rows [role=option]').length > 20
      )
        seen.firstRowsMs = performance.now() - seen.chosenMs;
    }).observe(document.body, { childList: true, subtree: true });
  });
  await page.getByLabel('Choose a file').setInputFiles(capture);
  const allMs = await page.evaluate(async (frames) => {
    const title = `${frames.toLocaleString('en-US')} frames`;
    const seen = (globalThis as unknown as { seen: { chosenMs: number } }).seen;
    for (;;) {
      await new Promise(requestAnimationFrame);
      const isAll = document.querySelector('.frames-bar h2')?.textContent === title;
      if (isAll && document.querySelector('#decoder-problem')?.textContent?.startsWith('From the file')) break;
    }
    return performance.now() - seen.chosenMs;
  }, FRAMES);
  const frameMs = await page.evaluate(async (scrolls) => {
    const list = document.querySelector('.decoded-rows');
    if (list === null) throw new Error('no list');
    const times: number[] = [];
    let before = await new Promise<number>(requestAnimationFrame);
    for (let i = 0; i < scrolls; i++) {
      list.scrollTop += 60;
      const now = await new Promise<number>(requestAnimationFrame);
      times.push(now - before);
      before = now;
    }
    return times.sort((a, b) => a - b);
  }, SCROLLS);
  await page.locator('.decoded-rows').press('End');
  await page.locator('.decoded-rows [role=option]').last().and(page.locator('[aria-selected=true]')).waitFor();
  const last = await page.locator('.opened-title').textContent();
  const filterStart = performance.now();
  await page.getByLabel('Filter').fill('out text~/sequence":\\d*99,/');
  await page.getByText(/ pass$/).waitFor();
  const filterMs = performance.now() - filterStart;
  const { firstRowsMs, longestTaskMs } = await page.evaluate(
    () => (globalThis as unknown as { seen: { firstRowsMs: number; longestTaskMs: number } }).seen,
  );
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = (await session.send('SystemInfo.getProcessInfo')) as {
    processInfo: { type: string; id: number }[];
  };
  const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => rssOf(id));
  const found = await page.locator('#frames-filter-found').textContent();
  console.log(`file                    ${(statSync(capture).size / 1e6).toFixed(0)} MB, ${FRAMES} frames`);
  console.log(`first rows              ${firstRowsMs.toFixed(0)} ms`);
  console.log(`all                     ${allMs.toFixed(0)} ms`);
  console.log(`longest task            ${longestTaskMs.toFixed(0)} ms (0: none over 50)`);
  console.log(
    `a frame while scrolling ${frameMs[SCROLLS >> 1]?.toFixed(1)} ms at the median, ${frameMs[Math.floor(SCROLLS * 0.99)]?.toFixed(1)} at the 99th percentile`,
  );
  console.log(`a regular expression    ${filterMs.toFixed(0)} ms: ${found}`);
  console.log(`memory of the page      ${Math.max(...renderers)} MB`);
  console.log(`the last row            ${last}`);
} finally {
  await browser.close();
  server.kill();
  rmSync(folder, { recursive: true });
}

/** The resident memory of a process of ours, in MB. */
function rssOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1000);
}
