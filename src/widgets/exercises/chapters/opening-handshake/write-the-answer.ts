import { joinLines } from '../../../../protocol/handshake/head/example-heads.ts';
import { formatResponseHead } from '../../../../protocol/handshake/head/format-head.ts';
import { parseResponseHead } from '../../../../protocol/handshake/head/parse-head.ts';
import { checkResponse } from '../../../../protocol/handshake/response/check-response.ts';
import { acceptRequest } from '../../../../protocol/handshake/response/respond.ts';
import type { Exercise, Verdict } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';
import { drawRequest, judgeRequest } from './draw-request.ts';

/** Write the whole 101. RFC 6455 §4.2.2. */
export const WRITE_THE_ANSWER: Exercise = {
  id: 'write-the-answer',
  title: 'Write the whole answer',
  generate(seed) {
    const lines = drawRequest(new SeededRandom(seed));
    const judged = judgeRequest(lines);
    if ('refusal' in judged)
      throw new Error(`The request drawn for an exercise is refused: ${judged.refusal.sentence}`);
    const { request } = judged;
    const answer = new TextDecoder().decode(formatResponseHead(acceptRequest(request, {}))).trimEnd();
    return {
      question: {
        task: 'Write the answer that opens the connection: the status line and the headers, each on its own line. Leave out CR LF and the empty line at the end. Compute the accept with your own code, or with the calculator at `/accept/`.',
        given: [{ kind: 'lines', label: 'the request', lines }],
        form: { kind: 'line', label: 'Your response', rows: 5 },
        hint: 'Four lines: status 101, Upgrade, Connection and the accept.',
        solution: { steps: [], answer: [answer] },
      },
      verify: ([given = '']) => judge(given, request.key),
    };
  },
};

/** Judges like a client that offered no subprotocol and no extension. RFC 6455 §4.1. */
function judge(given: string, key: string): Verdict {
  const lines = given
    .trim()
    .split(/\r?\n/)
    .map((line) => line.trimEnd());
  const parsed = parseResponseHead(new TextEncoder().encode(joinLines(...lines)));
  if (parsed.kind === 'incomplete')
    return { right: false, sentence: 'Begin with a status line, such as HTTP/1.1 101 Switching Protocols.' };
  if (parsed.kind === 'refused') return { right: false, sentence: parsed.refusal.sentence };
  const checked = checkResponse(parsed.head, { key, subprotocols: [] });
  if ('refusal' in checked) return { right: false, sentence: checked.refusal.sentence };
  return {
    right: true,
    sentence: 'Right. The client opens the connection, and the next byte is the first of a frame.',
  };
}
