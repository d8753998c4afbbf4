import type { ConformanceCase } from './case.ts';
import { isCloseFrame } from './close-step.ts';
import { type CaseGroup, type Reach, STAGES, type Stage } from './stages.ts';

/** Whether the case belongs to the group. */
export function isInGroup(conformanceCase: ConformanceCase, { ids, wrong }: CaseGroup): boolean {
  return ids.test(conformanceCase.id) && (wrong === undefined || wrong === isWrong(conformanceCase));
}

/** The stage from which on a server should pass the case; undefined for a case about compression. */
export function stageOfCase(conformanceCase: ConformanceCase): Stage | undefined {
  return STAGES.find(({ groups }) => groups.some((group) => isInGroup(conformanceCase, group)));
}

/**
 * What a server should pass at a stage: the cases of this stage and of all earlier ones, each only as far as the stage
 * goes.
 *
 * @param cases the suite
 */
export function casesAtStage(cases: readonly ConformanceCase[], stage: Stage): readonly ConformanceCase[] {
  return cases
    .filter((each) => (stageOfCase(each)?.number ?? Number.POSITIVE_INFINITY) <= stage.number)
    .map((each) => cutCase(each, stage.reach));
}

/** The part of a case that a server which is still being built can pass. */
export function cutCase(conformanceCase: ConformanceCase, reach: Reach): ConformanceCase {
  const { expectation, steps } = conformanceCase;
  if (reach === 'all' || expectation.type !== 'closing') return conformanceCase;
  const { leeway } = expectation;
  if (reach !== 'messages') {
    const opening = { type: 'opening', until: reach, mayRefuse: leeway.mayRefuse, received: [] } as const;
    return { ...conformanceCase, steps: [], expectation: opening };
  }
  const closeAt = steps.findIndex(isCloseFrame);
  return {
    ...conformanceCase,
    steps: closeAt === -1 ? steps : steps.slice(0, closeAt),
    expectation: { ...expectation, leeway: { ...leeway, staysOpen: true } },
  };
}

/** Whether the server must refuse or fail: such a case needs nothing that comes later in a connection. */
function isWrong({ expectation: { type } }: ConformanceCase): boolean {
  return type === 'refusal' || type === 'failure';
}
