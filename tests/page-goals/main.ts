import { chromium } from 'playwright';
import { runProgram } from '../../server/commands/run-program.ts';
import { createCompanion } from '../../server/server.ts';
import { findBrowser } from '../browser.ts';
import { builtPagesAt } from '../site/built-site.ts';
import { makeCapture, measureDecoding, measureShareOfCopying } from './decoding.ts';
import { measureFlood, measureSelection } from './inspector.ts';
import { measureLoad } from './load.ts';

const HELP = `npm run pages -- [PATH …]

Prints what the pages' goals are measured by; the site must be built. The times are this machine's: what else
runs on it counts too. With paths, such as /chapters/, only the load of those pages.`;

const ROUNDS = 3;

/**
 * @param paths of the pages whose load is measured; none: all pages, and what is done on them
 * @returns the exit status
 */
async function measure(paths: readonly string[]): Promise<number> {
  const pages = builtPagesAt(paths);
  const companion = createCompanion();
  const site = await companion.listen();
  const { executablePath, args, env } = await findBrowser();
  const browser = await chromium.launch({ executablePath, args, env });
  try {
    console.log(`load, 360 px wide, least of ${ROUNDS} (goals: layout shift 0, longest task 50 ms)`);
    for (const { path } of pages) {
      const { shift, longestTaskMs } = await measureLoad(browser, new URL(path, site).href, ROUNDS);
      console.log(`  ${path.padEnd(40)} shift ${shift.toFixed(4)}  longest task ${longestTaskMs.toFixed(0)} ms`);
    }
    if (paths.length === 0) {
      const { mostFrames, medianMs } = await measureSelection(browser, site);
      console.log(`a byte is picked: all panes after ${mostFrames} frame (goal 1), median ${medianMs.toFixed(1)} ms`);
      const { listedMs, frameMs } = await measureFlood(browser, site);
      console.log(`100,000 frames: listed ${listedMs.toFixed(0)} ms after the last has arrived (goal 1,000)`);
      console.log(`  scrolled from end to end: ${(1000 / frameMs).toFixed(0)} frames a second, median (goal 60)`);
      for (const payloadLength of [1024, 65_536, 1_048_576]) {
        const capture = makeCapture(payloadLength);
        const { listedMs, longestTaskMs } = await measureDecoding(browser, site, capture);
        console.log(`10 MB in frames of ${payloadLength.toLocaleString('en')} bytes, given to /decode/ as a file`);
        console.log(
          `  listed after ${listedMs.toFixed(0)} ms, longest task of the page ${longestTaskMs.toFixed(0)} ms`,
        );
        console.log(`  decoded at ${measureShareOfCopying(capture).toFixed(3)} of copying speed (goal 0.1)`);
      }
    }
  } finally {
    await browser.close();
    await companion.close();
  }
  return 0;
}

await runProgram({ help: HELP, options: {}, run: ({ positionals }) => measure(positionals) });
