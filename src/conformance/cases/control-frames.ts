import { OPCODE, OPCODES } from '../../protocol/framing/opcode.ts';
import type { ConformanceCase } from '../case.ts';
import { close, continuation, frame, ping, pong, type SentItem, text } from '../frames.ts';
import { hex, type Payload, repeated } from '../payload.ts';
import { echoCase, failureCase } from './forms.ts';

const PONG = 'A server answers a ping with a pong that carries the same payload.';
const UNASKED = 'A pong that answers no ping is not an error, and gets no answer.';

const PINGS: readonly [name: string, payload: Payload, autobahn?: string][] = [
  ['empty', { text: '' }, '2.1'],
  ['text', { text: 'Hello, world!' }, '2.2'],
  ['binary', hex('00fffefdfcfb00ff'), '2.3'],
  ['125', repeated('fe', 125), '2.4'],
  ['1', hex('80')],
  ['124', repeated('00', 124)],
];

const PINGED = PINGS.map(([name, payload, autobahn]) =>
  echoCase(
    { id: `5.5.2-ping-${name}`, title: `A ping: ${name}`, section: '5.5.2', requirement: PONG, autobahn },
    { items: [ping(payload)] },
  ),
);

const TEN = Array.from({ length: 10 }, (_, i) => ping(`payload-${i}`));

const MANY_PINGS = [
  { suffix: '', cut: 'whole', autobahn: '2.10' },
  { suffix: '-cut-1', cut: 1, autobahn: '2.11' },
] as const;

const PINGED_OFTEN = [
  ...MANY_PINGS.map(({ suffix, cut, autobahn }) =>
    echoCase(
      { id: `5.5.2-ten-pings${suffix}`, title: 'Ten pings in a row', section: '5.5.2', requirement: PONG, autobahn },
      { items: TEN, cut },
      { latestPongSuffices: true },
    ),
  ),
  echoCase(
    {
      id: '5.5.2-ping-125-cut-1',
      title: 'A ping of 125 bytes, byte by byte',
      section: '5.5.2',
      requirement: PONG,
      autobahn: '2.6',
    },
    { items: [ping(repeated('fe', 125))], cut: 1 },
  ),
  echoCase(
    { id: '5.5.2-ping-among-messages', title: 'A ping between two messages', section: '5.5.2', requirement: PONG },
    { items: [text('one'), ping('between'), text('two')] },
  ),
];

const PONGS: readonly [name: string, payload: string, autobahn: string][] = [
  ['empty', '', '2.7'],
  ['payload', 'unsolicited pong payload', '2.8'],
];

const UNASKED_PONGS = [
  ...PONGS.map(([name, payload, autobahn]) =>
    echoCase(
      {
        id: `5.5.3-unasked-pong-${name}`,
        title: `An unsolicited pong: ${name}`,
        section: '5.5.3',
        requirement: UNASKED,
        autobahn,
      },
      { items: [pong(payload)] },
    ),
  ),
  echoCase(
    {
      id: '5.5.3-unasked-pong-then-ping',
      title: 'An unsolicited pong, then a ping',
      section: '5.5.3',
      requirement: UNASKED,
      autobahn: '2.9',
    },
    { items: [pong('unsolicited pong payload'), ping('ping payload')] },
  ),
];

const CONTROL = [OPCODE.close, OPCODE.ping, OPCODE.pong];

/** A payload that is too long for a control frame. RFC 6455 §5.5. */
const TOO_LONG = CONTROL.flatMap((opcode) =>
  [126, 127, 1000, 65535, 65536].map((byteLength) => {
    const name = OPCODES[opcode]?.name ?? '';
    const is = (other: number, length: number) => opcode === other && byteLength === length;
    return failureCase(
      {
        id: `5.5-${name}-of-${byteLength}`,
        title: `A ${name} frame of ${byteLength} bytes`,
        rule: 'control-frame-too-long',
        autobahn: is(OPCODE.ping, 126) ? '2.5' : is(OPCODE.close, 126) ? '7.3.6' : undefined,
      },
      { items: [tooLong(opcode, byteLength)] },
    );
  }),
);

const FRAGMENTED = CONTROL.flatMap((opcode) => {
  const name = OPCODES[opcode]?.name ?? '';
  const rule = 'fragmented-control-frame';
  const first = opcode === OPCODE.close ? close(1000, '', { fin: false }) : frame(opcode, 'fragment1', { fin: false });
  const autobahn = opcode === OPCODE.ping ? '5.1' : opcode === OPCODE.pong ? '5.2' : undefined;
  return [
    failureCase({ id: `5.5-${name}-without-fin`, title: `A ${name} frame without FIN`, rule }, { items: [first] }),
    failureCase(
      { id: `5.5-${name}-in-fragments`, title: `A ${name} frame in two fragments`, rule, autobahn },
      { items: [first, continuation('fragment2')] },
    ),
    failureCase(
      { id: `5.5-${name}-without-fin-in-message`, title: `A ${name} frame without FIN inside a message`, rule },
      { items: [text('fragment1', { fin: false }), first, continuation('fragment2')] },
    ),
  ];
});

/** Pings, pongs, and the rules for every control frame. RFC 6455 §5.5. */
export const CONTROL_FRAMES: readonly ConformanceCase[] = [
  ...PINGED,
  ...PINGED_OFTEN,
  ...UNASKED_PONGS,
  ...TOO_LONG,
  ...FRAGMENTED,
];

/** The length is the only fault: a close frame has a valid code and reason. */
function tooLong(opcode: number, byteLength: number): SentItem {
  return opcode === OPCODE.close
    ? close(1000, hex('2a'.repeat(byteLength - 2)))
    : frame(opcode, repeated('fe', byteLength));
}
