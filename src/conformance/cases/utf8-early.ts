import type { ConformanceCase, Step } from '../case.ts';
import { continuation, type SentItem, text } from '../frames.ts';
import { hex } from '../payload.ts';
import { failureCase } from './forms.ts';
import { KOSME } from './utf8-sequences.ts';

const PAUSE: Step = { type: 'quiet', durationMs: 100 };
const LATE: Step = { type: 'awaitEnd', durationMs: 1000 };
/** The twelfth byte begins a character above U+10FFFF; the thirteenth byte shows it. */
const MESSAGE = `${KOSME}f4908080656469746564`;
const HEADER_BYTES = 6;
const send = (item: SentItem, slice?: { start: number; end?: number }): Step => ({
  type: 'send',
  items: [item],
  cut: 'whole',
  ...(slice === undefined ? {} : { slice }),
});

/** Where a message is cut in three: after its valid part, or around the byte that shows the error. */
const CUTS = [
  { name: 'character', first: 11, second: 15, frames: '6.4.1', chops: '6.4.3' },
  { name: 'byte', first: 12, second: 13, frames: '6.4.2', chops: '6.4.4' },
];

/** The server should notice in the second part, and act although the message is unfinished. RFC 6455 §8.1. */
const PAST_THE_LAST = CUTS.flatMap(({ name, first, second, frames, chops }) => {
  const pieces = [MESSAGE.slice(0, 2 * first), MESSAGE.slice(2 * first, 2 * second), MESSAGE.slice(2 * second)];
  const [one = '', two = '', three = ''] = pieces;
  const whole = text(hex(MESSAGE), { fin: false });
  const [firstEnd, secondEnd] = [HEADER_BYTES + first, HEADER_BYTES + second];
  return [
    failureCase(
      {
        id: `8.1-early-fragments-${name}`,
        title: `Notices the wrong ${name} in the second of three fragments`,
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
        title: `Notices the wrong ${name} inside a frame that is still arriving`,
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

/** The other kinds of invalid UTF-8, up to the byte that shows it. */
const KINDS: readonly [name: string, title: string, digits: string][] = [
  ['continuation-byte', 'a continuation byte without a first byte', '80'],
  ['overlong-two', 'a character in two bytes that fits into one', 'c0'],
  ['overlong-three', 'a character in three bytes that fits into two', 'e080'],
  ['overlong-four', 'a character in four bytes that fits into three', 'f080'],
  ['surrogate', 'a surrogate', 'eda0'],
  ['f5', 'a first byte that is too large', 'f5'],
  ['ff', 'a byte that never occurs in UTF-8', 'ff'],
  ['next-character', 'a character cut short by the next one', 'e282ce'],
];

const AT_THE_BYTE = KINDS.map(([name, title, digits]) => {
  const telling = HEADER_BYTES + (KOSME.length + digits.length) / 2;
  const whole = text(hex(`${KOSME}${digits}${KOSME}`), { fin: false });
  return failureCase(
    { id: `8.1-early-byte-${name}`, title: `Notices at the first possible byte: ${title}`, rule: 'text-not-utf8' },
    {
      steps: [
        send(whole, { start: 0, end: telling - 1 }),
        PAUSE,
        send(whole, { start: telling - 1, end: telling }),
        LATE,
        send(whole, { start: telling }),
        send(continuation('')),
      ],
    },
    { byStep: 3 },
  );
});

/** Texts whose error shows before their end. RFC 6455 §8.1. */
export const UTF8_EARLY: readonly ConformanceCase[] = [...PAST_THE_LAST, ...AT_THE_BYTE];
