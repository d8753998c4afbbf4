import type { Outcome } from './verdict.ts';

/** What has to be known of a result to see what it has in common with others. */
export interface Judged {
  readonly outcome: Outcome;
  readonly finding: string;
  readonly requirement: string;
}

/** Several cases that fall short of the same thing: mend it, and all of them pass. */
export interface Cause {
  readonly sentence: string;
  readonly count: number;
}

const LEAST_IN_A_CAUSE = 2;

/** What fails in several cases, the most frequent first. */
export function findCauses(results: readonly Judged[]): Cause[] {
  return [...groupByCause(results)]
    .filter(([, { length }]) => length >= LEAST_IN_A_CAUSE)
    .map(([sentence, { length }]) => ({ sentence, count: length }))
    .sort((a, b) => b.count - a.count);
}

/** The failed cases by their finding or by their requirement: by what more of them have in common. */
export function groupByCause<Result extends Judged>(results: readonly Result[]): Map<string, Result[]> {
  const failed = results.filter(({ outcome }) => outcome === 'failed');
  const byFinding = Map.groupBy(failed, ({ finding }) => finding);
  const byRequirement = Map.groupBy(failed, ({ requirement }) => requirement);
  return Map.groupBy(failed, ({ finding, requirement }) => {
    const alike = byFinding.get(finding)?.length ?? 0;
    return alike >= (byRequirement.get(requirement)?.length ?? 0) ? finding : requirement;
  });
}
