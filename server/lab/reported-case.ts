import { formatHex } from '../../src/bytes/hex.ts';
import { MAX_CASE_CHARACTERS, MAX_CASE_HEX, type ReportedCase } from '../../src/companion/conformance.ts';
import type { CaseResult } from '../conformance/run-case.ts';

/**
 * Turns a result into what a page receives: texts and bytes are bounded, and a case that passed has no bytes.
 *
 * @param place the place of the case in the run, from 0
 */
export function reportedCaseOf(result: CaseResult, place: number): ReportedCase {
  const { id, title, section, outcome, finding, cause, sent, expected, cameBack, requirement, why, tookMs } = result;
  const hex = (bytes: Uint8Array) => (outcome === 'passed' ? '' : formatHex(bytes.subarray(0, MAX_CASE_HEX / 2)));
  return {
    ...{ id, title: cut(title), section, outcome, finding: cut(finding), cause, place },
    ...{ sent: cut(sent), expected: cut(expected), cameBack: cut(cameBack) },
    requirement: cut(requirement),
    why,
    tookMs: Math.round(tookMs),
    sentHead: outcome === 'passed' ? '' : cut(result.sentHead),
    sentHex: hex(result.sentBytes),
    receivedHex: hex(result.receivedBytes),
  };
}

function cut(text: string): string {
  return text.length <= MAX_CASE_CHARACTERS ? text : `${text.slice(0, MAX_CASE_CHARACTERS - 1)}…`;
}
