import { encodeFrame } from '../../../../protocol/framing/frame.ts';
import { OPCODE } from '../../../../protocol/framing/opcode.ts';
import { drawMaskingKey } from '../../../base/draw-masking-key.ts';
import type { BrokenBytes } from '../../pick-violation.ts';
import type { SeededRandom } from '../../random.ts';

const WORDS = ['Hi', 'Hello', 'frame', 'bit by bit'];
const RESERVED = [0x3, 0x4, 0x5, 0x6, 0x7, 0xb, 0xc, 0xd, 0xe, 0xf];

/** A short frame with one thing wrong in its header. RFC 6455 §5.1, §5.2, §5.5. */
export function drawBrokenHeader(random: SeededRandom): BrokenBytes {
  const sender = random.pick(['client', 'server'] as const);
  const right = {
    opcode: OPCODE.text as number,
    payload: new TextEncoder().encode(random.pick(WORDS)),
    maskingKey: sender === 'client' ? drawMaskingKey(random) : undefined,
  };
  const mistakes = [
    { rsv1: true },
    { rsv2: true },
    { rsv3: true },
    { opcode: random.pick(RESERVED) },
    { opcode: OPCODE.ping, fin: false },
    { maskingKey: sender === 'client' ? undefined : drawMaskingKey(random) },
    { lengthField: 126 },
    { lengthField: 127 },
  ];
  return { bytes: encodeFrame({ ...right, ...random.pick(mistakes) }), sender };
}
