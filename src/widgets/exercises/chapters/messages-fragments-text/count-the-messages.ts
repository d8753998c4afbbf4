import { formatHex } from '../../../../bytes/hex.ts';
import { decodeFrames } from '../../../../inspector/frame/decode-stream.ts';
import { describeFrame } from '../../../../inspector/frame/describe.ts';
import { FrameReader } from '../../../../protocol/framing/frame-reader.ts';
import { isControlOpcode } from '../../../../protocol/framing/opcode.ts';
import { MessageAssembler } from '../../../../protocol/messages/assembler.ts';
import type { Exercise, Verdict } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';
import { drawMessage, encodeAll } from './draw-stream.ts';

/** How many messages are in these bytes? RFC 6455 §5.4, §6.2. */
export const COUNT_THE_MESSAGES: Exercise = {
  id: 'count-the-messages',
  title: 'Count the messages',
  generate(seed) {
    const random = new SeededRandom(seed);
    const bytes = encodeAll(Array.from({ length: random.between(2, 4) }, () => drawMessage(random)).flat());
    const counts = countIn(bytes);
    return {
      question: {
        task: 'These frames from a server arrived in one TCP read. How many messages does the program get?',
        given: [{ kind: 'bytes', label: 'the read', hex: formatHex(bytes) }],
        form: { kind: 'line', label: 'Messages', numeric: true },
        hint: 'The second byte of each frame says how many bytes follow.',
        solution: {
          steps: decodeFrames(bytes, 'server').frames.map(
            ({ offset, dump }) => `Byte ${offset + 1}: ${describeFrame(dump)}.`,
          ),
          answer: [String(counts.messages)],
        },
      },
      verify: ([typed = '']) => judge(typed.trim(), counts),
    };
  },
};

interface Counts {
  readonly messages: number;
  readonly frames: number;
  readonly control: number;
  /** Where each frame begins, counted from 1. */
  readonly starts: readonly number[];
}

function countIn(bytes: Uint8Array): Counts {
  const assembler = new MessageAssembler();
  const whole = new FrameReader().push(bytes.slice()).flatMap((part) => assembler.push(part) ?? []);
  const control = whole.filter(({ opcode }) => isControlOpcode(opcode)).length;
  const starts = decodeFrames(bytes, 'server').frames.map(({ offset }) => offset + 1);
  return { messages: whole.length - control, frames: starts.length, control, starts };
}

function judge(typed: string, { messages, frames, control, starts }: Counts): Verdict {
  const wrong = (sentence: string): Verdict => ({ right: false, sentence });
  if (!/^\d+$/.test(typed)) return wrong('Write a number.');
  const given = Number(typed);
  if (given === messages) return { right: true, sentence: `Right: ${frames} frames, ${messages} messages.` };
  if (given === frames) return wrong(`There are ${frames} frames, but not each of them is a message.`);
  if (given === messages + control) return wrong('A ping or a pong is not a message.');
  if (given === frames - control)
    return wrong('A frame with FIN 0 does not end its message. A later frame continues it.');
  return wrong(`Not quite. The frames begin at bytes ${starts.join(', ')}. Count those that end a message.`);
}
