import { formatHex } from '../../../../bytes/hex.ts';
import type { Frame } from '../../../../protocol/framing/frame.ts';
import { OPCODE } from '../../../../protocol/framing/opcode.ts';
import { DEFAULT_LIMITS } from '../../../../protocol/limits.ts';
import { Receiver } from '../../../../protocol/messages/receiver.ts';
import { decodeText, encodeText } from '../../../../text/utf8.ts';
import type { Exercise } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';
import { verifyOrder } from '../../verify-bytes.ts';
import { encodeAll } from './draw-stream.ts';

const PAIRS = [
  ['Hello', 'again'],
  ['first', 'second'],
  ['ready', 'go'],
] as const;

/** What does the server do first? RFC 6455 §5.4, §5.5.2. */
export const PONG_OR_MESSAGE: Exercise = {
  id: 'pong-or-message',
  title: 'Pong or message first?',
  generate(seed) {
    const random = new SeededRandom(seed);
    const frames = drawFrames(random);
    const done = whatServerDoes(frames);
    const items = random.shuffle(done);
    const expected = done.map((each) => items.indexOf(each));
    return {
      question: {
        task: 'A client’s frames arrived in one read, masked with zeros so that you can read them. Put the server’s actions in order.',
        given: [{ kind: 'bytes', label: 'the read', hex: formatHex(encodeAll(frames)) }],
        form: { kind: 'order', legend: 'First at the top', items },
        hint: 'The handler gets a message with its last fragment. The server acts on a control frame at once.',
        solution: {
          steps: ['The server goes through the frames once, from left to right.'],
          answer: expected.map(String),
        },
      },
      verify: (answer) => verifyOrder(answer, expected, items),
    };
  },
};

function drawFrames(random: SeededRandom): Frame[] {
  const [a, b] = random.pick(PAIRS);
  const cut = random.between(1, a.length - 1);
  const frame = (opcode: number, text: string, fin = true): Frame => {
    return { opcode, fin, payload: encodeText(text), maskingKey: 0 };
  };
  const ping = frame(OPCODE.ping, String(random.between(1, 9)));
  const inside = random.below(3) > 0;
  const fragmented = [
    frame(OPCODE.text, a.slice(0, cut), false),
    ...(inside ? [ping] : []),
    frame(OPCODE.continuation, a.slice(cut)),
    ...(inside ? [] : [ping]),
  ];
  const whole = frame(OPCODE.text, b);
  const messages = random.below(2) === 0 ? [...fragmented, whole] : [whole, ...fragmented];
  return [...messages, frame(OPCODE.close, '')];
}

/** What the server's receiver finds in the read, in order, and what follows from each. RFC 6455 §5.5, §6.2. */
function whatServerDoes(frames: readonly Frame[]): string[] {
  const receiver = new Receiver('client', DEFAULT_LIMITS);
  receiver.feed(encodeAll(frames));
  const done: string[] = [];
  for (let found = receiver.next(); found !== undefined; found = receiver.next()) {
    if ('rule' in found) throw new Error(`the drawn frames break ${found.rule}`);
    if (found.opcode === OPCODE.ping) done.push('it sends a pong');
    else if (found.opcode === OPCODE.close) done.push('it answers the close frame', 'it ends TCP');
    else done.push(`it gives its handler “${decodeText(found.payload)}”`);
  }
  return done;
}
