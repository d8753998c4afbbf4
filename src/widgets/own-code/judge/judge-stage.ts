import type { RunningCode } from '../running-code.ts';
import type { StageId } from '../stage-id.ts';
import { judgeAccept } from './judge-accept.ts';
import { judgeHeader } from './judge-header.ts';
import { judgeReader } from './judge-reader.ts';
import { judgeServer, type OnProgress } from './judge-server.ts';
import { judgeUnmask } from './judge-unmask.ts';
import type { StageVerdict } from './verdict.ts';

/** Judges the code of a stage by what it does. */
export function judgeStage(
  stage: StageId,
  code: RunningCode,
  onProgress: OnProgress = () => {},
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
      return judgeServer(code, onProgress);
  }
}
