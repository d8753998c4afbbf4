import type { Frame } from '../../../../protocol/framing/frame.ts';
import { FrameReader } from '../../../../protocol/framing/frame-reader.ts';
import { OPCODE, OPCODES } from '../../../../protocol/framing/opcode.ts';
import { DEFAULT_LIMITS } from '../../../../protocol/limits.ts';
import { MessageChecker } from '../../../../protocol/messages/checker.ts';
import { ruleNamed } from '../../../../protocol/rules.ts';
import { escapeText } from '../../../../text/escape-text.ts';
import { encodeText } from '../../../../text/utf8.ts';
import type { Answer, Exercise, Verdict } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';
import { encodeAll } from './draw-stream.ts';

const WORDS = ['Hello there', 'one by one', 'bit by bit', 'to be sent', 'all in all'];
const CHOICES = [0, 1].flatMap((fin) =>
  [OPCODE.continuation, OPCODE.text, OPCODE.binary, OPCODE.ping].map((opcode) => ({
    fin: fin === 1,
    opcode,
    label: `FIN ${fin}, ${OPCODES[opcode]?.name}`,
  })),
);

/** FIN and opcode for each frame of a fragmented message. RFC 6455 §5.4. */
export const FIN_AND_OPCODE: Exercise = {
  id: 'fin-and-opcode',
  title: 'FIN and opcode',
  generate(seed) {
    const random = new SeededRandom(seed);
    const frames = drawFrames(random);
    const names = frames.map((frame, i) => nameOf(frame, i));
    return {
      question: {
        task: 'These frames carry one text message, with a ping among them. Choose FIN and the opcode for each frame.',
        given: [{ kind: 'lines', label: 'in this order', lines: names }],
        form: {
          kind: 'blanks',
          blanks: names.map((label) => ({ label, options: CHOICES.map((choice) => choice.label) })),
        },
        hint: 'The first fragment has the type, the last one ends the message. A control frame is never cut.',
        solution: {
          steps: frames.map((frame, i) => `Frame ${i + 1}: ${labelOf(frame)}.`),
          answer: frames.map(labelOf),
        },
      },
      verify: (answer) => judge(answer, frames),
    };
  },
};

function drawFrames(random: SeededRandom): Frame[] {
  const words = random.pick(WORDS).split(/(?<= )/);
  const last = words.length - 1;
  const fragments = words.map((word, i): Frame => {
    return { opcode: i === 0 ? OPCODE.text : OPCODE.continuation, fin: i === last, payload: encodeText(word) };
  });
  const ping: Frame = { opcode: OPCODE.ping, fin: true, payload: encodeText('?') };
  return fragments.toSpliced(random.between(1, last), 0, ping);
}

function nameOf({ opcode, payload }: Frame, index: number): string {
  const text = escapeText(new TextDecoder().decode(payload));
  return opcode === OPCODE.ping ? `frame ${index + 1}: the ping` : `frame ${index + 1}: “${text}”`;
}

function labelOf({ fin, opcode }: Frame): string {
  return CHOICES.find((choice) => choice.fin === fin && choice.opcode === opcode)?.label ?? '';
}

/** The frames as the answer has them go through the checker. */
function judge(answer: Answer, frames: readonly Frame[]): Verdict {
  const checker = new MessageChecker('server', DEFAULT_LIMITS);
  for (const [i, frame] of frames.entries()) {
    const choice = CHOICES.find(({ label }) => label === answer[i]);
    const wrong = (sentence: string): Verdict => ({ right: false, sentence, range: { start: i, end: i + 1 } });
    if (choice === undefined) return wrong(`Choose FIN and opcode for frame ${i + 1}.`);
    const bytes = encodeAll([{ ...frame, fin: choice.fin, opcode: choice.opcode }]);
    const violation = new FrameReader().push(bytes).flatMap((part) => checker.check(part) ?? [])[0];
    if (violation !== undefined) {
      const requirement = ruleNamed(violation.rule)?.requirement ?? '';
      return wrong(`At frame ${i + 1} the receiver closes with ${violation.statusCode}: ${requirement}`);
    }
    if (choice.opcode !== frame.opcode)
      return wrong(`Frame ${i + 1} breaks no rule, but it is not the frame we asked for.`);
    if (choice.fin !== frame.fin) {
      return wrong(choice.fin ? `The message would end with frame ${i + 1}.` : 'The message would never end.');
    }
  }
  return { right: true, sentence: 'Right. The receiver accepts all frames and delivers one message.' };
}
