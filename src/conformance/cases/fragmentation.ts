import { OPCODE } from '../../protocol/framing/opcode.ts';
import type { ConformanceCase, Cut, ExpectedItem, Step } from '../case.ts';
import { binary, continuation, fragments, ping, pong, type SentItem, text } from '../frames.ts';
import { hex, repeated } from '../payload.ts';
import { echoCase, WRITES } from './forms.ts';

const MORE = { fin: false };
const JOINED = 'The payload of a message is the payloads of its fragments, joined in order.';
const BETWEEN = 'Control frames may come between the fragments of a message, and are handled at once.';

const textEcho = (whole: string): ExpectedItem => ({ opcode: OPCODE.text, payload: { text: whole } });
const pongEcho = (payload: string): ExpectedItem => ({ opcode: OPCODE.pong, payload: { text: payload } });

interface Family {
  readonly name: string;
  readonly title: string;
  readonly items: readonly SentItem[];
  readonly received: readonly ExpectedItem[];
  /** The number of the first of three cases in the Autobahn suite: whole, frame by frame, byte by byte. */
  readonly autobahn?: number;
}

/** Correct messages in several frames. RFC 6455 §5.4. */
const ACCEPTED: readonly Family[] = [
  {
    name: 'two-fragments',
    title: 'A text in two fragments',
    items: [text('fragment1', MORE), continuation('fragment2')],
    received: [textEcho('fragment1fragment2')],
    autobahn: 3,
  },
  {
    name: 'ping-between',
    title: 'A ping between two fragments',
    items: [text('fragment1', MORE), ping('ping payload'), continuation('fragment2')],
    received: [pongEcho('ping payload'), textEcho('fragment1fragment2')],
    autobahn: 6,
  },
  {
    name: 'pong-between',
    title: 'A pong between two fragments',
    items: [text('fragment1', MORE), pong('unasked'), continuation('fragment2')],
    received: [textEcho('fragment1fragment2')],
  },
  {
    name: 'binary-three',
    title: 'A binary message in three fragments',
    items: [binary(hex('00ff'), MORE), continuation(hex('8081'), MORE), continuation(hex('fe'))],
    received: [{ opcode: OPCODE.binary, payload: hex('00ff8081fe') }],
  },
  {
    name: 'empty-fragments',
    title: 'A text in three empty fragments',
    items: [text('', MORE), continuation('', MORE), continuation('')],
    received: [textEcho('')],
  },
  {
    name: 'empty-around',
    title: 'A text between two empty fragments',
    items: [text('', MORE), continuation('middle', MORE), continuation('')],
    received: [textEcho('middle')],
  },
  {
    name: 'message-behind',
    title: 'A fragmented message, then a whole one',
    items: [text('fragment1', MORE), continuation('fragment2'), text('next')],
    received: [textEcho('fragment1fragment2'), textEcho('next')],
  },
];

/** Each pong must come before the rest of the message is sent. RFC 6455 §5.4, §5.5.2. */
function pongsInTime(cut: Cut): Step[] {
  const send = (...items: SentItem[]): Step => ({ type: 'send', items, cut });
  return [
    send(text('fragment1', MORE), continuation('fragment2', MORE), ping('pongme 1!')),
    { type: 'await', received: 1 },
    send(continuation('fragment3', MORE), continuation('fragment4', MORE), ping('pongme 2!')),
    { type: 'await', received: 2 },
    send(continuation('fragment5')),
  ];
}

const PONGS_IN_TIME = WRITES.slice(0, 2).map(({ suffix, words, cut }, i) =>
  echoCase(
    {
      id: `5.4-pongs-in-time${suffix}`,
      title: `Two pings among five fragments${words}`,
      section: '5.4',
      requirement: BETWEEN,
      autobahn: `5.${19 + i}`,
    },
    {
      steps: pongsInTime(cut),
      received: [
        pongEcho('pongme 1!'),
        pongEcho('pongme 2!'),
        textEcho('fragment1fragment2fragment3fragment4fragment5'),
      ],
    },
  ),
);

const MANY = [1, 7, 100, 1000].map((fragmentBytes) =>
  echoCase(
    {
      id: `5.4-fragments-of-${fragmentBytes}`,
      title: `A binary message of 1,000 bytes in fragments of ${fragmentBytes}`,
      section: '5.4',
      requirement: JOINED,
    },
    { items: [fragments(OPCODE.binary, repeated('0001020304', 1000), fragmentBytes)] },
  ),
);

/** Messages in fragments. RFC 6455 §5.4. */
export const FRAGMENTATION: readonly ConformanceCase[] = [
  ...ACCEPTED.flatMap(({ name, title, items, received, autobahn }) =>
    WRITES.map(({ suffix, words, cut }, i) =>
      echoCase(
        {
          id: `5.4-${name}${suffix}`,
          title: title + words,
          section: '5.4',
          requirement: name.endsWith('-between') ? BETWEEN : JOINED,
          autobahn: autobahn === undefined ? undefined : `5.${autobahn + i}`,
        },
        { items, received, cut },
      ),
    ),
  ),
  ...PONGS_IN_TIME,
  ...MANY,
];
