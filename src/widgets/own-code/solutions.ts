import accept from './solutions/accept.js?raw';
import createReader from './solutions/create-reader.js?raw';
import createServer from './solutions/create-server.js?raw';
import decodeHeader from './solutions/decode-header.js?raw';
import unmask from './solutions/unmask.js?raw';
import type { StageId } from './stage-id.ts';

const SOLUTIONS: Readonly<Record<StageId, string>> = { accept, decodeHeader, unmask, createReader, createServer };

/** One solution of a stage, as source code. */
export function solutionOf(stage: StageId): string {
  return SOLUTIONS[stage];
}
