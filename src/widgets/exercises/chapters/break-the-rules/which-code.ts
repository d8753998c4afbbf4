import { formatHex } from '../../../../bytes/hex.ts';
import { decodeFrames } from '../../../../inspector/frame/decode-stream.ts';
import { describeViolation } from '../../../../inspector/frame/describe.ts';
import type { Exercise } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';
import { drawBroken, drawRight, type Sender } from './draw-broken.ts';

const NONE = 'None. No rule is broken.';
const OPTIONS = ['1002, protocol error', '1007, invalid payload data', '1008, policy violation', NONE];

/** Which status code does the receiver send? RFC 6455 §7.4.1. */
export const WHICH_CODE: Exercise = {
  id: 'which-code',
  title: 'Be the receiver: which status code?',
  generate(seed) {
    const random = new SeededRandom(seed);
    const { bytes, sender } = random.below(4) === 0 ? drawKept(random) : drawBroken(random);
    const violation = decodeFrames(bytes, sender).frames.flatMap(({ dump }) => dump.violations)[0];
    const right = OPTIONS.find((option) => option.startsWith(String(violation?.statusCode))) ?? NONE;
    const why = violation === undefined ? 'No frame breaks a rule.' : describeViolation(violation);
    return {
      question: {
        task: `A ${sender} sent these frames. Which status code do you close with?`,
        given: [{ kind: 'bytes', label: 'the bytes', hex: formatHex(bytes) }],
        form: { kind: 'choice', legend: 'Your close frame', options: OPTIONS },
        hint: 'Check the headers first. If all of them are right, look at the bytes of the texts.',
        solution: { steps: [why], answer: [right] },
      },
      verify: ([chosen = '']) =>
        chosen === right
          ? { right: true, sentence: `Right. ${why}` }
          : { right: false, sentence: chosen === NONE ? 'One of the frames breaks a rule.' : `Not that one. ${why}` },
    };
  },
};

function drawKept(random: SeededRandom): { readonly bytes: Uint8Array; readonly sender: Sender } {
  const sender = random.pick(['client', 'server'] as const);
  return { bytes: Uint8Array.of(...drawRight(sender, random), ...drawRight(sender, random)), sender };
}
