import type { Source } from './host/order.ts';
import { type JudgeOptions, judgeStage } from './judge/judge-stage.ts';
import { sayError } from './judge/say-error.ts';
import type { StageVerdict } from './judge/verdict.ts';
import type { RunningCode } from './running-code.ts';
import type { StageId } from './stage-id.ts';

/**
 * Loads the code of a stage, after that of the stages before it, and judges it.
 *
 * @throws what `loadCases` throws
 */
export async function runStage(
  stage: StageId,
  sources: readonly Source[],
  running: RunningCode,
  options: JudgeOptions,
): Promise<StageVerdict> {
  const { error, lines } = await running.ask({ type: 'load', sources });
  if (error === undefined) {
    const verdict = await judgeStage(stage, running, options);
    return { ...verdict, lines: [...lines, ...verdict.lines] };
  }
  const failure = {
    ...{ title: 'reading your code', call: '', expected: '', got: '', fix: '' },
    finding: sayError(error, stage),
    error,
  };
  return { passed: false, done: 0, total: 0, failure, lines };
}
