import { escapeText } from '../../inspector/escape-text.ts';

/** One line of a head, beside the sample that it was made from. */
export interface DifferenceLine {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

const LONGEST_LINE = 72;
const MOST_ADDED = 3;

/**
 * How a head differs from the sample that it was made from: lines in order, those taken out among them.
 *
 * Long lines and long runs of new lines are cut; control characters are written as escapes.
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
  if (shown.length <= LONGEST_LINE) return shown;
  return `${shown.slice(0, LONGEST_LINE)}… (${shown.length.toLocaleString('en-US')} characters)`;
}

function shortenRun(lines: DifferenceLine[]): DifferenceLine[] {
  if (lines.length <= MOST_ADDED) return lines;
  const hidden = lines.length - MOST_ADDED;
  return [...lines.slice(0, MOST_ADDED), { kind: 'added', text: `… and ${hidden} more lines like these` }];
}
