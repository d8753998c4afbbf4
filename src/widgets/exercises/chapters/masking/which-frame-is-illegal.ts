import { formatHexByte } from '../../../../bytes/hex.ts';
import { decodeFrames } from '../../../../inspector/frame/decode-stream.ts';
import { encodeCloseBody } from '../../../../protocol/closing/close-body.ts';
import { encodeFrame } from '../../../../protocol/framing/frame.ts';
import { OPCODE } from '../../../../protocol/framing/opcode.ts';
import { ruleNamed } from '../../../../protocol/rules.ts';
import { encodeText } from '../../../../text/utf8.ts';
import { drawMaskingKey } from '../../../base/draw-masking-key.ts';
import type { Exercise } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';

type Sender = 'client' | 'server';

/** Frames that are legal if they are masked as their sender must. */
const FRAMES: readonly { readonly opcode: number; readonly payload: Uint8Array }[] = [
  { opcode: OPCODE.text, payload: encodeText('Hi') },
  { opcode: OPCODE.text, payload: encodeText('ok?') },
  { opcode: OPCODE.binary, payload: Uint8Array.of(0, 0, 0, 0) },
  { opcode: OPCODE.ping, payload: new Uint8Array(0) },
  { opcode: OPCODE.pong, payload: encodeText('1') },
  { opcode: OPCODE.close, payload: encodeCloseBody(1000, '') },
  { opcode: OPCODE.text, payload: new Uint8Array(0) },
];
const SHOWN = 4;

/** One of these frames breaks a rule about masks. RFC 6455 §5.1. */
export const WHICH_FRAME_IS_ILLEGAL: Exercise = {
  id: 'which-frame-is-illegal',
  title: 'Which frame breaks a rule?',
  generate(seed) {
    const random = new SeededRandom(seed);
    // The last of these is none of them.
    const illegal = random.below(SHOWN + 1);
    const senders = random.shuffle<Sender>(['client', 'client', 'server', 'server']);
    const frames = random
      .shuffle(FRAMES)
      .slice(0, SHOWN)
      .map((frame, index) => drawFrame(frame, senders[index] ?? 'client', random, index === illegal));
    const options = frames.map(({ sender, bytes }) => optionOf(sender, bytes));
    const violations = frames.map(({ sender, bytes }) => decodeFrames(bytes, sender).frames[0]?.dump.violations[0]);
    const requirementOf = (index: number) => ruleNamed(violations[index]?.rule ?? '')?.requirement;
    const why = requirementOf(illegal) ?? 'Each client masks its frame and each server does not, as they must.';
    return {
      question: {
        task: 'Each of these is a whole frame. At most one of them makes its receiver fail the connection. Which one?',
        given: [],
        form: { kind: 'choice', legend: 'The frames', options: [...options, NONE], code: true },
        hint: 'Look at the first bit of the second byte, and at the sender. The rule holds for control frames and for empty payloads too.',
        solution: { steps: [why], answer: [options[illegal] ?? NONE] },
      },
      verify([chosen = '']) {
        const index = options.indexOf(chosen);
        if (index < 0 && chosen === NONE && illegal === SHOWN) return { right: true, sentence: `Right. ${why}` };
        if (index < 0)
          return {
            right: false,
            sentence: illegal < SHOWN ? 'One of them does break a rule.' : 'Choose one of the answers.',
          };
        const violation = violations[index];
        if (violation === undefined)
          return { right: false, sentence: `That frame breaks no rule. ${secondByte(frames[index])}` };
        const answer = `The receiver fails the connection with ${violation.statusCode}.`;
        return { right: true, sentence: `Right. ${secondByte(frames[index])} ${requirementOf(index)} ${answer}` };
      },
    };
  },
};

const NONE = 'None of them';

interface DrawnFrame {
  readonly sender: Sender;
  readonly bytes: Uint8Array;
}

function drawFrame(frame: (typeof FRAMES)[number], sender: Sender, random: SeededRandom, illegal: boolean): DrawnFrame {
  const masked = (sender === 'client') !== illegal;
  const maskingKey = masked ? drawMaskingKey(random) : undefined;
  return { sender, bytes: encodeFrame({ ...frame, maskingKey }) };
}

function optionOf(sender: Sender, bytes: Uint8Array): string {
  return `${sender}: ${Array.from(bytes, formatHexByte).join(' ')}`;
}

function secondByte(frame: DrawnFrame | undefined): string {
  const second = frame?.bytes[1] ?? 0;
  const bit = second >>> 7;
  return `Byte 2 is ${formatHexByte(second)}: MASK is ${bit}, in a frame from a ${frame?.sender}.`;
}
