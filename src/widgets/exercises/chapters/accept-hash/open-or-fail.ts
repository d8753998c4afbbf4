import { computeAccept, encodeKey, NONCE_LENGTH } from '../../../../protocol/handshake/accept/accept-key.ts';
import { joinLines } from '../../../../protocol/handshake/head/example-heads.ts';
import { parseResponseHead } from '../../../../protocol/handshake/head/parse-head.ts';
import type { Refusal } from '../../../../protocol/handshake/head/refusal.ts';
import { checkResponse, type SentRequest } from '../../../../protocol/handshake/response/check-response.ts';
import type { Exercise } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';

const OPENS = 'None. The connection opens.';

/** Each changes a response: some break a rule, and some are only unusual. */
const CHANGES: readonly ((lines: string[], random: SeededRandom) => string[])[] = [
  (lines) => lines,
  (lines) => lines.map((line) => line.replace('Upgrade: websocket', 'upgrade: WebSocket')),
  (lines) => lines.map((line) => line.replace('Connection: Upgrade', 'Connection: keep-alive, upgrade')),
  (lines) => lines.map((line) => line.replace('101 Switching Protocols', '101 Web Socket Protocol Handshake')),
  (lines) => lines.map((line) => line.replace('101 Switching Protocols', '200 OK')),
  (lines) => lines.map((line) => line.replace(/Accept: .*/, (accept) => accept.toLowerCase().replace('a', 'A'))),
  (lines, random) =>
    lines.map((line) => line.replace(/Accept: .*/, `Accept: ${computeAccept(encodeKey(random.bytes(NONCE_LENGTH)))}`)),
  (lines) => [...lines, 'Sec-WebSocket-Protocol: chat, superchat'],
  (lines) => [...lines, 'Sec-WebSocket-Protocol: Chat'],
  (lines) => [...lines, 'Sec-WebSocket-Protocol: superchat'],
  (lines) => [...lines, 'Sec-WebSocket-Extensions: permessage-deflate'],
];

/** Be the client: does this answer open the connection? RFC 6455 §4.1. */
export const OPEN_OR_FAIL: Exercise = {
  id: 'open-or-fail',
  title: 'Be the client',
  generate(seed) {
    const random = new SeededRandom(seed);
    const sent: SentRequest = { key: encodeKey(random.bytes(NONCE_LENGTH)), subprotocols: ['chat', 'superchat'] };
    const plain = [
      'HTTP/1.1 101 Switching Protocols',
      'Upgrade: websocket',
      'Connection: Upgrade',
      `Sec-WebSocket-Accept: ${computeAccept(sent.key)}`,
    ];
    const lines = random.pick(CHANGES)(plain, random);
    const refusal = judgeResponse(lines, sent);
    const wrongLine = refusal === undefined ? OPENS : lineOf(refusal, lines);
    return {
      question: {
        task: 'You are a client. You sent this key, offered the subprotocols `chat, superchat`, and no extension. This is the response. Which line makes you fail the connection?',
        given: [{ kind: 'value', label: 'Sec-WebSocket-Key', text: sent.key }],
        form: { kind: 'choice', legend: 'The response', options: [...lines, OPENS], code: true },
        hint: 'Compute the accept first. Case does not matter in the names of headers, nor in the values of Upgrade and Connection. In a subprotocol it does.',
        solution: {
          steps: [refusal?.sentence ?? 'Every line is right, and so is the accept.'],
          answer: [wrongLine],
        },
      },
      verify([chosen = '']) {
        if (chosen === wrongLine)
          return { right: true, sentence: `Right. ${refusal?.sentence ?? 'The response is right.'}` };
        const sentence =
          chosen === OPENS
            ? 'A client must not open this connection. One line is wrong.'
            : 'That line is right. Check the others; all of them may be right.';
        return { right: false, sentence };
      },
    };
  },
};

function judgeResponse(lines: readonly string[], sent: SentRequest): Refusal | undefined {
  const parsed = parseResponseHead(new TextEncoder().encode(joinLines(...lines)));
  if (parsed.kind === 'incomplete') throw new Error('The response of an exercise has no end.');
  if (parsed.kind === 'refused') return parsed.refusal;
  const checked = checkResponse(parsed.head, sent);
  return 'refusal' in checked ? checked.refusal : undefined;
}

/** The line that a refusal is about: that of its header, or the first. */
function lineOf({ headerName }: Refusal, lines: readonly string[]): string {
  const start = headerName === undefined ? '' : `${headerName}:`.toLowerCase();
  return lines.find((line) => line.toLowerCase().startsWith(start)) ?? '';
}
