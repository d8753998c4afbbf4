import { encodeFrame, type Frame } from '../../../../protocol/framing/frame.ts';
import { OPCODE } from '../../../../protocol/framing/opcode.ts';
import { encodeText } from '../../../../text/utf8.ts';
import type { SeededRandom } from '../../random.ts';

const WORDS = ['Hello', 'Grüße', 'ok', 'frame', '5 €', 'bit', 'ready', 'yes'];

/** Cuts bytes at random places into so many pieces; of few bytes, some pieces are empty. */
export function cutAtRandom(bytes: Uint8Array, pieces: number, random: SeededRandom): Uint8Array[] {
  const cuts = Array.from({ length: pieces - 1 }, () => random.between(0, bytes.length)).sort((a, b) => a - b);
  return [0, ...cuts].map((start, i) => bytes.subarray(start, cuts[i] ?? bytes.length));
}

/** A text message in one frame or in a few, with a ping between them at times. RFC 6455 §5.4. */
export function drawMessage(random: SeededRandom, word = random.pick(WORDS)): Frame[] {
  const pieces = cutAtRandom(encodeText(word), random.between(1, 3), random);
  const frames = pieces.map((payload, i): Frame => {
    return { opcode: i === 0 ? OPCODE.text : OPCODE.continuation, fin: i === pieces.length - 1, payload };
  });
  return random.below(2) === 0 ? frames : frames.toSpliced(1, 0, drawControl(random));
}

function drawControl(random: SeededRandom): Frame {
  const payload = encodeText(random.pick(['', '?', 'hi']));
  return { opcode: random.pick([OPCODE.ping, OPCODE.pong]), payload };
}

/** The frames, one behind the other. */
export function encodeAll(frames: readonly Frame[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(frames.flatMap((frame) => [...encodeFrame(frame)]));
}
