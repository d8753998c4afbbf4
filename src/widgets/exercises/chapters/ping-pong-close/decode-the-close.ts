import { formatHex, formatHexByte } from '../../../../bytes/hex.ts';
import { checkCloseBody, decodeCloseBody, encodeCloseBody } from '../../../../protocol/closing/close-body.ts';
import { encodeFrame } from '../../../../protocol/framing/frame.ts';
import { OPCODE } from '../../../../protocol/framing/opcode.ts';
import { ruleNamed } from '../../../../protocol/rules.ts';
import { drawMaskingKey } from '../../../base/draw-masking-key.ts';
import type { Answer, Exercise, Verdict } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';

const LEGAL = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1011, 1012, 1013, 3000, 4000, 4321, 4999];
const ILLEGAL = [999, 1004, 1005, 1006, 1015, 1016, 2000, 5000];
const REASONS = ['bye', 'done', 'too big', 'later', 'going', 'full'];
const SENDERS = ['the client', 'the server'];
const VERDICTS = ['yes', 'no'];

/** Code, reason and sender of a close frame, and whether it may be sent. RFC 6455 §5.5.1, §7.4. */
export const DECODE_THE_CLOSE: Exercise = {
  id: 'decode-the-close',
  title: 'Decode this close',
  generate(seed) {
    const random = new SeededRandom(seed);
    const legal = random.below(3) > 0;
    const statusCode = legal ? random.pick(LEGAL) : random.pick(ILLEGAL);
    const masked = random.below(2) === 1;
    const body = bodyWith(statusCode, random.pick(REASONS));
    const maskingKey = masked ? drawMaskingKey(random) : undefined;
    const frame = encodeFrame({ opcode: OPCODE.close, payload: body, maskingKey });
    const violation = checkCloseBody(body);
    const { closeCode, reason } = decodeCloseBody(body);
    const truth = [
      SENDERS[masked ? 0 : 1] ?? '',
      String(closeCode),
      reason,
      VERDICTS[violation === undefined ? 0 : 1] ?? '',
    ];
    return {
      question: {
        task: 'Which side sent this close frame, what are its code and reason, and may this code be sent at all?',
        given: [{ kind: 'bytes', label: 'the frame', hex: formatHex(frame) }],
        form: {
          kind: 'blanks',
          blanks: [
            { label: 'sent by', options: SENDERS },
            { label: 'status code' },
            { label: 'reason' },
            { label: 'may this code be sent?', options: VERDICTS },
          ],
        },
        hint: 'If the frame is masked, unmask the payload. Its first two bytes are the code, with the more significant byte first.',
        solution: {
          steps: [
            `MASK is ${masked ? 1 : 0}, so it comes from ${truth[0]}.`,
            `The payload is \`${Array.from(body, formatHexByte).join(' ')}\`: the first two bytes are the number ${closeCode}.`,
            (violation && ruleNamed(violation.rule)?.requirement) ?? `${closeCode} may be in a close frame.`,
          ],
          answer: truth,
        },
      },
      verify: (answer) => judge(answer, truth, body),
    };
  },
};

/** Written by hand, for the encoder refuses a code that must not be sent. */
function bodyWith(statusCode: number, reason: string): Uint8Array<ArrayBuffer> {
  const body = encodeCloseBody(1000, reason);
  new DataView(body.buffer).setUint16(0, statusCode);
  return body;
}

function judge(answer: Answer, truth: readonly string[], body: Uint8Array): Verdict {
  const wrong = truth.findIndex((value, i) => value !== answer[i]?.trim());
  if (wrong < 0) return { right: true, sentence: 'Right in all four points.' };
  const [high = 0, low = 0] = body;
  const swapped = String(low * 256 + high);
  const sentences = [
    'Look at the first bit of the second byte. A client masks every frame, a server none.',
    answer[1]?.trim() === swapped
      ? 'Read the two bytes the other way round: the first one counts 256 times as much as the second.'
      : `That is not the code. Unmasked, its bytes are ${formatHexByte(high)} and ${formatHexByte(low)}.`,
    'The reason is the rest of the payload after the code. Unmask it, starting with byte 2 of the key, and read it as UTF-8.',
    'Find the code in the figure of all status codes. A code that must not be sent is struck through there.',
  ];
  return { right: false, sentence: sentences[wrong] ?? '', range: { start: wrong, end: wrong + 1 } };
}
