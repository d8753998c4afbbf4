import { bytesOfHex } from '../../bytes/hex.ts';
import { OPCODE } from '../../protocol/framing/opcode.ts';
import { Utf8Checker } from '../../text/utf8.ts';
import type { ConformanceCase } from '../case.ts';
import { binary, continuation, fragments, type SentItem, text } from '../frames.ts';
import { hex } from '../payload.ts';
import { echoCase, failureCase } from './forms.ts';
import { KOSME, UTF8_GROUPS } from './utf8-sequences.ts';

const VALID = 'Valid UTF-8 comes back unchanged.';
const HELLO = 'Hello-µ@ßöäüàá-UTF-8!!';
const SURROGATE = `${KOSME}eda080656469746564`;

/** One case for each sequence of the table, in one frame. RFC 6455 §8.1. */
const SEQUENCES = UTF8_GROUPS.flatMap(({ autobahn, title, sequences }) =>
  sequences.map(({ hex: digits, valid }, i) => {
    const name = {
      id: `8.1-utf8-${autobahn}.${i + 1}`,
      title: `Text, ${title}: ${digits.slice(0, 24)}${digits.length > 24 ? '…' : ''}`,
      section: '8.1',
      autobahn: `${autobahn}.${i + 1}`,
    };
    const sending = { items: [text(hex(digits))] };
    if (valid) return echoCase({ ...name, requirement: VALID }, sending);
    const rule = endsInsideCharacter(digits) ? 'text-cut-inside-character' : 'text-not-utf8';
    return failureCase({ ...name, rule }, sending);
  }),
);

/** A byte order mark is part of the text and must come back. */
const MARKS = ['efbbbf', 'efbbbf48656c6c6f', '48efbbbf'].map((digits, i) =>
  echoCase(
    {
      id: `8.1-byte-order-mark-${i + 1}`,
      title: `A text with a byte order mark: ${digits}`,
      section: '8.1',
      requirement: VALID,
    },
    { items: [text(hex(digits))] },
  ),
);

const WHOLE: readonly [id: string, title: string, items: readonly SentItem[], whole: string, autobahn: string][] = [
  ['empty', 'An empty text', [text('')], '', '6.1.1'],
  ['empty-fragments', 'A text of three empty fragments', parts('', '', ''), '', '6.1.2'],
  [
    'empty-around',
    'A text between two empty fragments',
    parts('', 'middle frame payload', ''),
    'middle frame payload',
    '6.1.3',
  ],
  ['one-frame', 'A text of several alphabets', [text(HELLO)], HELLO, '6.2.1'],
  ['two-frames', 'A text of several alphabets in two frames', parts('Hello-µ@ßöä', 'üàá-UTF-8!!'), HELLO, '6.2.2'],
];

const ACCEPTED = [
  ...WHOLE.map(([name, title, items, whole, autobahn]) =>
    echoCase(
      { id: `8.1-text-${name}`, title, section: '8.1', requirement: VALID, autobahn },
      { items, received: [{ opcode: OPCODE.text, payload: { text: whole } }] },
    ),
  ),
  echoCase(
    {
      id: '8.1-text-fragments-of-1',
      title: 'A text of several alphabets in fragments of one byte',
      section: '8.1',
      requirement: VALID,
      autobahn: '6.2.3',
    },
    { items: [fragments(OPCODE.text, { text: HELLO }, 1)] },
  ),
  echoCase(
    {
      id: '8.1-kosme-fragments-of-1',
      title: 'A Greek word in fragments of one byte',
      section: '8.1',
      requirement: VALID,
      autobahn: '6.2.4',
    },
    { items: [fragments(OPCODE.text, hex(KOSME), 1)] },
  ),
  echoCase(
    { id: '8.1-kosme-cut-1', title: 'A Greek word in one frame, byte by byte', section: '8.1', requirement: VALID },
    { items: [text(hex(KOSME))], cut: 1 },
  ),
  echoCase(
    {
      id: '8.1-binary-not-checked',
      title: 'A binary message that is not UTF-8',
      section: '5.6',
      requirement: 'A binary message carries any bytes.',
    },
    { items: [binary(hex(SURROGATE))] },
  ),
];

const REFUSED = [
  failureCase(
    { id: '8.1-surrogate-inside', title: 'A surrogate inside a text', rule: 'text-not-utf8', autobahn: '6.3.1' },
    { items: [text(hex(SURROGATE))] },
  ),
  failureCase(
    {
      id: '8.1-surrogate-fragments-of-1',
      title: 'A surrogate inside a text, in fragments of one byte',
      rule: 'text-not-utf8',
      autobahn: '6.3.2',
    },
    { items: [fragments(OPCODE.text, hex(SURROGATE), 1)] },
  ),
  failureCase(
    {
      id: '8.1-cut-at-last-fragment',
      title: 'A text whose last fragment ends inside a character',
      rule: 'text-cut-inside-character',
    },
    { items: [text(hex('e2'), { fin: false }), continuation(hex('82'))] },
  ),
  failureCase(
    {
      id: '8.1-cut-at-empty-fragment',
      title: 'A text that ends inside a character, with an empty last fragment',
      rule: 'text-cut-inside-character',
    },
    { items: [text(hex('48e282'), { fin: false }), continuation('')] },
  ),
  failureCase(
    { id: '8.1-not-carried-over', title: 'A character cut between two messages', rule: 'text-cut-inside-character' },
    { items: [text(hex('e2')), text(hex('82ac'))] },
  ),
];

/** Valid and invalid text. RFC 6455 §5.6, §8.1. */
export const UTF8: readonly ConformanceCase[] = [...SEQUENCES, ...MARKS, ...ACCEPTED, ...REFUSED];

/** Whether the only fault of the bytes is that they end too early. */
function endsInsideCharacter(digits: string): boolean {
  return new Utf8Checker().push(bytesOfHex(digits)) === -1;
}

function parts(first: string, middle: string, last?: string): SentItem[] {
  const open = { fin: false };
  if (last === undefined) return [text(first, open), continuation(middle)];
  return [text(first, open), continuation(middle, open), continuation(last)];
}
