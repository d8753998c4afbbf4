import { formatHex, formatHexByte } from '../../../../bytes/hex.ts';
import { parseHex } from '../../../../inspector/hex/parse-hex.ts';
import { encodeFrame } from '../../../../protocol/framing/frame.ts';
import { decodeHeader } from '../../../../protocol/framing/header.ts';
import { mask } from '../../../../protocol/framing/masking.ts';
import { OPCODE } from '../../../../protocol/framing/opcode.ts';
import { decodeText, encodeText } from '../../../../text/utf8.ts';
import { drawMaskingKey } from '../../../base/draw-masking-key.ts';
import type { Exercise, Verdict } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';
import { verifyBytes } from '../../verify-bytes.ts';
import { bitsOf } from './bits.ts';

const WORDS = ['Hello', 'wait', 'bytes', 'ready', 'frame', 'ping?', '12:45', 'tea', 'No.', 'Why?'];

/** The payload of a masked frame, byte by byte. RFC 6455 §5.3. */
export const UNMASK_BY_HAND: Exercise = {
  id: 'unmask-by-hand',
  title: 'Take the mask off',
  generate(seed) {
    const random = new SeededRandom(seed);
    const maskingKey = drawMaskingKey(random);
    const frame = encodeFrame({ opcode: OPCODE.text, payload: encodeText(random.pick(WORDS)), maskingKey });
    const { headerLength } = decodeHeader(frame) ?? { headerLength: 0 };
    const onTheWire = frame.subarray(headerLength);
    const payload = mask(onTheWire, maskingKey);
    const key = frame.subarray(headerLength - 4, headerLength);
    return {
      question: {
        task: 'A client sent this frame. Write the bytes of its payload, unmasked.',
        given: [{ kind: 'bytes', label: 'the frame', hex: formatHex(frame) }],
        form: { kind: 'hex', label: 'The payload in hex' },
        hint: 'The frame is two bytes, four bytes of key, and then the payload. Write each payload byte and its key byte as bits, one above the other. If two bits differ, the result is 1.',
        solution: {
          steps: [
            `The key is \`${formatHex(key)}\`. The payload on the wire is \`${formatHex(onTheWire)}\`.`,
            `XORed byte by byte, that is the text \`${decodeText(payload)}\`.`,
          ],
          answer: [formatHex(payload)],
        },
      },
      verify: ([answer = '']) => judge(answer, payload, onTheWire, key),
    };
  },
};

function judge(answer: string, payload: Uint8Array, onTheWire: Uint8Array, key: Uint8Array): Verdict {
  const verdict = verifyBytes(answer, payload);
  if (verdict.right) return { right: true, sentence: `Right: “${decodeText(payload)}”.` };
  const parsed = parseHex(answer);
  const given = 'bytes' in parsed ? parsed.bytes : new Uint8Array(0);
  const at = verdict.range?.start ?? payload.length;
  if (at >= given.length || given.length !== payload.length) return verdict;
  const [wire = 0, keyByte = 0] = [onTheWire[at], key[at % 4]];
  const why =
    given[at] === wire
      ? 'That one is still masked'
      : `On the wire it is ${formatHexByte(wire)}, ${bitsOf(wire)}, and byte ${at % 4} of the key is ${formatHexByte(keyByte)}, ${bitsOf(keyByte)}`;
  return { ...verdict, sentence: `Byte ${at + 1}, ${formatHexByte(given[at] ?? 0)}, is wrong. ${why}.` };
}
