import { formatHex } from '../../../../bytes/hex.ts';
import type { CloseEvent, Effect } from '../../../../protocol/endpoint/effects.ts';
import { Endpoint } from '../../../../protocol/endpoint/endpoint.ts';
import { encodeFrame } from '../../../../protocol/framing/frame.ts';
import { OPCODE } from '../../../../protocol/framing/opcode.ts';
import { EXAMPLE_KEY } from '../../../../protocol/handshake/head/example-heads.ts';
import { type ClientRequest, createRequest } from '../../../../protocol/handshake/request/request.ts';
import type { Exercise } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';
import { drawBroken, drawRight } from './draw-broken.ts';

const REQUEST = { host: 'localhost', target: '/', key: EXAMPLE_KEY };

/** Which code does the page's close event carry? RFC 6455 §7.1.5. */
export const WHAT_IS_TOLD: Exercise = {
  id: 'what-is-told',
  title: 'Be the browser: which code does the page get?',
  generate(seed) {
    const bytes = drawEnding(new SeededRandom(seed));
    const { closeCode, violation } = endOf(bytes);
    const why =
      violation !== undefined
        ? 'A rule is broken, so the browser fails the connection. The page gets 1006, whatever was on the wire.'
        : closeCode === 1006
          ? 'No close frame arrived, so the code is 1006.'
          : closeCode === 1005
            ? 'The close frame has no status code, so the code is 1005.'
            : `The close frame carries ${closeCode}, so the event does too.`;
    return {
      question: {
        task: 'A server sends these bytes and then ends TCP. The browser follows the RFC strictly. Which `code` does the page’s `close` event have?',
        given: [{ kind: 'bytes', label: 'the bytes', hex: formatHex(bytes) }],
        form: { kind: 'line', label: 'code', numeric: true },
        hint: 'First check whether a rule is broken. If not, look for a close frame and the first two bytes of its payload.',
        solution: { steps: [why], answer: [String(closeCode)] },
      },
      verify: ([answer = '']) =>
        Number(answer) === closeCode && answer.trim() !== ''
          ? { right: true, sentence: `Right. ${why}` }
          : { right: false, sentence: `Not ${answer.trim()}. ${why}` },
    };
  },
};

function drawEnding(random: SeededRandom): Uint8Array {
  const close = (payload: Uint8Array) => encodeFrame({ opcode: OPCODE.close, payload });
  const before = drawRight('server', random);
  const kind = random.below(5);
  if (kind === 0) return before;
  if (kind === 1) return Uint8Array.of(...before, ...close(new Uint8Array(0)));
  if (kind === 2) return drawServerBroken(random);
  const code = random.pick([1000, 1001, 1002, 1011, 3000, 4000 + random.below(1000)]);
  return Uint8Array.of(...before, ...close(Uint8Array.of(code >>> 8, code & 0xff)));
}

function drawServerBroken(random: SeededRandom): Uint8Array {
  for (;;) {
    const { bytes, sender } = drawBroken(random);
    if (sender === 'server') return bytes;
  }
}

/** Our own client is the judge. */
function endOf(bytes: Uint8Array): CloseEvent {
  const client = new Endpoint({ role: 'client', request: REQUEST, nextMaskingKey: () => 0 });
  client.connect();
  const received = [...answerTo(REQUEST), bytes.slice()];
  const effects: Effect[] = [...received.flatMap((chunk) => [...client.receive(chunk)]), ...client.receiveEnd()];
  const events = effects.flatMap((effect) => (effect.type === 'event' ? [effect.event] : []));
  return events.at(-1) as CloseEvent;
}

/** The server's 101. */
function answerTo(request: ClientRequest): Uint8Array[] {
  const effects = new Endpoint({ role: 'server' }).acceptRequest(createRequest(request));
  return effects.flatMap((effect) => (effect.type === 'write' ? [effect.bytes] : []));
}
