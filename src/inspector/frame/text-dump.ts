import { columnsOf, fitColumns } from '../../text/columns.ts';
import { countBytes, countNoun } from '../../text/count.ts';
import { escapeText } from '../../text/escape-text.ts';
import {
  describeBlock,
  describeCodes,
  describeInflated,
  describeWindow,
  type InflatedDump,
  problemsOfInflated,
} from '../deflate/inflated-dump.ts';
import { describeFrame, describeViolation } from './describe.ts';
import type { Field } from './field.ts';
import type { FrameDump } from './frame-dump.ts';
import { groupsOf, unmaskingLines } from './text-dump-bytes.ts';

/** The maximum width of a text dump. */
export const TEXT_DUMP_COLUMNS = 100;

/** Options of {@link formatTextDump}. */
export interface TextDumpOptions {
  /** The frame's offset in its direction, from 0. Shown from 1, or not at all if undefined. */
  readonly offset?: number;
  /** Whether to use the colors of a terminal. */
  readonly color?: boolean;
}

const BOLD = 1;
const RED = 31;
const CYAN = 36;

/**
 * Prints a frame for a terminal: its bytes, its fields bit by bit, the unmasking of its first bytes, its text, and every
 * rule that it breaks. RFC 6455 §5.2.
 *
 * @returns lines, each with a line feed. The peer's text is escaped
 */
export function formatTextDump(dump: FrameDump, { offset, color = false }: TextDumpOptions = {}): string {
  const paint = (code: number, text: string) => (color ? `\u001b[${code}m${text}\u001b[0m` : text);
  const at = offset === undefined ? '' : ` at byte ${offset + 1}`;
  const lines = [
    ...wrap(`frame${at}: ${describeFrame(dump)}; ${countBytes(dump.byteLength)} in all`, '').map((line) =>
      paint(BOLD, line),
    ),
    '',
    ...dump.fields.flatMap((field) => fieldLines(field, dump.hex, (text) => paint(CYAN, text))),
    ...unmaskingLines(dump),
    ...textLines(dump.payload.text),
    ...inflatedLines(dump.inflated, (text) => paint(RED, text)),
    ...dump.violations.flatMap((violation) => [
      '',
      ...wrap(describeViolation(violation), '  ! ').map((line) => paint(RED, line)),
    ]),
  ];
  return `${lines.join('\n')}\n`;
}

const BITS_COLUMNS = 24;
const NAME_COLUMNS = 24;
const VALUE_COLUMNS = 8;

const MAX_SHOWN_VALUE = 10 ** (VALUE_COLUMNS - 1);

/** `  1... ....              FIN                     1         the whole message is in this frame` */
function fieldLines(field: Field, hex: string, paint: (text: string) => string): string[] {
  const groups = groupsOf(field, hex);
  // Bytes are on the left already, and the meaning has longer numbers.
  const value = typeof field.value === 'number' && field.value < MAX_SHOWN_VALUE ? String(field.value) : '';
  const indent = ' '.repeat(2 + BITS_COLUMNS + NAME_COLUMNS + VALUE_COLUMNS);
  const meaning = wrap(field.meaning, indent).map((line) => line.slice(indent.length));
  const height = Math.max(groups.length, meaning.length);
  return Array.from({ length: height }, (_, i) => {
    const bits = (groups[i] ?? '').padEnd(BITS_COLUMNS);
    const name = (i === 0 ? field.name : '').padEnd(NAME_COLUMNS);
    const shown = (i === 0 ? value : '').padEnd(VALUE_COLUMNS);
    return `  ${bits}${paint(name)}${shown}${meaning[i] ?? ''}`.trimEnd();
  });
}

function textLines(text: string | undefined): string[] {
  if (text === undefined) return [];
  return ['', `  text  ${fitColumns(`"${escapeText(text)}"`, TEXT_DUMP_COLUMNS - '  text  '.length)}`];
}

/** The bytes of an inflated payload that are not text. */
const MAX_INFLATED_BYTES = 24;
/** More blocks are only counted: a message has one or two. */
const MAX_BLOCKS = 4;

/** What came out of a compressed message, what the compression saved, and the blocks that it is made of. RFC 7692 §7.2.2. */
function inflatedLines(inflated: InflatedDump | undefined, paint: (text: string) => string): string[] {
  if (inflated === undefined) return [];
  const { hex, text, blocks, blockCount } = inflated;
  const shown = hex.slice(0, 2 * MAX_INFLATED_BYTES).replace(/..(?=.)/g, '$& ');
  const bytes = hex === '' ? [] : ['', `  bytes ${shown}${hex.length > 2 * MAX_INFLATED_BYTES ? ' …' : ''}`];
  const left = blockCount - Math.min(blocks.length, MAX_BLOCKS);
  return [
    '',
    ...wrap(`compressed message: ${describeInflated(inflated)}`, '  '),
    ...wrap(describeWindow(inflated.window), '  '),
    ...blocks
      .slice(0, MAX_BLOCKS)
      .flatMap((block, i) => [
        ...wrap(describeBlock(block, i), '  '),
        ...(block.codes.length === 0 ? [] : wrap(describeCodes(block), '    ')),
      ]),
    ...(left > 0 ? [`  and ${countNoun(left, 'more block')}`] : []),
    ...(text === undefined ? bytes : textLines(text)),
    ...problemsOfInflated(inflated).flatMap((sentence) => wrap(sentence, '  ! ').map(paint)),
  ];
}

/** Wraps words into lines, each with the indent. */
function wrap(sentence: string, indent: string): string[] {
  const text = escapeText(sentence);
  const room = TEXT_DUMP_COLUMNS - indent.length;
  if (columnsOf(text) <= room) return [indent + text];
  const lines: string[] = [];
  let line = '';
  let columns = 0;
  for (const word of text.split(' ')) {
    const added = (line === '' ? 0 : 1) + columnsOf(word);
    if (columns + added <= room) {
      line += line === '' ? word : ` ${word}`;
      columns += added;
      continue;
    }
    if (line !== '') lines.push(indent + line);
    line = fitColumns(word, room);
    columns = columnsOf(line);
  }
  return [...lines, indent + line];
}
