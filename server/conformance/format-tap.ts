import { escapeUnseen } from '../../src/text/quote-text.ts';
import { EARLY_ENDS, type SuiteResult } from './run-suite.ts';

/** The report in the Test Anything Protocol, version 14. What the RFC allows is `ok`, with its remark in a comment. */
export function formatTap({ url, end, leftOut, results }: SuiteResult): string {
  const early = EARLY_ENDS[end];
  const lines = results.flatMap(({ id, title, outcome, finding, expected, cameBack, requirement }, index) => {
    const line = `${outcome === 'failed' ? 'not ok' : 'ok'} ${index + 1} - ${description(`${id}: ${title}`)}`;
    if (outcome === 'passed') return [line];
    if (outcome === 'allowed') return [line, `# allowed: ${escapeUnseen(finding)}`];
    const details = { message: finding, expected, got: cameBack, rule: requirement };
    // A string of JSON is one of YAML, too.
    const yaml = Object.entries(details).map(([name, value]) => `  ${name}: ${escapeUnseen(JSON.stringify(value))}`);
    return [line, '  ---', ...yaml, '  ...'];
  });
  const bail = early === '' ? [] : [`Bail out! ${escapeUnseen(early)} Cases that did not run: ${leftOut}.`];
  return `${['TAP version 14', `1..${results.length + leftOut}`, `# ${escapeUnseen(url)}`, ...lines, ...bail].join('\n')}\n`;
}

/** After `#` in a description, a directive would begin. */
function description(words: string): string {
  return escapeUnseen(words).replace(/[\\#]/g, '\\$&');
}
