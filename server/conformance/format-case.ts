import { formatHex } from '../../src/bytes/hex.ts';
import type { Outcome } from '../../src/conformance/verdict.ts';
import { escapeUnseen } from '../../src/text/quote-text.ts';
import type { CaseResult } from './run-case.ts';
import { wrapLine } from './wrap-line.ts';

const SHOWN_HEX_BYTES = 48;
const SHOWN_LINES = 12;
const SHOWN_CHARACTERS = 110;

const NAMES: Readonly<Record<Outcome, string>> = { passed: 'passed', allowed: 'allowed', failed: 'FAILED' };
const LABEL_WIDTH = 11;

/**
 * One case in a few lines, an empty one after them.
 *
 * @param columns how long a line may be; as long as it gets without it
 */
export function formatCase(result: CaseResult, columns?: number): string {
  const { id, title, outcome, finding, sent, cameBack, requirement, why } = result;
  const paragraph = (label: string, text: string) =>
    wrapLine(`  ${label.padEnd(LABEL_WIDTH)}${text}`, LABEL_WIDTH + 2, columns);
  const room = columns === undefined ? SHOWN_CHARACTERS : Math.max(columns - LABEL_WIDTH - 3, LABEL_WIDTH);
  const verbatim = (lines: readonly string[]) => lines.map((line) => ' '.repeat(LABEL_WIDTH + 2) + cut(line, room));
  const lines = [
    wrapLine(`${NAMES[outcome]}  ${id}: ${title}`, LABEL_WIDTH + 2, columns),
    wrapLine(`  ${finding}`, 2, columns),
    paragraph('sent', sent),
    ...verbatim([...sentLines(result), ...hexLines(result.sentBytes)]),
    paragraph('came back', cameBack),
    ...verbatim(receivedLines(result)),
    paragraph('rule', requirement),
    paragraph('why', why),
    '',
  ];
  return `${lines.join('\n')}\n`;
}

/** The request, where the case is about it, or where nothing else was sent. */
function sentLines({ id, opened, sentHead }: CaseResult): string[] {
  return opened && !/^(?:4|9)\.\d/.test(id) ? [] : textLines(sentHead);
}

/** The response, where it is not what opens a connection; also one that cannot be read, since its lines tell why. */
function receivedLines({ opened, receivedBytes }: CaseResult): string[] {
  return opened ? [] : textLines(String.fromCharCode(...receivedBytes));
}

function textLines(text: string): string[] {
  const lines = text.split('\r\n').filter((line) => line !== '');
  const shown = lines.slice(0, SHOWN_LINES).map((line) => escapeUnseen(line).replaceAll('\n', '\\n'));
  return lines.length > SHOWN_LINES ? [...shown, `and ${lines.length - SHOWN_LINES} lines more`] : shown;
}

function hexLines(bytes: Uint8Array): string[] {
  if (bytes.length === 0) return [];
  return [formatHex(bytes.subarray(0, SHOWN_HEX_BYTES)) + (bytes.length > SHOWN_HEX_BYTES ? '…' : '')];
}

function cut(line: string, most: number): string {
  return line.length > most ? `${line.slice(0, most)}…` : line;
}
