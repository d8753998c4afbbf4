import type { ConformanceAnswer, ConformanceRequest } from '../../src/companion/conformance.ts';
import { stageNumbered } from '../../src/conformance/index.ts';
import { ElsewhereError, UnreachableError } from '../conformance/find-server.ts';
import { runSuite } from '../conformance/run-suite.ts';
import type { ServerUrl } from '../conformance/target.ts';
import { LOOPBACK_ONLY } from './loopback-only.ts';
import { reportedCaseOf } from './reported-case.ts';

/** Runs the suite against a server and reports each case. Never rejects. */
export async function check(
  target: ServerUrl,
  { only, maxMessage, stage }: ConformanceRequest,
  signal: AbortSignal,
  report: (answer: ConformanceAnswer) => void,
): Promise<ConformanceAnswer> {
  const startedMs = performance.now();
  try {
    const { end } = await runSuite(target, {
      only,
      maxMessageBytes: maxMessage,
      stage: stage === undefined ? undefined : stageNumbered(stage),
      signal,
      onProgress: ({ done, total, place, result }) => {
        if (!signal.aborted) report({ type: 'progress', done, total, result: reportedCaseOf(result, place) });
      },
    });
    return { type: 'done', end: end === 'bailed' ? 'stopped' : end, tookMs: Math.round(performance.now() - startedMs) };
  } catch (error) {
    if (signal.aborted) {
      return { type: 'done', end: 'stopped', tookMs: Math.round(performance.now() - startedMs) };
    }
    return { type: 'problem', sentence: sentenceOf(error, target) };
  }
}

function sentenceOf(error: unknown, { hostname }: ServerUrl): string {
  if (error instanceof UnreachableError || error instanceof RangeError) return error.message;
  if (error instanceof ElsewhereError) return `${hostname} resolves to another machine. ${LOOPBACK_ONLY}`;
  return `The suite itself failed: ${error instanceof Error ? error.message : String(error)}`;
}
