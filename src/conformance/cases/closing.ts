import { CLOSING_RULES } from '../../protocol/closing/rules.ts';
import type { ConformanceCase } from '../case.ts';
import { binary, close, closeBody, continuation, ping, pong, type SentItem, text } from '../frames.ts';
import { hex, type Payload, repeated } from '../payload.ts';
import { CLOSE_IS_ANSWERED, closingCase, echoCase, failureCase, NO_CODE, WRITES } from './forms.ts';

const NOTHING_AFTER = 'After it has received a close frame, an endpoint discards whatever else it receives (§1.4).';
const INVALID_UTF8 = 'cebae1bdb9cf83cebcceb5eda080656469746564';

const REASONS: readonly [name: string, payload: Payload | string, autobahn?: string][] = [
  ['none', '', '7.3.3'],
  ['text', 'Hello World!', '7.3.4'],
  ['123-bytes', hex('2a'.repeat(123)), '7.3.5'],
  ['utf8', 'auf Wiedersehen, \u{1F44B}'],
];

const ANSWERED = [
  ...REASONS.map(([name, reason, autobahn]) =>
    closingCase(
      {
        id: `5.5.1-reason-${name}`,
        title: `Close 1000 with a reason: ${name}`,
        section: '5.5.1',
        requirement: CLOSE_IS_ANSWERED,
        autobahn,
      },
      { items: [close(1000, reason)] },
      { closeCode: 1000, allowedCodes: [NO_CODE] },
    ),
  ),
  closingCase(
    {
      id: '5.5.1-empty',
      title: 'A close frame without a body',
      section: '5.5.1',
      requirement: CLOSE_IS_ANSWERED,
      autobahn: '7.3.1',
    },
    { items: [closeBody()] },
    { closeCode: NO_CODE, allowedCodes: [1000] },
  ),
  closingCase(
    { id: '5.5.1-cut-1', title: 'A close frame, byte by byte', section: '5.5.1', requirement: CLOSE_IS_ANSWERED },
    { items: [close(1000, 'Hello World!')], cut: 1 },
    { closeCode: 1000, allowedCodes: [NO_CODE] },
  ),
  echoCase(
    {
      id: '7.1-echo-then-close',
      title: 'A message, its echo, then close 1000',
      section: '7.1',
      requirement: CLOSE_IS_ANSWERED,
      autobahn: '7.1.1',
    },
    { items: [text('Hello World!')] },
  ),
  closingCase(
    {
      id: '7.1-close-behind-message',
      title: 'A message and close 1000 in one write',
      section: '7.1',
      requirement: CLOSE_IS_ANSWERED,
    },
    { items: [text('Hello World!'), close(1000)], received: [{ opcode: 1, payload: { text: 'Hello World!' } }] },
    { closeCode: 1000, allowedCodes: [NO_CODE], leeway: { mayDrop: true } },
  ),
];

const AFTER: readonly [name: string, items: readonly SentItem[], autobahn?: string][] = [
  ['close', [close(1000), closeBody()], '7.1.2'],
  ['ping', [close(1000), ping()], '7.1.3'],
  ['text', [close(1000), text('Hello World!')], '7.1.4'],
  ['continuation', [text('fragment1', { fin: false }), close(1000), continuation('fragment2')], '7.1.5'],
  ['pong', [close(1000), pong()]],
  ['binary', [close(1000), binary(hex('00ff'))]],
  ['nonsense', [close(1000), { type: 'bytes', hex: 'ffffffffffffffffffffffffffff', meaning: '14 bytes FF' }]],
];

/** Frames after a close frame: the server answers the close frame and nothing else. RFC 6455 §1.4, §5.5.1. */
const FRAMES_AFTER = AFTER.flatMap(([name, items, autobahn]) =>
  WRITES.slice(0, 2).map(({ suffix, words, cut }) =>
    closingCase(
      {
        id: `5.5.1-${name}-after-close${suffix}`,
        title: `A ${name} frame after close 1000${words}`,
        section: '5.5.1',
        ...(name === 'text' || name === 'binary' ? { rule: 'data-frame-after-close' } : {}),
        requirement: NOTHING_AFTER,
        autobahn: suffix === '' ? autobahn : undefined,
      },
      { items, cut },
      // A server that reads on may find the nonsense before it has answered the close frame.
      { closeCode: 1000, allowedCodes: name === 'nonsense' ? [NO_CODE, 1002] : [NO_CODE] },
    ),
  ),
);

const LONG_ECHO = closingCase(
  {
    id: '5.5.1-ping-after-close-large',
    title: 'Messages of 256 KiB and 12 bytes, close 1000 and a ping in one write',
    section: '5.5.1',
    requirement: NOTHING_AFTER,
    autobahn: '7.1.6',
  },
  {
    items: [text(repeated('4241736437266a683233', 256 * 1024)), text('Hello World!'), close(1000), ping()],
    received: [
      { opcode: 1, payload: repeated('4241736437266a683233', 256 * 1024) },
      { opcode: 1, payload: { text: 'Hello World!' } },
    ],
  },
  { closeCode: 1000, allowedCodes: [NO_CODE], leeway: { declinedWith: [1009], mayDrop: true } },
);

const BAD_BODIES = [
  failureCase(
    {
      id: '5.5.1-body-of-one-byte',
      title: 'A close body of one byte',
      rule: CLOSING_RULES.bodyOfOneByte.name,
      autobahn: '7.3.2',
    },
    { items: [closeBody('a')] },
  ),
  ...[
    ['invalid', INVALID_UTF8, '7.5.1'],
    ['ff', 'ff', undefined],
    ['cut-inside-character', '48e282', undefined],
  ].map(([name, reason = '', autobahn]) =>
    failureCase(
      {
        id: `5.5.1-reason-${name}`,
        title: `Close 1000 with a reason that is not UTF-8: ${name?.replaceAll('-', ' ')}`,
        rule: CLOSING_RULES.reasonNotUtf8.name,
        autobahn,
      },
      { items: [close(1000, hex(reason))] },
      { allowedCodes: [1002] },
    ),
  ),
];

/** The closing handshake, and reasons in close frames. RFC 6455 §5.5.1, §7. */
export const CLOSING: readonly ConformanceCase[] = [...ANSWERED, ...FRAMES_AFTER, LONG_ECHO, ...BAD_BODIES];
