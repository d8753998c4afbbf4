import type { CheckedCase, CheckOutcome } from '../../companion/check.ts';
import type { CheckFilter, CheckState } from './model.ts';
import { countOutcomes } from './model.ts';

/** The cases of one section: what fell short in full, and the others by name. */
export interface SectionResults {
  readonly section: string;
  readonly total: number;
  readonly failed: number;
  /** Failed ones first, then those that the RFC allows. */
  readonly short: readonly CheckedCase[];
  readonly passed: readonly CheckedCase[];
}

/** Sections in the RFC's order, those with a failure before the others, and of each the cases that the filter leaves. */
export function presentSections(results: readonly CheckedCase[], filter: CheckFilter): SectionResults[] {
  const among = filter.cause === undefined ? results : (groupByCause(results).get(filter.cause) ?? []);
  const shown = among.filter((each) => passesFilter(each, filter));
  const sections = [...Map.groupBy(shown, ({ section }) => section)].map(([section, cases]) => {
    const having = (outcome: CheckOutcome) => cases.filter((each) => each.outcome === outcome);
    const failed = having('failed');
    return {
      ...{ section, total: cases.length, failed: failed.length },
      short: [...failed, ...having('allowed')],
      passed: having('passed'),
    };
  });
  return sections.sort((a, b) => Number(b.failed > 0) - Number(a.failed > 0) || compareSections(a.section, b.section));
}

function passesFilter({ id, title, finding, requirement, outcome }: CheckedCase, filter: CheckFilter): boolean {
  if (filter.outcome !== 'any' && filter.outcome !== outcome) return false;
  const words = filter.words.trim().toLowerCase();
  return words === '' || [id, title, finding, requirement].some((text) => text.toLowerCase().includes(words));
}

/** `5.5.2` before `5.10`, and other RFCs last. */
function compareSections(a: string, b: string): number {
  const foreign = Number(a.startsWith('RFC')) - Number(b.startsWith('RFC'));
  return foreign || a.localeCompare(b, 'en', { numeric: true });
}

/** Several cases that fall short of the same thing: mend it, and all of them pass. */
export interface Cause {
  readonly sentence: string;
  readonly count: number;
}

const LEAST_IN_A_CAUSE = 2;

/** What fails in several cases, the most frequent first. */
export function presentCauses(results: readonly CheckedCase[]): Cause[] {
  return [...groupByCause(results)]
    .filter(([, { length }]) => length >= LEAST_IN_A_CAUSE)
    .map(([sentence, { length }]) => ({ sentence, count: length }))
    .sort((a, b) => b.count - a.count);
}

/** The failed cases by their finding or by their requirement: by what more of them have in common. */
function groupByCause(results: readonly CheckedCase[]): Map<string, CheckedCase[]> {
  const failed = results.filter(({ outcome }) => outcome === 'failed');
  const byFinding = Map.groupBy(failed, ({ finding }) => finding);
  const byRequirement = Map.groupBy(failed, ({ requirement }) => requirement);
  return Map.groupBy(failed, ({ finding, requirement }) => {
    const alike = byFinding.get(finding)?.length ?? 0;
    return alike >= (byRequirement.get(requirement)?.length ?? 0) ? finding : requirement;
  });
}

/** The report for programs, as `framelight check --json` prints it. */
export function formatResults({ url, results, tookMs }: CheckState): string {
  return JSON.stringify({ url, counts: countOutcomes(results), tookMs, cases: results }, null, 2);
}
