import { OPCODE } from '../../protocol/framing/opcode.ts';
import { Utf8Checker } from '../../protocol/utf8.ts';
import type { ConformanceCase, Step } from '../case.ts';
import { binary, continuation, fragments, type SentItem, text } from '../frames.ts';
import { hex, hexBytes } from '../payload.ts';
import { echoCase, failureCase } from './forms.ts';
import { KOSME, UTF8_GROUPS } from './utf8-sequences.ts';

const VALID = 'Valid UTF-8 comes back as it was sent.';
const HELLO = 'Hello-µ@ßöäüàá-UTF-8!!';
const SURROGATE = `${KOSME}eda080656469746564`;

/** One case for each sequence of the table; whatever its length, in one frame. RFC 6455 §8.1. */
const SEQUENCES = UTF8_GROUPS.flatMap(({ autobahn, title, sequences }) =>
  sequences.map(({ hex: digits, valid }, i) => {
    const name = {
      id: `8.1-utf8-${autobahn}.${i + 1}`,
      title: `Text of ${title}: ${digits.slice(0, 24)}${digits.length > 24 ? '…' : ''}`,
      section: '8.1',
      autobahn: `${autobahn}.${i + 1}`,
    };
    const sending = { items: [text(hex(digits))] };
    if (valid) return echoCase({ ...name, requirement: VALID }, sending);
    const rule = endsInsideCharacter(digits) ? 'text-cut-inside-character' : 'text-not-utf8';
    return failureCase({ ...name, rule }, sending);
  }),
);

/** A byte order mark is a character of the text: it comes back. */
const MARKS = ['efbbbf', 'efbbbf48656c6c6f', '48efbbbf'].map((digits, i) =>
  echoCase(
    { id: `8.1-byte-order-mark-${i + 1}`, title: `U+FEFF in a text: ${digits}`, section: '8.1', requirement: VALID },
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
  ['two-frames', 'The same in two frames', parts('Hello-µ@ßöä', 'üàá-UTF-8!!'), HELLO, '6.2.2'],
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
      title: 'The same in fragments of one byte',
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
      title: 'The same in fragments of one byte',
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
      title: 'A text that an empty fragment ends inside a character',
      rule: 'text-cut-inside-character',
    },
    { items: [text(hex('48e282'), { fin: false }), continuation('')] },
  ),
  failureCase(
    { id: '8.1-not-carried-over', title: 'A character cut between two messages', rule: 'text-cut-inside-character' },
    { items: [text(hex('e2')), text(hex('82ac'))] },
  ),
];

const PAUSE: Step = { type: 'quiet', durationMs: 100 };
const LATE: Step = { type: 'awaitEnd', durationMs: 1000 };
/** The twelfth byte begins a character past the last that there is; the thirteenth tells. */
const MESSAGE = `${KOSME}f4908080656469746564`;
const HEADER_BYTES = 6;
const send = (item: SentItem, slice?: { start: number; end?: number }): Step => ({
  type: 'send',
  items: [item],
  cut: 'whole',
  ...(slice === undefined ? {} : { slice }),
});

/** The bytes before which a message is cut in three: after its valid part, or right around the byte that tells. */
const CUTS = [
  { name: 'character', first: 11, second: 15, frames: '6.4.1', chops: '6.4.3' },
  { name: 'byte', first: 12, second: 13, frames: '6.4.2', chops: '6.4.4' },
];

/** The server has to see it in the second part, and act although the message goes on. RFC 6455 §8.1. */
const EARLY = CUTS.flatMap(({ name, first, second, frames, chops }) => {
  const pieces = [MESSAGE.slice(0, 2 * first), MESSAGE.slice(2 * first, 2 * second), MESSAGE.slice(2 * second)];
  const [one = '', two = '', three = ''] = pieces;
  const whole = text(hex(MESSAGE), { fin: false });
  const [firstEnd, secondEnd] = [HEADER_BYTES + first, HEADER_BYTES + second];
  return [
    failureCase(
      {
        id: `8.1-early-fragments-${name}`,
        title: `Fails at the ${name} that is wrong, in the second of three fragments`,
        rule: 'text-not-utf8',
        autobahn: frames,
      },
      {
        steps: [
          send(text(hex(one), { fin: false })),
          PAUSE,
          send(continuation(hex(two), { fin: false })),
          LATE,
          send(continuation(hex(three))),
        ],
      },
      { byStep: 3 },
    ),
    failureCase(
      {
        id: `8.1-early-frame-${name}`,
        title: `Fails at the ${name} that is wrong, inside a frame still arriving`,
        rule: 'text-not-utf8',
        autobahn: chops,
      },
      {
        steps: [
          send(whole, { start: 0, end: firstEnd }),
          PAUSE,
          send(whole, { start: firstEnd, end: secondEnd }),
          LATE,
          send(whole, { start: secondEnd }),
          send(continuation('')),
        ],
      },
      { byStep: 3 },
    ),
  ];
});

/** What text is, as it arrives. RFC 6455 §5.6, §8.1. */
export const UTF8: readonly ConformanceCase[] = [...SEQUENCES, ...MARKS, ...ACCEPTED, ...REFUSED, ...EARLY];

/** Whether all that is wrong with the bytes is that they end too early. */
function endsInsideCharacter(digits: string): boolean {
  return new Utf8Checker().push(hexBytes(digits)) === -1;
}

function parts(first: string, middle: string, last?: string): SentItem[] {
  const open = { fin: false };
  if (last === undefined) return [text(first, open), continuation(middle)];
  return [text(first, open), continuation(middle, open), continuation(last)];
}
