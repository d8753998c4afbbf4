import type { Exercise } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';
import { drawRequest, judgeRequest, nameOfLine } from './draw-request.ts';

type Change = (lines: string[]) => string[];

const without =
  (name: string): Change =>
  (lines) =>
    lines.filter((line) => nameOfLine(line) !== name);
const replaced =
  (from: string | RegExp, to: string): Change =>
  (lines) =>
    lines.map((line) => line.replace(from, to));

/** Each breaks a rule. */
const HARM: readonly Change[] = [
  replaced(/^GET/, 'POST'),
  replaced('HTTP/1.1', 'HTTP/1.0'),
  without('host'),
  without('upgrade'),
  replaced('Upgrade: websocket', 'Upgrade: h2c'),
  without('connection'),
  replaced('Connection: Upgrade', 'Connection: keep-alive'),
  without('sec-websocket-key'),
  replaced(/Key: .{4}/, 'Key: '),
  replaced('Version: 13', 'Version: 8'),
  without('sec-websocket-version'),
];

/** Each looks odd and breaks no rule. */
const NO_HARM: readonly Change[] = [
  replaced('Connection: Upgrade', 'Connection: keep-alive, Upgrade'),
  replaced('Upgrade: websocket', 'upgrade: WebSocket'),
  replaced('Sec-WebSocket-Key', 'sec-websocket-key'),
  (lines) => [...lines, 'Origin: http://localhost:8080'],
  (lines) => [...lines, 'Sec-WebSocket-Extensions: permessage-deflate'],
  (lines) => [...lines, 'X-Note: a: b'],
];

/** Which status answers this request? RFC 6455 §4.2.1. */
export const WHICH_STATUS: Exercise = {
  id: 'which-status',
  title: 'Be the server: which status?',
  generate(seed) {
    const random = new SeededRandom(seed);
    const changes = [
      ...random.shuffle(NO_HARM).slice(0, random.below(3)),
      ...random.shuffle(HARM).slice(0, random.pick([0, 1, 1, 2])),
    ];
    const [first = '', ...headers] = changes.reduce((lines, change) => change(lines), drawRequest(random));
    const lines = [first, ...random.shuffle(headers)];
    const judged = judgeRequest(lines);
    const status = 'refusal' in judged ? judged.refusal.httpStatus : 101;
    const why =
      'refusal' in judged ? judged.refusal.sentence : 'The request breaks no rule, even if some lines look odd.';
    return {
      question: {
        task: 'This request arrives for a path that you serve. Which status do you answer? If several rules are broken, the first one in the chapter’s table decides.',
        given: [{ kind: 'lines', label: 'the request', lines }],
        form: { kind: 'line', label: 'Status', numeric: true },
        hint: 'Check in this order: method, HTTP version, Host, Upgrade, Connection, key, WebSocket version. The answer is 101, 400, 405 or 426.',
        solution: { steps: [why], answer: [String(status)] },
      },
      verify: ([answer = '']) =>
        Number(answer) === status
          ? { right: true, sentence: `Right. ${why}` }
          : { right: false, sentence: `Not ${answer.trim()}. ${why}` },
    };
  },
};
