import { readReportedCase } from '../../companion/conformance.ts';
import type { ConformanceRecording } from './model.ts';

/**
 * Reads a recording made by scripts/record-conformance.ts.
 *
 * @throws Error if it is not one
 */
export function readConformanceRecording(text: string): ConformanceRecording {
  const { url, only, tookMs, results } = JSON.parse(text) as Record<string, unknown>;
  const cases = (Array.isArray(results) ? results : []).map(readReportedCase);
  const known = cases.filter((each) => each !== undefined);
  const wrong = cases.length === 0 ? 'no case' : `case ${cases.indexOf(undefined)} cannot be read`;
  if (typeof url !== 'string' || typeof only !== 'string' || typeof tookMs !== 'number') {
    throw new Error('The recorded run has no url, only or tookMs. Record it again: node scripts/record-conformance.ts');
  }
  if (known.length === 0 || known.length !== cases.length) {
    throw new Error(`The recorded run has a fault: ${wrong}. Record it again: node scripts/record-conformance.ts`);
  }
  return { url, only, tookMs, results: known };
}
