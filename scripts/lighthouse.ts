import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import lighthouse from 'lighthouse';
import { chromium } from 'playwright';
import { runProgram } from '../server/commands/run-program.ts';
import { findBrowser } from '../tests/browser.ts';
import { builtPagesAt } from '../tests/site/built-site.ts';

const HELP = `npm run lighthouse -- [PATH …]

Prints Lighthouse's four numbers for every page of the built site, as the companion serves it. With paths, such as
/chapters/, only for those pages. Ends with 1 where one is below 100.`;

const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
const WHOLE = 1;
/** Pages that ask search engines not to list them. So Lighthouse's score for search engines is below 100 on purpose. */
const UNLISTED = /<meta name="robots" content="noindex">/;

const root = fileURLToPath(new URL('../', import.meta.url));

/** Finds a free port. */
async function takePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.');
  return address.port;
}

/** Loads a page and reports every score below 100, with its reasons. */
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

/** @returns the exit status */
async function run(paths: readonly string[]): Promise<number> {
  const pages = builtPagesAt(paths);
  let status = 0;
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
      if (!whole) status = 1;
    }
  } finally {
    await browser.close();
    server.kill();
  }
  return status;
}

await runProgram({ help: HELP, options: {}, run: ({ positionals }) => run(positionals) });
