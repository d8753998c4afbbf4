import { formatHex } from '../../src/bytes/hex.ts';
import type { Outcome } from '../../src/conformance/index.ts';
import { escapeUnseen } from '../../src/text/quote-text.ts';
import type { CaseResult } from './run-case.ts';
import { wrapLine } from './wrap-line.ts';

const MAX_HEX_BYTES = 48;
const MAX_LINES = 12;
const MAX_CHARACTERS = 110;

const NAMES: Readonly<Record<Outcome, string>> = { passed: 'passed', allowed: 'allowed', failed: 'FAILED' };
const LABEL_WIDTH = 11;

/**
 * Formats one case in a few lines, followed by an empty line.
 *
 * @param columns the longest line, in characters; undefined for no limit
 */
export function formatCase(result: CaseResult, columns?: number): string {
  const { id, title, outcome, finding, sent, expected, cameBack, requirement, why } = result;
  const paragraph = (label: string, text: string) =>
    wrapLine(`  ${label.padEnd(LABEL_WIDTH)}${text}`, LABEL_WIDTH + 2, columns);
  const room = columns === undefined ? MAX_CHARACTERS : Math.max(columns - LABEL_WIDTH - 3, LABEL_WIDTH);
  const verbatim = (lines: readonly string[]) => lines.map((line) => ' '.repeat(LABEL_WIDTH + 2) + cut(line, room));
  const lines = [
    wrapLine(`${NAMES[outcome]}  ${id}: ${title}`, LABEL_WIDTH + 2, columns),
    wrapLine(`  ${finding}`, 2, columns),
    paragraph('sent', sent),
    ...verbatim([...sentLines(result), ...hexLines(result.sentBytes)]),
    ...(outcome === 'failed' ? [paragraph('expected', expected)] : []),
    paragraph('came back', cameBack),
    ...verbatim(receivedLines(result)),
    paragraph('rule', requirement),
    paragraph('why', why),
    '',
  ];
  return `${lines.join('\n')}\n`;
}

/** The request, if the case is about it or nothing else was sent. */
function sentLines({ id, opened, sentHead }: CaseResult): string[] {
  return opened && !/^(?:4|9)\.\d/.test(id) ? [] : textLines(sentHead);
}

/** The response, if it opened no connection. An unreadable one is shown too, because its lines show the fault. */
function receivedLines({ opened, receivedBytes }: CaseResult): string[] {
  return opened ? [] : textLines(String.fromCharCode(...receivedBytes));
}

function textLines(text: string): string[] {
  const lines = text.split('\r\n').filter((line) => line !== '');
  const shown = lines.slice(0, MAX_LINES).map((line) => escapeUnseen(line).replaceAll('\n', '\\n'));
  return lines.length > MAX_LINES ? [...shown, `and ${lines.length - MAX_LINES} more lines`] : shown;
}

function hexLines(bytes: Uint8Array): string[] {
  if (bytes.length === 0) return [];
  return [formatHex(bytes.subarray(0, MAX_HEX_BYTES)) + (bytes.length > MAX_HEX_BYTES ? '…' : '')];
}

function cut(line: string, maxLength: number): string {
  return line.length > maxLength ? `${line.slice(0, maxLength)}…` : line;
}
