import type { ConformanceCase } from '../../../conformance/case.ts';
import type { RunningCode } from '../running-code.ts';
import type { StageId } from '../stage-id.ts';
import { judgeAccept } from './judge-accept.ts';
import { judgeHeader } from './judge-header.ts';
import { judgeReader } from './judge-reader.ts';
import { judgeServer, type OnProgress } from './judge-server.ts';
import { judgeUnmask } from './judge-unmask.ts';
import type { StageVerdict } from './verdict.ts';

/** What judging a stage may need. */
export interface JudgeOptions {
  /** The cases of the suite. Only the last stage asks for them. */
  readonly loadCases: () => Promise<readonly ConformanceCase[]>;
  readonly onProgress?: OnProgress;
}

/**
 * Judges the code of a stage by what it does.
 *
 * @throws what `loadCases` throws
 */
export async function judgeStage(
  stage: StageId,
  code: RunningCode,
  { loadCases, onProgress = () => {} }: JudgeOptions,
): Promise<StageVerdict> {
  switch (stage) {
    case 'accept':
      return judgeAccept(code);
    case 'decodeHeader':
      return judgeHeader(code);
    case 'unmask':
      return judgeUnmask(code);
    case 'createReader':
      return judgeReader(code);
    case 'createServer':
      return judgeServer(code, await loadCases(), onProgress);
  }
}
