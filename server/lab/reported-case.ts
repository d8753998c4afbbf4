import { formatHex } from '../../src/bytes/hex.ts';
import { MAX_CASE_CHARACTERS, MAX_CASE_HEX, type ReportedCase } from '../../src/companion/conformance.ts';
import type { CaseResult } from '../conformance/run-case.ts';

/** A result as a page is told it: texts and bytes bounded, and no bytes where there is nothing to look for in them. */
export function reportedCaseOf(result: CaseResult): ReportedCase {
  const { id, title, section, outcome, finding, sent, cameBack, requirement, why, tookMs } = result;
  const hex = (bytes: Uint8Array) => (outcome === 'passed' ? '' : formatHex(bytes.subarray(0, MAX_CASE_HEX / 2)));
  return {
    ...{ id, title: cut(title), section, outcome, finding: cut(finding), sent: cut(sent), cameBack: cut(cameBack) },
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
