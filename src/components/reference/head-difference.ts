import { escapeText } from '../../text/escape-text.ts';

/** One line of a head, beside the sample that it was made from. */
export interface DifferenceLine {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

const MAX_LINE_LENGTH = 72;
const MAX_ADDED_LINES = 3;

/**
 * How a head differs from the sample that it was made from: its lines in order, with the removed ones in their place.
 *
 * Long lines and long runs of new lines are cut, and control characters are escaped.
 */
export function headDifference(head: string, sample: string): DifferenceLine[] {
  const ours = linesOf(head);
  const theirs = linesOf(sample);
  const shorter = Math.min(ours.length, theirs.length);
  let start = 0;
  while (start < shorter && ours[start] === theirs[start]) start++;
  let end = 0;
  while (end < shorter - start && ours.at(-1 - end) === theirs.at(-1 - end)) end++;
  const lines = (kind: DifferenceLine['kind'], texts: string[]) => texts.map((text) => ({ kind, text: shorten(text) }));
  return [
    ...lines('same', ours.slice(0, start)),
    ...lines('removed', theirs.slice(start, theirs.length - end)),
    ...shortenRun(lines('added', ours.slice(start, ours.length - end))),
    ...lines('same', ours.slice(ours.length - end)),
  ];
}

function linesOf(head: string): string[] {
  return head.replace(/\r\n\r\n$/, '').split('\r\n');
}

function shorten(line: string): string {
  const shown = escapeText(line);
  if (shown.length <= MAX_LINE_LENGTH) return shown;
  return `${shown.slice(0, MAX_LINE_LENGTH)}… (${shown.length.toLocaleString('en-US')} characters)`;
}

function shortenRun(lines: DifferenceLine[]): DifferenceLine[] {
  if (lines.length <= MAX_ADDED_LINES) return lines;
  const hidden = lines.length - MAX_ADDED_LINES;
  return [...lines.slice(0, MAX_ADDED_LINES), { kind: 'added', text: `… and ${hidden} more lines like these` }];
}
