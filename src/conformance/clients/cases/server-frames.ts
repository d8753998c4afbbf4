import { formatHexByte } from '../../../bytes/hex.ts';
import { OPCODE } from '../../../protocol/framing/opcode.ts';
import type { ExpectedItem } from '../../case.ts';
import { binary, close, continuation, ping, pong, type SentFrame, text } from '../../frames.ts';
import { hex, type Payload } from '../../payload.ts';
import type { ClientCase } from '../client-case.ts';
import { answersCloseCase, echoesCase, failsCase, plain, send, serverClose, serverText } from './forms.ts';

const MASKED: readonly [name: string, title: string, items: readonly SentFrame[]][] = [
  ['text', 'A masked text', [text('Hello')]],
  ['text-empty', 'A masked empty text', [text('')]],
  ['text-zero-key', 'A text masked with the key 0', [text('Hello', { maskingKey: 0 })]],
  ['binary', 'A masked binary message', [binary(hex('00ff'))]],
  ['ping', 'A masked ping', [ping('Hello')]],
  ['pong', 'A masked pong', [pong('Hello')]],
  ['close', 'A masked close frame', [close(1000)]],
  [
    'continuation',
    'A masked fragment after one without a mask',
    [serverText('one', { fin: false }), continuation('two')],
  ],
];

/** A server never masks. RFC 6455 §5.1. */
const MASKS: readonly ClientCase[] = [
  ...MASKED.map(([name, title, items]) =>
    failsCase({ id: `5.1-masked-${name}`, title, rule: 'masked-server-frame' }, items),
  ),
  failsCase(
    { id: '5.1-masked-second', title: 'A masked text after a right one', rule: 'masked-server-frame' },
    [serverText('first'), text('second')],
    { received: [{ opcode: OPCODE.text, payload: { text: 'first' } }] },
  ),
];

const TOP_BIT = ['8000000000000000', '8000000000000005', 'ffffffffffffffff'].map((digits) =>
  failsCase(
    {
      id: `5.2-top-bit-${digits}`,
      title: `A 64-bit length with its top bit set: ${digits}`,
      rule: 'length-top-bit-set',
    },
    [{ type: 'bytes', hex: `817f${digits}48656c6c6f`, meaning: 'a text frame with an impossible length' }],
    { allowedCodes: [1009] },
  ),
);

const EXAMPLES: readonly [name: string, title: string, payload: Payload, items: readonly SentFrame[]][] = [
  ['text', 'A text', { text: 'Hello' }, [serverText('Hello')]],
  [
    'fragments',
    'A text in two fragments',
    { text: 'Hello' },
    [serverText('Hel', { fin: false }), plain(continuation('lo'))],
  ],
];

/** The examples of the RFC that a server may send. §5.7. */
const FROM_THE_RFC: readonly ClientCase[] = EXAMPLES.map(([name, title, payload, items]) => {
  const received: ExpectedItem[] = [{ opcode: OPCODE.text, payload }];
  const start = {
    id: `5.7-${name}`,
    title: `The RFC’s example: ${title}`,
    section: '5.7',
    requirement: 'These bytes are a text message.',
  };
  const made = echoesCase(start, []);
  return {
    ...made,
    steps: [send(...items), { type: 'await', received: 1 }, send(serverClose(1000))],
    expectation: made.expectation.type === 'closing' ? { ...made.expectation, received } : made.expectation,
  };
});

const KEYS = 32;

/** The mask of the client’s own frames. RFC 6455 §5.3. */
const MASKING_KEYS: readonly ClientCase[] = [
  {
    ...echoesCase(
      {
        id: '5.3-masking-keys',
        title: `The masking keys of ${KEYS} frames in a row`,
        section: '5.3',
        requirement: 'A client draws a fresh masking key for each frame, from a strong source, and never a known one.',
        extra: 'masking-keys',
      },
      Array.from({ length: KEYS }, (_, nth) => serverText(`message ${formatHexByte(nth)}`)),
    ),
  },
];

const ENDS = 'The server ends TCP, after both close frames. A client waits for that.';

/** Who ends TCP, and when. RFC 6455 §7.1.1. */
const ENDINGS: readonly ClientCase[] = [
  answersCloseCase({
    id: '7.1.1-waits-for-server',
    title: 'The server ends TCP one second after the close frames',
    section: '7.1.1',
    requirement: ENDS,
    extra: 'waits-for-end',
  }),
  answersCloseCase({
    id: '7.1.1-server-never-ends',
    title: 'The server does not end TCP after the close frames',
    section: '7.1.1',
    requirement: 'A client need not wait for ever until the server ends TCP.',
    extra: 'ends-itself',
  }),
  answersCloseCase(
    {
      id: '7.1.1-server-ends-without-close',
      title: 'The server ends TCP without a close frame',
      section: '7.1.1',
      requirement: 'If TCP ends without a close frame, the connection is closed: a client ends its side, too.',
      extra: 'notices-end',
    },
    [],
  ),
];

/** What only a server can send, and what only a client does. */
export const SERVER_FRAMES: readonly ClientCase[] = [
  ...MASKS,
  ...TOP_BIT,
  ...FROM_THE_RFC,
  ...MASKING_KEYS,
  ...ENDINGS,
];
