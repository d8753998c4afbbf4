import { globSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { chromium } from 'playwright';
import { createCompanion } from '../server/server.ts';
import { HEALTH_PATH, WATCH_PARAMETER } from '../src/companion/paths.ts';
import { browserName } from '../src/widgets/break-rules/browser-name.ts';
import { codeToPaste } from '../src/widgets/experiments/recipe.ts';
import { findBrowser } from '../tests/browser.ts';

// Pastes the code of every experiment into the console of the Chromium that the tests use, and records what it writes, in
// content/recordings/experiments-chromium.json:
//
//   node scripts/record-experiments.ts

const ROOT = new URL('..', import.meta.url);
const FILE = new URL('content/recordings/experiments-chromium.json', ROOT);

const companion = createCompanion({ port: 0 });
await companion.listen();
const { executablePath, args, env } = await findBrowser();
const browser = await chromium.launch({ executablePath, args, env });
let userAgent = '';
const outcomes: Record<string, readonly string[]> = {};

for (const path of globSync('src/widgets/experiments/recipes/*.js', { cwd: ROOT.pathname }).sort()) {
  const id = basename(path, '.js');
  const page = await browser.newPage();
  userAgent = await page.evaluate(() => navigator.userAgent);
  const token = crypto.randomUUID();
  await page.goto(`http://localhost:${companion.listening.port}${HEALTH_PATH}#${WATCH_PARAMETER}=${token}`);
  const lines: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'log') lines.push(message.text());
  });
  const session = await page.context().newCDPSession(page);
  const code = codeToPaste(await readFile(new URL(path, ROOT), 'utf8'));
  // As the console does it: with await at the top.
  const { exceptionDetails } = await session.send('Runtime.evaluate', {
    expression: code,
    replMode: true,
    awaitPromise: true,
  });
  if (exceptionDetails !== undefined)
    throw new Error(`${id}: ${JSON.stringify(exceptionDetails.exception?.description)}`);
  outcomes[id] = lines;
  console.log(`${id}\n  ${lines.join('\n  ')}`);
  await page.close();
}
await browser.close();
await companion.close();
await writeFile(FILE, `${JSON.stringify({ browser: browserName(userAgent), outcomes }, null, 2)}\n`);
