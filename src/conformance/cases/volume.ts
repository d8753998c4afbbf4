import { OPCODE } from '../../protocol/framing/opcode.ts';
import type { ConformanceCase, ExpectedItem } from '../case.ts';
import { fragments, frame, type SentItem } from '../frames.ts';
import { repeated } from '../payload.ts';
import { echoCase } from './forms.ts';

const KIB = 1024;
const MIB = 1024 * KIB;
const LARGE = 'Messages of any size come back whole, however they are cut.';
const IN_ORDER = 'Messages come back one by one and in order.';

/** A server may set limits on the size and the number of fragments. RFC 6455 §10.4. */
const DECLINED = { declinedWith: [1008, 1009] };

const KINDS = [
  { name: 'text', opcode: OPCODE.text, pattern: '4241736437266a683233', plain: '2a', first: 1 },
  { name: 'binary', opcode: OPCODE.binary, pattern: '00fe23faf0', plain: 'fe', first: 2 },
] as const;

const SIZES = [64 * KIB, 256 * KIB, MIB, 4 * MIB, 8 * MIB, 16 * MIB];
const FRAGMENTS = [64, 256, KIB, 4 * KIB, 16 * KIB, 64 * KIB, 256 * KIB, MIB, 4 * MIB];
const CHOPS = [64, 128, 256, 512, 1024, 2048];
const EXCHANGED = [0, 16, 64, 256, 1024, 4096];

/** Sections 9.1 and 9.2 of the Autobahn suite, which alternate between text and binary. */
const WHOLE = KINDS.flatMap(({ name, opcode, pattern, first }) =>
  SIZES.map((byteLength, i) =>
    large(`${name}-${byteLength}`, `A ${name} message of ${sizeOf(byteLength)}`, `9.${first}.${i + 1}`, 'whole', [
      frame(opcode, repeated(pattern, byteLength)),
    ]),
  ),
);

const IN_FRAGMENTS = KINDS.flatMap(({ name, opcode, plain, first }) =>
  FRAGMENTS.map((fragmentBytes, i) =>
    large(
      `${name}-4-mib-in-${fragmentBytes}`,
      `A ${name} message of 4 MiB in fragments of ${sizeOf(fragmentBytes)}`,
      `9.${first + 2}.${i + 1}`,
      'whole',
      // In the Autobahn suite, only the first case of each group has another byte.
      [fragments(opcode, repeated(i === 0 ? plain : '2a', 4 * MIB), fragmentBytes)],
    ),
  ),
);

const CHOPPED = KINDS.flatMap(({ name, opcode, pattern, first }) =>
  CHOPS.map((cut, i) =>
    large(
      `${name}-1-mib-cut-${cut}`,
      `A ${name} message of 1 MiB, cut every ${cut} bytes`,
      `9.${first + 4}.${i + 1}`,
      cut,
      [frame(opcode, repeated(pattern, MIB))],
    ),
  ),
);

const IN_A_ROW = KINDS.flatMap(({ name, opcode, first }) =>
  EXCHANGED.map((byteLength, i) => {
    const item = frame(opcode, repeated(opcode === OPCODE.text ? '2a' : 'fe', byteLength));
    const received: ExpectedItem = { opcode, payload: item.payload, times: 1000 };
    return echoCase(
      {
        id: `6.2-thousand-${name}-${byteLength}`,
        title: `1,000 ${name} messages of ${byteLength} bytes, each sent after the previous one came back`,
        section: '6.2',
        requirement: IN_ORDER,
        autobahn: `9.${first + 6}.${i + 1}`,
        heavy: true,
      },
      { steps: [{ type: 'exchange', item, times: 1000 }], received: [received] },
    );
  }),
);

const AUTO_FRAGMENTED = echoCase(
  {
    id: '5.4-text-65536-in-1300',
    title: 'A text of 64 KiB in fragments of 1,300 bytes',
    section: '5.4',
    requirement: LARGE,
    autobahn: '10.1.1',
  },
  { items: [fragments(OPCODE.text, repeated('2a', 64 * KIB), 1300)] },
  DECLINED,
);

/** Large messages, and many of them. RFC 6455 §5.4, §6.2. */
export const VOLUME: readonly ConformanceCase[] = [...WHOLE, ...IN_FRAGMENTS, ...CHOPPED, ...IN_A_ROW, AUTO_FRAGMENTED];

function large(
  name: string,
  title: string,
  autobahn: string,
  cut: 'whole' | number,
  items: readonly SentItem[],
): ConformanceCase {
  const text = { id: `6.2-large-${name}`, title, section: '6.2', requirement: LARGE, autobahn, heavy: true };
  return echoCase(text, { items, cut }, DECLINED);
}

function sizeOf(byteLength: number): string {
  if (byteLength >= MIB) return `${byteLength / MIB} MiB`;
  return byteLength >= KIB ? `${byteLength / KIB} KiB` : `${byteLength} bytes`;
}
