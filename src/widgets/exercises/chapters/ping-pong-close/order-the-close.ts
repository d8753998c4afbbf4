import { bytesOfHex } from '../../../../bytes/hex.ts';
import type { WireMessage } from '../../../../inspector/wire/wire.ts';
import { Loopback } from '../../../../lab/loopback.ts';
import { decodeCloseBody } from '../../../../protocol/closing/close-body.ts';
import { OPCODE } from '../../../../protocol/framing/opcode.ts';
import { EXAMPLE_KEY } from '../../../../protocol/handshake/head/example-heads.ts';
import { encodeText } from '../../../../text/utf8.ts';
import type { Answer, Exercise, Verdict } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';
import { verifyOrder } from '../../verify-bytes.ts';

const CODES = [1000, 3000, 3999, 4000, 4100, 4999];
const SIDES = ['client', 'server'] as const;

/** The closing handshake, put in order. RFC 6455 §7.1. */
export const ORDER_THE_CLOSE: Exercise = {
  id: 'order-the-close',
  title: 'Put the end in order',
  generate(seed) {
    const random = new SeededRandom(seed);
    const side = random.pick(SIDES);
    const code = random.pick(CODES);
    const done = whatHappens(side, code, random.below(2) === 1);
    const items = random.shuffle(done);
    return {
      question: {
        task: `${side === 'client' ? 'The page' : 'The server'} closes with ${code}. Put what happens in order.`,
        given: [],
        form: { kind: 'order', legend: 'First at the top', items },
        hint: 'A side sends no message after its close frame. By the standard, the page gets onclose last.',
        solution: {
          steps: [
            'Each side sends one close frame, and the second repeats the code of the first. The server ends TCP, no matter which side began.',
          ],
          answer: done.map((each) => String(items.indexOf(each))),
        },
      },
      verify: (answer) => judge(answer, done, items),
    };
  },
};

/** Firefox 153 fires onclose at the close frame, before TCP has ended: that order is right too. */
function judge(answer: Answer, done: readonly string[], items: readonly string[]): Verdict {
  const expected = done.map((each) => items.indexOf(each));
  const verdict = verifyOrder(answer, expected, items);
  const [tcpEnds, told] = expected.slice(-2) as [number, number];
  const early = [...expected.slice(0, -2), told, tcpEnds];
  if (verdict.right || !verifyOrder(answer, early, items).right) return verdict;
  return {
    right: true,
    sentence:
      'Right for Firefox 153, which fires onclose at the close frame. By the standard, onclose comes after TCP has ended.',
  };
}

/** What two endpoints of ours do, in order. */
function whatHappens(side: 'client' | 'server', code: number, pings: boolean): string[] {
  const loopback = new Loopback({
    path: '/echo',
    host: 'localhost',
    key: EXAMPLE_KEY,
    nextMaskingKey: () => 0,
    now: () => 0,
    handler: () => {},
  });
  loopback.connect();
  const messages = [
    ...(pings ? loopback.ping('server') : loopback.send(OPCODE.text, encodeText('the last word'), side)),
    ...loopback.close(code, undefined, side),
  ];
  const told = loopback.takeClientEvents().findLast(({ type }) => type === 'close');
  const lines = messages.flatMap(lineOf);
  return told?.type === 'close' ? [...lines, `onclose gives the page ${told.closeCode}`] : lines;
}

function lineOf(message: WireMessage): string[] {
  if (message.type === 'close') return ['the server ends TCP'];
  if (message.type !== 'frame') return [];
  const sender = message.direction === 'in' ? 'the browser' : 'the server';
  const opcode = Number.parseInt(message.hex.slice(1, 2), 16);
  if (opcode === OPCODE.ping) return [`${sender} sends a ping`];
  if (opcode === OPCODE.pong) return [`${sender} sends a pong`];
  if (opcode !== OPCODE.close) return [`${sender} sends its last message`];
  return [`${sender} sends a close frame, ${decodeCloseBody(bytesOfHex(message.payload.hex)).closeCode}`];
}
