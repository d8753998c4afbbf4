import { earlierThan, readDraft } from './drafts.ts';
import { type JudgeOptions, judgeStage } from './judge/judge-stage.ts';
import { sayError } from './judge/say-error.ts';
import type { StageVerdict } from './judge/verdict.ts';
import type { RunningCode } from './running-code.ts';
import { solutionOf } from './solutions.ts';
import type { StageId } from './stage-id.ts';
import { placeOfSyntaxError } from './syntax-place.ts';

/**
 * Loads the code of a stage, with the functions that it may use, and judges it.
 *
 * @throws what `loadCases` throws
 */
export async function runStage(
  stage: StageId,
  code: string,
  running: RunningCode,
  options: JudgeOptions,
): Promise<StageVerdict> {
  const sources = [...earlierThan(stage, readDraft, solutionOf), { stage, code }];
  const { error, lines } = await running.ask({ type: 'load', sources });
  if (error === undefined) return judgeStage(stage, running, options);
  const place = error.name === 'SyntaxError' ? placeOfSyntaxError(code) : undefined;
  const found = { ...error, ...(place !== undefined && { ...place, stage }) };
  const failure = {
    ...{ title: 'reading your code', call: '', expected: '', got: '', fix: '' },
    finding: sayError(found, stage),
    error: found,
  };
  return { passed: false, done: 0, total: 0, failure, lines };
}
