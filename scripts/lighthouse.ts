import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import lighthouse from 'lighthouse';
import { chromium } from 'playwright';
import { findBrowser } from '../tests/browser.ts';
import { readBuiltPages } from '../tests/site/built-site.ts';

// Prints Lighthouse's four numbers for every page of the built site, as the companion serves it: `npm run lighthouse`.
// With paths after it, only those pages: `npm run lighthouse -- /chapters/`.

const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
const WHOLE = 1;
/** Pages that tell search engines not to list them: they lose that one number on purpose. */
const UNLISTED = /<meta name="robots" content="noindex">/;

const root = fileURLToPath(new URL('../', import.meta.url));
const wanted = process.argv.slice(2);
const pages = readBuiltPages().filter(({ path }) => wanted.length === 0 || wanted.includes(path));

/** A port that nobody listens on. */
async function takePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.');
  return address.port;
}

/** Loads a page, and says what keeps it below 100. */
async function measure(url: string, port: number, unlisted: boolean): Promise<{ line: string; whole: boolean }> {
  const onlyCategories = CATEGORIES.filter((category) => !(unlisted && category === 'seo'));
  const result = await lighthouse(url, { port, onlyCategories, logLevel: 'error' });
  if (result === undefined || result.lhr.runtimeError !== undefined) {
    return { line: `${result?.lhr.runtimeError?.message ?? 'Lighthouse gave no result'}`, whole: false };
  }
  const { categories, audits } = result.lhr;
  const numbers = CATEGORIES.map((category) => {
    const score = categories[category]?.score;
    return score === undefined || score === null ? '  –' : String(Math.round(score * 100)).padStart(3);
  });
  const short = Object.values(categories).filter(({ score }) => score !== WHOLE);
  const reasons = short.flatMap(({ auditRefs }) =>
    auditRefs.flatMap(({ id, weight }) => {
      const audit = audits[id];
      const lost = weight > 0 && audit !== undefined && audit.score !== null && audit.score < WHOLE;
      return lost ? [`${id}: ${audit.displayValue ?? audit.title}`] : [];
    }),
  );
  return { line: [numbers.join(' '), ...reasons].join('\n       '), whole: short.length === 0 };
}

const sitePort = await takePort();
const server = spawn(process.execPath, ['server/main.ts', 'serve', '--port', String(sitePort)], {
  cwd: root,
  stdio: ['ignore', 'pipe', 'inherit'],
});
const debuggingPort = await takePort();
const { executablePath, args, env } = await findBrowser();
const browser = await chromium.launch({
  executablePath,
  env,
  args: [...args, `--remote-debugging-port=${debuggingPort}`],
});
try {
  await once(server.stdout, 'data');
  console.log(CATEGORIES.join(', '));
  for (const { path, html } of pages) {
    const { line, whole } = await measure(`http://localhost:${sitePort}${path}`, debuggingPort, UNLISTED.test(html));
    console.log(`${path}\n       ${line}`);
    if (!whole) process.exitCode = 1;
  }
} finally {
  await browser.close();
  server.kill();
}
