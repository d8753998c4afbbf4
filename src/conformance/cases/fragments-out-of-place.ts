import { OPCODE } from '../../protocol/framing/opcode.ts';
import type { ConformanceCase, ExpectedItem } from '../case.ts';
import { binary, continuation, type SentItem, text } from '../frames.ts';
import { hex } from '../payload.ts';
import { failureCase, WRITES } from './forms.ts';

const MORE = { fin: false };
const textEcho = (whole: string): ExpectedItem => ({ opcode: OPCODE.text, payload: { text: whole } });

interface Family {
  readonly name: string;
  readonly title: string;
  readonly items: readonly SentItem[];
  readonly received: readonly ExpectedItem[];
  readonly rule: string;
}

const WORLD = text('Hello, world!');
const stray = (fin: boolean) => continuation('non-continuation payload', { fin });

/** Frames that continue no message, or begin one inside another. RFC 6455 §5.4. */
const REFUSED: readonly (Family & { readonly autobahn?: number })[] = [
  {
    name: 'stray-continuation',
    title: 'A continuation frame without a message',
    items: [stray(true), WORLD],
    received: [],
    rule: 'continuation-without-message',
    autobahn: 9,
  },
  {
    name: 'stray-continuation-without-fin',
    title: 'A continuation frame without a message and without FIN',
    items: [stray(false), WORLD],
    received: [],
    rule: 'continuation-without-message',
    autobahn: 12,
  },
  {
    name: 'continuation-after-end',
    title: 'A continuation frame after the end of a message',
    items: [text('Hello'), continuation(' again')],
    received: [textEcho('Hello')],
    rule: 'continuation-without-message',
  },
  {
    name: 'message-inside-message',
    title: 'A whole text message inside a fragmented one',
    items: [text('fragment1', MORE), text('fragment2')],
    received: [],
    rule: 'message-inside-message',
  },
  {
    name: 'binary-inside-text',
    title: 'A binary message inside a fragmented text message',
    items: [text('fragment1', MORE), continuation('fragment2', MORE), binary(hex('00'))],
    received: [],
    rule: 'message-inside-message',
  },
];

const OTHERS: readonly (Family & { readonly number?: string })[] = [
  {
    name: 'stray-after-message',
    title: 'A continuation frame without a message, after a fragmented message',
    items: [text('fragment1', MORE), continuation('fragment2'), continuation('fragment3', MORE), text('fragment4')],
    received: [textEcho('fragment1fragment2')],
    rule: 'continuation-without-message',
    number: '5.15',
  },
  ...[false, true].map((fin) => ({
    name: `stray-twice${fin ? '-with-fin' : ''}`,
    title: `A continuation frame without a message${fin ? '' : ' and without FIN'}, then a text, both twice`,
    items: [0, 1].flatMap(() => [
      continuation('fragment1', { fin }),
      text('fragment2', MORE),
      continuation('fragment3'),
    ]),
    received: [],
    rule: 'continuation-without-message',
    number: fin ? '5.17' : '5.16',
  })),
];

/** Fragments in places where they must not be. RFC 6455 §5.4. */
export const FRAGMENTS_OUT_OF_PLACE: readonly ConformanceCase[] = [
  ...REFUSED.flatMap(({ name, title, items, received, rule, autobahn }) =>
    WRITES.map(({ suffix, words, cut }, i) =>
      failureCase(
        {
          id: `5.4-${name}${suffix}`,
          title: title + words,
          rule,
          autobahn: numberOf(name, autobahn, i),
        },
        { items, received, cut },
      ),
    ),
  ),
  ...OTHERS.map(({ name, title, items, received, rule, number }) =>
    failureCase({ id: `5.4-${name}`, title, rule, autobahn: number }, { items, received }),
  ),
];

/** The Autobahn suite has the message inside a message only once, in one write. */
function numberOf(name: string, first: number | undefined, nth: number): string | undefined {
  if (name === 'message-inside-message' && nth === 0) return '5.18';
  return first === undefined ? undefined : `5.${first + nth}`;
}
