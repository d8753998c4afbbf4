import { formatHex } from '../../src/bytes/hex.ts';
import { findCauses, groupByCause } from '../../src/conformance/causes.ts';
import { countNoun } from '../../src/text/count.ts';
import { escapeUnseen } from '../../src/text/quote-text.ts';
import { formatCase } from './format-case.ts';
import type { CaseResult } from './run-case.ts';
import type { SuiteEnd, SuiteResult } from './run-suite.ts';
import { wrapLine } from './wrap-line.ts';

/** So many of the cases that have the same finding are named. */
const NAMED = 4;
/** So many of the cases that fail for the same cause are shown in full: one mistake can fail hundreds. */
const SHOWN_OF_A_CAUSE = 3;

export interface ReportOptions {
  /** How long a line may be; as long as it gets without it. */
  readonly columns?: number | undefined;
  /** Whether every case that did not pass is shown in full. */
  readonly long?: boolean | undefined;
}

/**
 * The report for people: what failed, with what was sent and what came back, a few cases of each cause; what the RFC
 * allows, in a few lines; and the count.
 */
export function formatReport(result: SuiteResult, { columns, long = false }: ReportOptions = {}): string {
  const fallsShort = result.results.filter(({ outcome }) => outcome !== 'passed');
  return [
    ...(long ? fallsShort.map((each) => `${formatCase(each, columns)}\n`) : formatFailed(result, columns)),
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

function formatFailed({ results }: SuiteResult, columns: number | undefined): string[] {
  return [...groupByCause(results).values()].flatMap((cases) => [
    ...cases.slice(0, SHOWN_OF_A_CAUSE).map((each) => `${formatCase(each, columns)}\n`),
    ...formatRest(cases.slice(SHOWN_OF_A_CAUSE), columns),
  ]);
}

function formatRest(cases: readonly CaseResult[], columns: number | undefined): string[] {
  if (cases.length === 0) return [];
  const count = cases.length === 1 ? '1 more case fails' : `${cases.length} more cases fail`;
  return [wrapLine(`${count} like these: ${nameCases(cases)}. --long shows each in full.`, 2, columns), '\n\n\n'];
}

/** The first ids, and how many more there are. */
function nameCases(cases: readonly CaseResult[]): string {
  const more = cases.length > NAMED ? ` and ${cases.length - NAMED} more` : '';
  return `${cases
    .slice(0, NAMED)
    .map(({ id }) => id)
    .join(', ')}${more}`;
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
      return counted(cases.length, `${finding} (${nameCases(cases)})`, columns);
    }),
    '\n',
  ];
}

const COUNT_WIDTH = 13;

function counted(count: number, sentence: string, columns: number | undefined): string {
  const label = countNoun(count, 'case');
  return `${wrapLine(`  ${label.padEnd(COUNT_WIDTH - 2)}${sentence}`, COUNT_WIDTH, columns)}\n`;
}

/** The report for programs: one JSON document; bytes are hexadecimal digits, at most the first 1,024 bytes. */
export function formatReportJson({ url, end, counts, leftOut, tookMs, results }: SuiteResult): string {
  const cases = results.map(({ sentBytes, receivedBytes, tookMs: caseMs, ...result }) => ({
    ...result,
    tookMs: Math.round(caseMs),
    sentHex: formatHex(sentBytes),
    receivedHex: formatHex(receivedBytes),
  }));
  const report = { url, end, counts, leftOut, tookMs: Math.round(tookMs), cases };
  return `${escapeUnseen(JSON.stringify(report, null, 2))}\n`;
}
