import type { CaseOutcome, ReportedCase } from '../../companion/conformance.ts';
import { type CaseFilter, type ConformanceState, countOutcomes } from './model.ts';

/** The cases of one section that the filter leaves. */
export interface SectionResults {
  readonly section: string;
  readonly total: number;
  readonly failed: number;
  /** The cases that failed or got an allowed answer, in the order of the suite. */
  readonly notPassed: readonly ReportedCase[];
  readonly passed: readonly ReportedCase[];
}

/** What matters most comes first: messages, then fragments, pings and closing. The opening handshake comes last. */
const ORDER: readonly RegExp[] = [
  /^5\.[2367]$|^5\.1$/,
  /^5\.4$/,
  /^5\.5\.[23]$/,
  /^5\.5/,
  /^7\./,
  /^8\./,
  /^6\.|^10\./,
];

/**
 * The cases that a filter leaves, by section. The order never depends on the results, so nothing moves during a run.
 */
export function presentSections(results: readonly ReportedCase[], filter: CaseFilter): SectionResults[] {
  const shown = filterCases(results, filter);
  const sections = [...Map.groupBy(shown, ({ section }) => section)].map(([section, cases]) => {
    const having = (outcome: CaseOutcome) => cases.filter((each) => each.outcome === outcome);
    return {
      ...{ section, total: cases.length, failed: having('failed').length },
      notPassed: cases.filter(({ outcome }) => outcome !== 'passed'),
      passed: having('passed'),
    };
  });
  return sections.sort((a, b) => rankOf(a.section) - rankOf(b.section) || compareSections(a.section, b.section));
}

/** The cases that a filter leaves, in the order of the suite. */
export function filterCases(results: readonly ReportedCase[], filter: CaseFilter): readonly ReportedCase[] {
  return results.filter((each) => passesFilter(each, filter));
}

function rankOf(section: string): number {
  const rank = ORDER.findIndex((pattern) => pattern.test(section));
  return rank < 0 ? ORDER.length : rank;
}

function passesFilter(given: ReportedCase, filter: CaseFilter): boolean {
  const { id, title, finding, requirement, outcome } = given;
  if (filter.cause !== undefined && (outcome !== 'failed' || given.cause !== filter.cause)) return false;
  if (filter.outcome !== 'any' && filter.outcome !== outcome) return false;
  const words = filter.words.trim().toLowerCase();
  return words === '' || [id, title, finding, requirement].some((text) => text.toLowerCase().includes(words));
}

/** `5.5.2` before `5.10`, and other RFCs last. */
function compareSections(a: string, b: string): number {
  const foreign = Number(a.startsWith('RFC')) - Number(b.startsWith('RFC'));
  return foreign || a.localeCompare(b, 'en', { numeric: true });
}

/** The report for programs, as `framelight check --json` prints it. */
export function formatResults({ url, results, tookMs }: ConformanceState): string {
  return JSON.stringify({ url, counts: countOutcomes(results), tookMs, cases: results }, null, 2);
}
