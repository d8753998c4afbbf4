import { formatHex } from '../../../../bytes/hex.ts';
import { closeAct } from '../../../../lab/closing-acts.ts';
import { Loopback } from '../../../../lab/loopback.ts';
import { encodeFrame } from '../../../../protocol/framing/frame.ts';
import { OPCODE } from '../../../../protocol/framing/opcode.ts';
import { EXAMPLE_KEY } from '../../../../protocol/handshake/head/example-heads.ts';
import type { Exercise, Given, Verdict } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';

const LEGAL = [1001, 1008, 1011, 1012, 1013, 3999, 4000, 4400];
/** Chromium 153 fails on these. It passes on others that must not be sent, such as 1004: content/recordings. */
const ILLEGAL = [1005, 1006, 1015];

/** One way to end, and what becomes of it. */
interface Ending {
  readonly task: string;
  readonly given: readonly Given[];
  readonly run: (loopback: Loopback) => void;
  readonly why: string;
}

/** What will onclose report? RFC 6455 §7.1.5. */
export const WHICH_CODE_IS_TOLD: Exercise = {
  id: 'which-code-is-told',
  title: 'Which code does the page get?',
  generate(seed) {
    const ending = drawEnding(new SeededRandom(seed));
    const told = toldCode(ending);
    return {
      question: {
        task: `${ending.task} Which \`code\` does the page’s \`onclose\` report in Chromium?`,
        given: ending.given,
        form: { kind: 'line', label: 'code', numeric: true },
        hint: 'It is the code in the server’s close frame, if that code may be there. Otherwise it is 1005 or 1006.',
        solution: { steps: [ending.why], answer: [String(told)] },
      },
      verify: ([typed = '']) => judge(typed, told, ending),
    };
  },
};

function drawEnding(random: SeededRandom): Ending {
  switch (random.below(4)) {
    case 0: {
      const code = random.pick(LEGAL);
      return fromServer(code, 'The code may be sent, so the page gets it unchanged.');
    }
    case 1: {
      const code = random.pick(ILLEGAL);
      return fromServer(
        code,
        `${code} must not be in a frame. Chromium 153 fails the connection, and the page gets 1006. (Firefox 153 passes ${code} on.)`,
      );
    }
    case 2: {
      const frame = encodeFrame({ opcode: OPCODE.close, payload: new Uint8Array(0) });
      return {
        task: 'The server sends this frame, and the browser answers it.',
        given: [{ kind: 'bytes', label: 'the frame', hex: formatHex(frame) }],
        run: (loopback) => loopback.sendRaw('server', frame),
        why: 'The close frame has no payload, so there is no code. 1005 says that.',
      };
    }
    default: {
      const code = random.pick([1000, 3000, 4000, 4999]);
      return {
        task: `The page calls \`ws.close(${code})\`. The server ends TCP without an answer.`,
        given: [],
        run: (loopback) => loopback.endTcp('server'),
        why: 'The page gets the code of the close frame that arrived, not of the one it sent. None arrived, so it gets 1006.',
      };
    }
  }
}

function fromServer(code: number, why: string): Ending {
  const { behavior } = closeAct(code);
  const [frame = new Uint8Array(0)] = behavior.kind === 'frames' ? behavior.frames() : [];
  return {
    task: 'The server sends this frame.',
    given: [{ kind: 'bytes', label: 'the frame', hex: formatHex(frame) }],
    run: (loopback) => loopback.sendRaw('server', frame),
    why,
  };
}

/** What our own client is told. */
function toldCode({ run }: Ending): number {
  const loopback = new Loopback({
    path: '/echo',
    host: 'localhost',
    key: EXAMPLE_KEY,
    nextMaskingKey: () => 0,
    now: () => 0,
  });
  loopback.connect();
  run(loopback);
  const close = loopback.takeClientEvents().find(({ type }) => type === 'close');
  return close?.type === 'close' ? close.closeCode : 0;
}

function judge(typed: string, told: number, { why, given }: Ending): Verdict {
  if (typed.trim() === String(told)) return { right: true, sentence: `Right. ${why}` };
  const [frame] = given;
  if (!/^\d+$/.test(typed.trim())) return { right: false, sentence: 'Write a number of four digits.' };
  if (told === 1006) {
    const sent =
      frame === undefined ? 'No close frame arrived from the server.' : 'Read the code in the frame. May it be sent?';
    return { right: false, sentence: `That is not it. ${sent}` };
  }
  return { right: false, sentence: 'That is not it. Read bytes 3 and 4 of the frame, if it has them.' };
}
