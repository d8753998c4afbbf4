import { escapeUnseen } from '../../src/text/quote-text.ts';
import type { CaseResult } from './run-case.ts';
import { EARLY_ENDS, type SuiteResult } from './run-suite.ts';

/**
 * The report as JUnit XML, which CI systems read: a test suite for each section, a test case for each case. What the
 * RFC allows has passed; its remark is in `system-out`. A run that ended early has one more case that says so.
 */
export function formatJunit({ url, end, counts, leftOut, tookMs, results }: SuiteResult): string {
  const early = EARLY_ENDS[end];
  const name = text(`framelight check ${url}`);
  const tests = results.length + (early === '' ? 0 : 1);
  const failures = `failures="${counts.failed}" errors="${early === '' ? 0 : 1}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${name}" tests="${tests}" ${failures} time="${seconds(tookMs)}">`,
    ...[...Map.groupBy(results, ({ section }) => section)].map(([section, cases]) => suite(section, cases)),
    ...(early === '' ? [] : [unfinished(early, leftOut)]),
    '</testsuites>',
    '',
  ].join('\n');
}

function suite(section: string, cases: readonly CaseResult[]): string {
  const failed = cases.filter(({ outcome }) => outcome === 'failed').length;
  const tookMs = cases.reduce((sum, each) => sum + each.tookMs, 0);
  const counts = `tests="${cases.length}" failures="${failed}" errors="0" skipped="0"`;
  return [
    `  <testsuite name="${text(sectionName(section))}" ${counts} time="${seconds(tookMs)}">`,
    ...cases.map((each) => testCase(each)),
    '  </testsuite>',
  ].join('\n');
}

function testCase({
  id,
  title,
  section,
  outcome,
  finding,
  expected,
  cameBack,
  requirement,
  tookMs,
}: CaseResult): string {
  const open = `    <testcase classname="${text(sectionName(section))}" name="${text(`${id}: ${title}`)}" time="${seconds(tookMs)}"`;
  if (outcome === 'passed') return `${open}/>`;
  if (outcome === 'allowed') return `${open}><system-out>${text(finding)}</system-out></testcase>`;
  const details = [`Expected: ${expected}`, `Came back: ${cameBack}`, `Rule: ${requirement}`].join('\n');
  return `${open}><failure type="failed" message="${text(finding)}">${text(details)}</failure></testcase>`;
}

function unfinished(why: string, leftOut: number): string {
  const message = text(`${why} Cases that did not run: ${leftOut}.`);
  return [
    '  <testsuite name="the whole run" tests="1" failures="0" errors="1" skipped="0" time="0.000">',
    `    <testcase classname="the whole run" name="every case runs" time="0.000"><error type="unfinished" message="${message}"/></testcase>`,
    '  </testsuite>',
  ].join('\n');
}

/** `RFC 6455 §5.5`; a section of another RFC is written out already. */
function sectionName(section: string): string {
  return /^\d/.test(section) ? `RFC 6455 §${section}` : section;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** As text or an attribute's value. What XML 1.0 cannot hold, such as control characters, is escaped before. */
function text(words: string): string {
  return escapeUnseen(words).replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}
