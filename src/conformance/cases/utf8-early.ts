import type { ConformanceCase, Step } from '../case.ts';
import { continuation, type SentItem, text } from '../frames.ts';
import { hex } from '../payload.ts';
import { failureCase } from './forms.ts';
import { KOSME } from './utf8-sequences.ts';

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
const PAST_THE_LAST = CUTS.flatMap(({ name, first, second, frames, chops }) => {
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

/** Each other way to be wrong, up to the byte that tells. */
const TELLING: readonly [name: string, title: string, digits: string][] = [
  ['continuation-byte', 'a continuation byte without a first', '80'],
  ['overlong-two', 'a character of two bytes that needs one', 'c0'],
  ['overlong-three', 'a character of three bytes that needs fewer', 'e080'],
  ['overlong-four', 'a character of four bytes that needs fewer', 'f080'],
  ['surrogate', 'a surrogate', 'eda0'],
  ['f5', 'a first byte that is too large', 'f5'],
  ['ff', 'a byte that UTF-8 never has', 'ff'],
  ['next-character', 'a character that the next one cuts short', 'e282ce'],
];

const AT_THE_BYTE = TELLING.map(([name, title, digits]) => {
  const telling = HEADER_BYTES + (KOSME.length + digits.length) / 2;
  const whole = text(hex(`${KOSME}${digits}${KOSME}`), { fin: false });
  return failureCase(
    { id: `8.1-early-byte-${name}`, title: `Fails at the byte that tells: ${title}`, rule: 'text-not-utf8' },
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

/** Texts that are wrong before their end. RFC 6455 §8.1. */
export const UTF8_EARLY: readonly ConformanceCase[] = [...PAST_THE_LAST, ...AT_THE_BYTE];
