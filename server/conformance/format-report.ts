import { formatHex } from '../../src/bytes/hex.ts';
import { findCauses, type KnownCause, STAGES, stageNumbered } from '../../src/conformance/index.ts';
import { countNoun } from '../../src/text/count.ts';
import { escapeUnseen } from '../../src/text/quote-text.ts';
import { formatCase } from './format-case.ts';
import type { CaseResult } from './run-case.ts';
import { EARLY_ENDS, type SuiteResult } from './run-suite.ts';
import { wrapLine } from './wrap-line.ts';

/** The number of cases that are named for each finding. */
const MAX_NAMED = 4;
/** The number of failed cases that are shown in full for each cause: one fault can fail hundreds. */
const MAX_SHOWN_PER_CAUSE = 3;

export interface ReportOptions {
  /** The longest line, in characters; undefined for no limit. */
  readonly columns?: number | undefined;
  /** Whether to show all details of every failed or allowed case. */
  readonly long?: boolean | undefined;
  /** The causes that have a title and a fix: those of servers, if left out. */
  readonly causes?: Readonly<Record<string, KnownCause>> | undefined;
}

/**
 * The report for people: for each likely cause a few failed cases in full, then what the RFC allows, then all causes
 * with what to change, then the totals.
 */
export function formatReport(result: SuiteResult, { columns, long = false, causes }: ReportOptions = {}): string {
  const notPassed = result.results.filter(({ outcome }) => outcome !== 'passed');
  return [
    ...(long ? notPassed.map((each) => `${formatCase(each, columns)}\n`) : formatFailed(result, columns)),
    ...formatAllowed(result, columns),
    ...formatCauses(result, columns, causes),
    wrapLine(formatTotal(result), 0, columns),
    '\n',
    ...[EARLY_ENDS[result.end], formatStage(result)].flatMap((words) =>
      words === '' ? [] : [wrapLine(words, 0, columns), '\n'],
    ),
  ].join('');
}

/** Says what the stage is, whether it is done, and what comes next; empty if the whole suite ran. */
function formatStage({ stage, counts, end, results }: SuiteResult): string {
  if (stage === undefined) return '';
  const { number, title, cases, laterCases } = stage;
  const named = `Stage ${number} of ${STAGES.length}, ${title}`;
  if (counts.failed > 0 || end !== 'all') return `${named}: not done yet. ${formatLater(laterCases)}`.trimEnd();
  if (results.length < cases) return `${named}: only ${results.length} of its ${cases} cases ran.`;
  const next = stageNumbered(number + 1);
  if (next === undefined) return `${named}: done. It is the last one.`;
  return `${named}: done. ${formatLater(laterCases)} Next is stage ${next.number}, ${next.title}.`;
}

function formatLater(count: number): string {
  return count === 0 ? '' : `${countNoun(count, 'case')} left for later stages.`;
}

function formatTotal({ url, counts, leftOut, tookMs, results }: SuiteResult): string {
  const cases = `${results.length}${leftOut === 0 ? '' : ` of ${results.length + leftOut}`} cases`;
  const tally = `${counts.passed} passed, ${counts.allowed} allowed, ${counts.failed} failed`;
  return `${results.length === 1 && leftOut === 0 ? '1 case' : cases} against ${escapeUnseen(url)} in ${(tookMs / 1000).toFixed(1)} s: ${tally}.`;
}

function formatFailed({ results }: SuiteResult, columns: number | undefined): string[] {
  return findCauses(results).flatMap(({ cases }) => [
    ...cases.slice(0, MAX_SHOWN_PER_CAUSE).map((each) => `${formatCase(each, columns)}\n`),
    ...formatRest(cases.slice(MAX_SHOWN_PER_CAUSE), columns),
  ]);
}

function formatRest(cases: readonly CaseResult[], columns: number | undefined): string[] {
  if (cases.length === 0) return [];
  const count = cases.length === 1 ? '1 more case fails' : `${cases.length} more cases fail`;
  return [wrapLine(`${count} like these: ${nameCases(cases)}. --long shows each in full.`, 2, columns), '\n\n\n'];
}

/** The first ids, and the number of the others. */
function nameCases(cases: readonly CaseResult[]): string {
  const more = cases.length > MAX_NAMED ? ` and ${cases.length - MAX_NAMED} more` : '';
  return `${cases
    .slice(0, MAX_NAMED)
    .map(({ id }) => id)
    .join(', ')}${more}`;
}

function formatCauses({ results }: SuiteResult, columns: number | undefined, known: ReportOptions['causes']): string[] {
  const causes = findCauses(results, known);
  if (causes.length === 0) return [];
  return [
    'Most likely causes:\n',
    ...causes.map(({ title, fix, cases }) => counted(cases.length, fix === '' ? title : `${title}. ${fix}`, columns)),
    '\n',
  ];
}

/** Allowed answers are not faults: each kind gets one line. */
function formatAllowed({ results }: SuiteResult, columns: number | undefined): string[] {
  const allowed = results.filter(({ outcome }) => outcome === 'allowed');
  if (allowed.length === 0) return [];
  const byFinding = [...Map.groupBy(allowed, ({ finding }) => finding)].sort(([, a], [, b]) => b.length - a.length);
  return [
    'Allowed, but not the strict answer:\n',
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

/**
 * The report for programs: one JSON document, described in docs/json.md. The most likely causes come before the cases.
 * Bytes are in hexadecimal digits, at most the first 1,024.
 *
 * @param known the causes that have a title and a fix: those of servers, if left out
 */
export function formatReportJson(
  { url, stage, end, counts, leftOut, tookMs, results }: SuiteResult,
  known?: ReportOptions['causes'],
): string {
  const cases = results.map(({ sentBytes, receivedBytes, tookMs: caseMs, ...result }) => ({
    ...result,
    tookMs: Math.round(caseMs),
    sentHex: formatHex(sentBytes),
    receivedHex: formatHex(receivedBytes),
  }));
  const causes = findCauses(results, known).map(({ name, title, fix, cases: failed }) => ({
    ...{ name, title, fix },
    example: failed[0]?.id,
    cases: failed.map(({ id }) => id),
  }));
  const report = { url, ...(stage && { stage }), end, counts, leftOut, tookMs: Math.round(tookMs), causes, cases };
  return `${escapeUnseen(JSON.stringify(report, null, 2))}\n`;
}
