import { encodeFrame, type Frame } from '../../../../protocol/framing/frame.ts';
import { LENGTH_IN_16_BITS } from '../../../../protocol/framing/layout.ts';
import { OPCODE } from '../../../../protocol/framing/opcode.ts';
import { encodeText } from '../../../../text/utf8.ts';
import { drawMaskingKey } from '../../../base/draw-masking-key.ts';
import type { SeededRandom } from '../../random.ts';

export type Sender = 'client' | 'server';

const WORDS = ['Hi', 'yes', 'now', 'bit', 'four', 'byte'];
const FORBIDDEN_CODES = [999, 1004, 1005, 1006, 1015, 1016, 2999, 5000];

/** A frame, masked if its sender is a client. */
export function frameOf(
  sender: Sender,
  random: SeededRandom,
  frame: Omit<Frame, 'maskingKey'>,
): Uint8Array<ArrayBuffer> {
  const maskingKey = sender === 'client' ? drawMaskingKey(random) : undefined;
  return encodeFrame({ maskingKey, ...frame });
}

const text = (random: SeededRandom) => encodeText(random.pick(WORDS));
const closeBody = (statusCode: number) => Uint8Array.of(statusCode >>> 8, statusCode & 0xff);

type Draw = (sender: Sender, random: SeededRandom) => Uint8Array;

/** Frames with one mistake each, which shows without any frame before it. */
const BROKEN: readonly Draw[] = [
  (sender, random) =>
    frameOf(sender, random, {
      opcode: OPCODE.text,
      payload: text(random),
      [random.pick(['rsv1', 'rsv2', 'rsv3'])]: true,
    }),
  (sender, random) =>
    frameOf(sender, random, { opcode: random.pick([3, 4, 5, 6, 7, 0xb, 0xc, 0xd, 0xe, 0xf]), payload: text(random) }),
  (sender, random) =>
    frameOf(sender === 'client' ? 'server' : 'client', random, { opcode: OPCODE.text, payload: text(random) }),
  (sender, random) =>
    frameOf(sender, random, { opcode: OPCODE.binary, payload: random.bytes(3), lengthField: LENGTH_IN_16_BITS }),
  (sender, random) => frameOf(sender, random, { opcode: OPCODE.ping, fin: false, payload: text(random) }),
  (sender, random) => frameOf(sender, random, { opcode: OPCODE.continuation, payload: text(random) }),
  // A server's payload can be read as it stands; a client's would have to be unmasked first.
  (_, random) =>
    frameOf('server', random, { opcode: OPCODE.text, payload: Uint8Array.of(...text(random), 0xff, ...text(random)) }),
  (_, random) => frameOf('server', random, { opcode: OPCODE.close, payload: closeBody(random.pick(FORBIDDEN_CODES)) }),
  (_, random) => frameOf('server', random, { opcode: OPCODE.close, payload: Uint8Array.of(3) }),
];

/** From this index on, only a server can be the sender. */
const FIRST_OF_SERVER = 6;

/** Bytes that break one rule in their last frame; a right frame can come before it. */
export function drawBroken(random: SeededRandom): { readonly bytes: Uint8Array; readonly sender: Sender } {
  const which = random.below(BROKEN.length);
  const sender = which >= FIRST_OF_SERVER ? 'server' : random.pick(['client', 'server'] as const);
  const before = random.below(2) === 0 ? new Uint8Array(0) : drawRight(sender, random);
  const broken = (BROKEN[which] as Draw)(sender, random);
  return { bytes: Uint8Array.of(...before, ...broken), sender };
}

/** A right frame, after which any message can begin. */
export function drawRight(sender: Sender, random: SeededRandom): Uint8Array<ArrayBuffer> {
  return frameOf(sender, random, { opcode: random.pick([OPCODE.ping, OPCODE.text]), payload: text(random) });
}
