import { Host } from '../host/host.ts';
import type { RunningCode } from '../running-code.ts';
import { solutionOf } from '../solutions.ts';
import type { StageId } from '../stage-id.ts';
import { STAGE_IDS } from '../stage-id.ts';

/** Code that runs in the test itself, with the solutions as its earlier functions. */
export async function loadDirectly(stage: StageId, code: string): Promise<RunningCode> {
  const running = directCode();
  const before = STAGE_IDS.slice(0, STAGE_IDS.indexOf(stage)).map((each) => ({ stage: each, code: solutionOf(each) }));
  const { error } = await running.ask({ type: 'load', sources: [...before, { stage, code }] });
  if (error !== undefined) throw new Error(`${error.name}: ${error.message}`);
  return running;
}

/** Code that runs in the test itself. */
export function directCode(): RunningCode {
  const host = new Host();
  return { ask: async (order) => host.obey(order) };
}
