import { bytesHex } from '../../src/conformance/payload.ts';
import type { Outcome } from '../../src/conformance/verdict.ts';
import { escapeUnseen } from '../../src/protocol/quote-text.ts';
import type { CaseResult } from './run-case.ts';
import type { SuiteResult } from './run-suite.ts';

const SHOWN_HEX_BYTES = 48;

/** The report for people: every case that is not to the letter, with what was sent and what came back; then the count. */
export function formatReport({ url, counts, tookMs, results }: SuiteResult): string {
  const falling = results.filter(({ outcome }) => outcome !== 'passed');
  const total = `${results.length} ${results.length === 1 ? 'case' : 'cases'} against ${escapeUnseen(url)} in ${(tookMs / 1000).toFixed(1)} s`;
  const tally = `${counts.passed} passed, ${counts.allowed} allowed, ${counts.failed} failed`;
  return [...falling.map(formatCase), `${total}: ${tally}.`, ''].join('\n');
}

const NAMES: Readonly<Record<Outcome, string>> = { passed: 'passed', allowed: 'allowed', failed: 'FAILED' };

/** One case in a few lines, an empty one after them. */
export function formatCase(result: CaseResult): string {
  const { id, title, outcome, finding, sent, cameBack, requirement } = result;
  const lines = [
    `${NAMES[outcome]}  ${id}  ${title}`,
    `  ${finding}`,
    `  sent       ${sent}`,
    ...(result.sentBytes.length === 0 ? [] : [`             ${firstHex(result.sentBytes)}`]),
    `  came back  ${cameBack}`,
    `  rule       ${requirement}`,
    '',
  ];
  return lines.join('\n');
}

/** The report for programs: one JSON document; bytes are hexadecimal digits, at most the first 1,024 bytes. */
export function formatReportJson({ url, counts, tookMs, results }: SuiteResult): string {
  const cases = results.map(({ sentBytes, receivedBytes, tookMs: caseMs, ...result }) => ({
    ...result,
    tookMs: Math.round(caseMs),
    sentHex: bytesHex(sentBytes),
    receivedHex: bytesHex(receivedBytes),
  }));
  return `${escapeUnseen(JSON.stringify({ url, counts, tookMs: Math.round(tookMs), cases }, null, 2))}\n`;
}

function firstHex(bytes: Uint8Array): string {
  return bytesHex(bytes.subarray(0, SHOWN_HEX_BYTES)) + (bytes.length > SHOWN_HEX_BYTES ? '…' : '');
}
