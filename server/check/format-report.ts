import { findCauses } from '../../src/conformance/causes.ts';
import { bytesHex } from '../../src/conformance/payload.ts';
import { escapeUnseen } from '../../src/protocol/quote-text.ts';
import { formatCase } from './format-case.ts';
import type { SuiteEnd, SuiteResult } from './run-suite.ts';
import { wrapLine } from './wrap-line.ts';

/** So many of the cases that have the same finding are named. */
const NAMED = 4;

/**
 * The report for people: every case that failed, with what was sent and what came back; what the RFC allows, in a few
 * lines; and the count.
 *
 * @param columns how long a line may be; as long as it gets without it
 */
export function formatReport(result: SuiteResult, columns?: number): string {
  const failed = result.results.filter(({ outcome }) => outcome === 'failed');
  return [
    ...failed.map((each) => `${formatCase(each, columns)}\n`),
    ...formatAllowed(result, columns),
    ...formatCauses(result, columns),
    wrapLine(formatTotal(result), 0, columns),
    '\n',
    ...(WORDS[result.end] === '' ? [] : [wrapLine(WORDS[result.end], 0, columns), '\n']),
  ].join('');
}

const WORDS: Readonly<Record<SuiteEnd, string>> = {
  all: '',
  'not-opened': 'Where the server opens no connection at all, no other case can tell anything: mend this one first.',
  gone: 'Nobody listens there any more: it seems that a case has ended the server. Look at what it printed last.',
  stopped: 'Stopped before its end.',
};

function formatTotal({ url, counts, leftOut, tookMs, results }: SuiteResult): string {
  const cases = `${results.length}${leftOut === 0 ? '' : ` of ${results.length + leftOut}`} cases`;
  const tally = `${counts.passed} passed, ${counts.allowed} allowed, ${counts.failed} failed`;
  return `${results.length === 1 && leftOut === 0 ? '1 case' : cases} against ${escapeUnseen(url)} in ${(tookMs / 1000).toFixed(1)} s: ${tally}.`;
}

function formatCauses({ results }: SuiteResult, columns: number | undefined): string[] {
  const causes = findCauses(results);
  if (causes.length === 0) return [];
  return [
    'What fails in several cases:\n',
    ...causes.map((cause) => counted(cause.count, cause.sentence, columns)),
    '\n',
  ];
}

/** What is no fault is said once, whatever the number of cases. */
function formatAllowed({ results }: SuiteResult, columns: number | undefined): string[] {
  const allowed = results.filter(({ outcome }) => outcome === 'allowed');
  if (allowed.length === 0) return [];
  const byFinding = [...Map.groupBy(allowed, ({ finding }) => finding)].sort(([, a], [, b]) => b.length - a.length);
  return [
    'Not to the letter, but allowed:\n',
    ...byFinding.map(([finding, cases]) => {
      const named = cases.slice(0, NAMED).map(({ id }) => id);
      const more = cases.length > NAMED ? ` and ${cases.length - NAMED} more` : '';
      return counted(cases.length, `${finding} (${named.join(', ')}${more})`, columns);
    }),
    '\n',
  ];
}

const COUNT_WIDTH = 13;

function counted(count: number, sentence: string, columns: number | undefined): string {
  const label = `${count} ${count === 1 ? 'case' : 'cases'}`;
  return `${wrapLine(`  ${label.padEnd(COUNT_WIDTH - 2)}${sentence}`, COUNT_WIDTH, columns)}\n`;
}

/** The report for programs: one JSON document; bytes are hexadecimal digits, at most the first 1,024 bytes. */
export function formatReportJson({ url, end, counts, leftOut, tookMs, results }: SuiteResult): string {
  const cases = results.map(({ sentBytes, receivedBytes, tookMs: caseMs, ...result }) => ({
    ...result,
    tookMs: Math.round(caseMs),
    sentHex: bytesHex(sentBytes),
    receivedHex: bytesHex(receivedBytes),
  }));
  const report = { url, end, counts, leftOut, tookMs: Math.round(tookMs), cases };
  return `${escapeUnseen(JSON.stringify(report, null, 2))}\n`;
}
