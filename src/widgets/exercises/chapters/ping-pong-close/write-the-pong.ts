import { formatHex } from '../../../../bytes/hex.ts';
import { Endpoint } from '../../../../protocol/endpoint/endpoint.ts';
import { encodeFrame } from '../../../../protocol/framing/frame.ts';
import { OPCODE } from '../../../../protocol/framing/opcode.ts';
import { EXAMPLE_REQUEST } from '../../../../protocol/handshake/head/example-heads.ts';
import { encodeText } from '../../../../text/utf8.ts';
import { drawMaskingKey } from '../../../base/draw-masking-key.ts';
import type { Exercise, Verdict } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';
import { verifyFrame } from '../../verify-bytes.ts';

const PAYLOADS = ['', 'hi', 'abc', 'ok?', '42', 'still', 'you?'];

/** The pong for a ping of a client. RFC 6455 §5.5.2, §5.5.3. */
export const WRITE_THE_PONG: Exercise = {
  id: 'write-the-pong',
  title: 'Answer this ping',
  generate(seed) {
    const random = new SeededRandom(seed);
    const maskingKey = drawMaskingKey(random);
    const ping = encodeFrame({ opcode: OPCODE.ping, payload: encodeText(random.pick(PAYLOADS)), maskingKey });
    const pong = answerOf(ping);
    return {
      question: {
        task: 'A client sent this ping. You are the server. Write the whole frame that answers it, in hex.',
        given: [{ kind: 'bytes', label: 'the ping', hex: formatHex(ping) }],
        form: { kind: 'hex', label: 'Your pong' },
        hint: 'Unmask the payload first: XOR byte i with byte i mod 4 of the key. The server’s pong is not masked.',
        solution: {
          steps: [
            'FIN and opcode A make the first byte.',
            'The second byte is just the length, because MASK is 0.',
            'The ping’s payload follows, unmasked.',
          ],
          answer: [formatHex(pong)],
        },
      },
      verify: ([typed = '']) => judge(typed, ping, pong),
    };
  },
};

/** What the server's own endpoint writes. */
function answerOf(ping: Uint8Array): Uint8Array {
  const server = new Endpoint({ role: 'server' });
  const written = [encodeText(EXAMPLE_REQUEST), ping.slice()].map((bytes) =>
    [...server.receive(bytes)].flatMap((effect) => (effect.type === 'write' ? [effect.bytes] : [])),
  );
  return written[1]?.[0] ?? new Uint8Array(0);
}

/** A mistake that many make is named before the byte is. */
function judge(typed: string, ping: Uint8Array, pong: Uint8Array): Verdict {
  const verdict = verifyFrame(typed, pong);
  if (verdict.right || verdict.range === undefined) return verdict;
  const bytes = typed.replace(/[^0-9a-f]/gi, '').toLowerCase();
  if (bytes === formatHex(ping)) return { ...verdict, sentence: `${verdict.sentence} This is the ping itself.` };
  if (bytes.slice(2) === formatHex(ping).slice(2)) {
    return { ...verdict, sentence: `${verdict.sentence} You send it back masked, but a server never masks.` };
  }
  return verdict;
}
