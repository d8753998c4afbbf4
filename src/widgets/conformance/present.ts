import type { CaseOutcome, ReportedCase } from '../../companion/conformance.ts';
import { groupByCause } from '../../conformance/causes.ts';
import { type CaseFilter, type ConformanceState, countOutcomes } from './model.ts';

/** The cases of one section: what fell short in full, and the others by name. */
export interface SectionResults {
  readonly section: string;
  readonly total: number;
  readonly failed: number;
  /** Failed ones first, then those that the RFC allows. */
  readonly short: readonly ReportedCase[];
  readonly passed: readonly ReportedCase[];
}

/** Sections in the RFC's order, those with a failure before the others, and of each the cases that the filter leaves. */
export function presentSections(results: readonly ReportedCase[], filter: CaseFilter): SectionResults[] {
  const among = filter.cause === undefined ? results : (groupByCause(results).get(filter.cause) ?? []);
  const shown = among.filter((each) => passesFilter(each, filter));
  const sections = [...Map.groupBy(shown, ({ section }) => section)].map(([section, cases]) => {
    const having = (outcome: CaseOutcome) => cases.filter((each) => each.outcome === outcome);
    const failed = having('failed');
    return {
      ...{ section, total: cases.length, failed: failed.length },
      short: [...failed, ...having('allowed')],
      passed: having('passed'),
    };
  });
  return sections.sort((a, b) => Number(b.failed > 0) - Number(a.failed > 0) || compareSections(a.section, b.section));
}

function passesFilter({ id, title, finding, requirement, outcome }: ReportedCase, filter: CaseFilter): boolean {
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
