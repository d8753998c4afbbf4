import { OPCODE, OPCODES } from '../../protocol/framing/opcode.ts';
import type { ConformanceCase } from '../case.ts';
import { binary, close, continuation, frame, ping, pong, type SentItem, text } from '../frames.ts';
import { hex } from '../payload.ts';
import { failureCase, WRITES } from './forms.ts';

const HELLO = 'Hello, world!';

/** The rule that reserved bits break first, in their order in the byte. */
const rsvRule = (rsv: number) => (rsv & 4 ? 'rsv1-set' : rsv & 2 ? 'rsv2-set' : 'rsv3-set');
const bits = (rsv: number) => rsv.toString(2).padStart(3, '0');

/** Every combination of RSV1, RSV2 and RSV3, on every opcode that the RFC defines. RFC 6455 §5.2. */
const RESERVED_BITS = [1, 2, 3, 4, 5, 6, 7].flatMap((rsv) =>
  OPCODES.filter(({ reserved }) => !reserved).map(({ opcode, name }) =>
    failureCase(
      { id: `5.2-rsv-${bits(rsv)}-${name}`, title: `RSV ${bits(rsv)} on a ${name} frame`, rule: rsvRule(rsv) },
      { items: [...before(opcode), frame(opcode, '', { rsv })] },
    ),
  ),
);

/** The same bits as the Autobahn suite sends them: with payloads, or after a correct message. */
const RESERVED_BITS_WITH_PAYLOAD = [
  text(HELLO, { rsv: 1 }),
  binary(hex('00fffefdfcfb00ff'), { rsv: 5 }),
  binary(HELLO, { rsv: 6 }),
  frame(OPCODE.close, '', { rsv: 7 }),
].map((item) =>
  failureCase(
    {
      id: `5.2-rsv-${bits(item.rsv)}-payload`,
      title: `RSV ${bits(item.rsv)}, with a payload`,
      rule: rsvRule(item.rsv),
      autobahn: `3.${item.rsv}`,
    },
    { items: [item] },
  ),
);

const RESERVED_BITS_BEHIND_MESSAGE = WRITES.map(({ suffix, words, cut }, i) => {
  const rsv = i + 2;
  return failureCase(
    {
      id: `5.2-rsv-${bits(rsv)}-behind-message${suffix}`,
      title: `RSV ${bits(rsv)} after a message${words}`,
      rule: rsvRule(rsv),
      autobahn: `3.${rsv}`,
    },
    {
      items: [text(HELLO), text(HELLO, { rsv }), ping()],
      cut,
      received: [{ opcode: OPCODE.text, payload: { text: HELLO } }],
    },
  );
});

/** The ten reserved opcodes: empty, with a payload, without FIN, and after a message in each way to write it. */
const RESERVED_OPCODES = OPCODES.filter(({ reserved }) => reserved).flatMap(({ opcode, kind }) => {
  const letter = opcode.toString(16).toUpperCase();
  const rule = `reserved-${kind}-opcode`;
  const nth = (opcode & 7) - 2;
  const group = kind === 'data' ? '4.1' : '4.2';
  const alone: readonly [name: string, title: string, item: SentItem, autobahn: string | undefined][] = [
    ['empty', 'empty', frame(opcode, ''), nth === 1 ? `${group}.1` : undefined],
    ['payload', 'with a payload', frame(opcode, 'reserved opcode payload'), nth === 2 ? `${group}.2` : undefined],
    ['without-fin', 'without FIN', frame(opcode, '', { fin: false }), undefined],
  ];
  return [
    ...alone.map(([name, title, item, autobahn]) =>
      failureCase(
        { id: `5.2-opcode-${letter}-${name}`, title: `Opcode ${letter}, ${title}`, rule, autobahn },
        { items: [item] },
      ),
    ),
    ...WRITES.map(({ suffix, words, cut }) =>
      failureCase(
        {
          id: `5.2-opcode-${letter}-behind-message${suffix}`,
          title: `Opcode ${letter} after a message${words}`,
          rule,
          autobahn: nth >= 3 && isAutobahnWrite(nth, suffix) ? `${group}.${nth}` : undefined,
        },
        {
          items: [text(HELLO), frame(opcode, nth === 3 ? '' : HELLO), ping()],
          cut,
          received: [{ opcode: OPCODE.text, payload: { text: HELLO } }],
        },
      ),
    ),
  ];
});

/** Unmasked frames of a client, for each opcode. RFC 6455 §5.1. */
const UNMASKED = [text, binary, ping, pong, continuation].flatMap((make) =>
  ['', 'Hello'].map((payload) => {
    const item = make(payload, { masked: false });
    const name = OPCODES[item.opcode]?.name ?? '';
    return failureCase(
      {
        id: `5.1-unmasked-${name}-${payload === '' ? 'empty' : 'hello'}`,
        title: `An unmasked ${name} frame, ${payload === '' ? 'empty' : 'with a payload'}`,
        rule: 'unmasked-client-frame',
      },
      { items: [...before(item.opcode), item] },
    );
  }),
);

const UNMASKED_OTHERS = [
  failureCase(
    { id: '5.1-unmasked-close', title: 'An unmasked close frame', rule: 'unmasked-client-frame' },
    { items: [close(1000, '', { masked: false })] },
  ),
  failureCase(
    { id: '5.1-unmasked-second', title: 'An unmasked frame after a masked one', rule: 'unmasked-client-frame' },
    {
      items: [text('Hello'), text('Hello', { masked: false })],
      received: [{ opcode: OPCODE.text, payload: { text: 'Hello' } }],
    },
  ),
];

/** Faults in the first two bytes of a header. RFC 6455 §5.1, §5.2. */
export const FRAME_HEADER: readonly ConformanceCase[] = [
  ...RESERVED_BITS,
  ...RESERVED_BITS_WITH_PAYLOAD,
  ...RESERVED_BITS_BEHIND_MESSAGE,
  ...RESERVED_OPCODES,
  ...UNMASKED,
  ...UNMASKED_OTHERS,
];

/** A continuation frame needs an unfinished message, or it would break that rule first. */
function before(opcode: number): SentItem[] {
  return opcode === OPCODE.continuation ? [text('Hello', { fin: false })] : [];
}

/** The Autobahn suite cuts only the last of its opcodes into single bytes. */
function isAutobahnWrite(nth: number, suffix: string): boolean {
  return nth === 5 ? suffix === '-cut-1' : suffix === '';
}
