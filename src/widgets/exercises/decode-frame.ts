import { bytesOfHex, formatHex, formatHexByte } from '../../bytes/hex.ts';
import { type Field, fieldNamed } from '../../inspector/frame/field.ts';
import { dumpFrame } from '../../inspector/frame/frame-dump.ts';
import { encodeFrame } from '../../protocol/framing/frame.ts';
import { OPCODE, OPCODES } from '../../protocol/framing/opcode.ts';
import { drawMaskingKey } from '../base/draw-masking-key.ts';
import type { Answer, Blank, Exercise, Verdict } from './exercise.ts';
import { SeededRandom } from './random.ts';

const WORDS = ['Hello', 'ping?', 'bit by bit', 'Grüße', 'wait', 'ready', 'frame', '1234567', 'ok', 'to be'];
const KINDS = [OPCODE.text, OPCODE.text, OPCODE.ping, OPCODE.pong, OPCODE.continuation];

/** What the reader fills in, and where in the frame it stands. */
const BLANKS: readonly (Blank & { readonly field: Field['name'] })[] = [
  { label: 'FIN', field: 'FIN', options: ['0', '1'] },
  { label: 'opcode', field: 'opcode', options: OPCODES.filter(({ reserved }) => !reserved).map(({ name }) => name) },
  { label: 'MASK', field: 'MASK', options: ['0', '1'] },
  { label: 'payload length in bytes', field: 'payload length' },
  { label: 'payload, unmasked, as text', field: 'payload data' },
];

/**
 * The exercise "decode this frame": a random one each time, its fields and its text to be found. RFC 6455 §5.2.
 *
 * @param masked whether the frame comes from a client; undefined draws that too
 */
export function decodeFrameExercise(id: string, title: string, masked?: boolean): Exercise {
  return {
    id,
    title,
    generate(seed) {
      const random = new SeededRandom(seed);
      const bytes = drawFrame(random, masked ?? random.below(2) === 1);
      const truth = readFrame(bytes);
      return {
        question: {
          task: 'Decode this frame by hand.',
          given: [{ kind: 'bytes', label: 'the frame', hex: formatHex(bytes) }],
          form: {
            kind: 'blanks',
            blanks: BLANKS.map(({ label, options }) => ({ label, ...(options && { options }) })),
          },
          hint: 'Write the first two bytes as bits. The second one tells whether four bytes of key stand before the payload.',
          solution: {
            steps: dumpFrame(bytes).fields.map(({ name, value, meaning }) => `\`${name}\` ${value}: ${meaning}`),
            answer: truth,
          },
        },
        verify: (answer) => verifyFields(answer, truth, bytes),
      };
    },
  };
}

function drawFrame(random: SeededRandom, masked: boolean): Uint8Array {
  const opcode = random.pick(KINDS);
  const fin = opcode !== OPCODE.text || random.below(3) > 0;
  const payload = new TextEncoder().encode(random.pick(WORDS));
  const maskingKey = masked ? drawMaskingKey(random) : undefined;
  return encodeFrame({ fin, opcode, payload, maskingKey });
}

function readFrame(bytes: Uint8Array): string[] {
  const { fields, payload } = dumpFrame(bytes);
  const text = new TextDecoder().decode(bytesOfHex(payload.hex));
  return BLANKS.map(({ field }) => {
    const value = fieldNamed(fields, field)?.value ?? '';
    if (field === 'payload data') return text;
    return field === 'opcode' ? (OPCODES[Number(value)]?.name ?? '') : String(value);
  });
}

function verifyFields(answer: Answer, truth: readonly string[], bytes: Uint8Array): Verdict {
  const wrong = truth.findIndex((value, index) => value !== answer[index]?.trim());
  const blank = BLANKS[wrong];
  if (blank === undefined) return { right: true, sentence: 'Right: every field, and the text.' };
  const field = fieldNamed(dumpFrame(bytes).fields, blank.field);
  const first = Math.floor((field?.bit ?? 0) / 8);
  const last = Math.floor(((field?.bit ?? 0) + (field?.bits ?? 1) - 1) / 8);
  const place =
    first === last
      ? `Look at byte ${first + 1}, ${formatHexByte(bytes[first] ?? 0)}, ${bitsOf(field, bytes[first] ?? 0)}.`
      : `It stands in bytes ${first + 1} to ${last + 1}${truth[2] === '1' ? ', each XORed with a byte of the key in the four bytes before' : ''}.`;
  const sentence = `${blank.label} is not ${answer[wrong]?.trim() || 'empty'}. ${place}`;
  return { right: false, sentence, range: { start: wrong, end: wrong + 1 } };
}

function bitsOf(field: Field | undefined, byte: number): string {
  const bits = byte.toString(2).padStart(8, '0');
  const from = (field?.bit ?? 0) % 8;
  const count = field?.bits ?? 8;
  return count === 8 ? bits : `in bits ${bits}: ${count === 1 ? 'bit' : 'bits'} ${bits.slice(from, from + count)}`;
}
