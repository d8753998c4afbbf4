import type { Exercise } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';

interface Line {
  readonly line: string;
  /** What the server behind nginx 1.22.1 reads without this line. */
  readonly lines: readonly string[];
  readonly why: string;
}

const NONE = 'None of them: this request opens a WebSocket';

const LINES: readonly Line[] = [
  {
    line: 'proxy_http_version 1.1;',
    lines: ['GET /chat HTTP/1.0', 'Upgrade: websocket', 'Connection: upgrade'],
    why: 'The request says HTTP/1.0, and the handshake needs HTTP/1.1. nginx speaks 1.0 to servers unless a line says otherwise.',
  },
  {
    line: 'proxy_set_header Upgrade $http_upgrade;',
    lines: ['GET /chat HTTP/1.1', 'Connection: upgrade'],
    why: 'There is no Upgrade header. It is a header for one hop, so nginx drops the client’s unless a line sets it again.',
  },
  {
    line: 'proxy_set_header Connection "upgrade";',
    lines: ['GET /chat HTTP/1.1', 'Upgrade: websocket', 'Connection: close'],
    why: 'Connection says close: that is what nginx writes unless a line says otherwise.',
  },
];
const RIGHT = ['GET /chat HTTP/1.1', 'Upgrade: websocket', 'Connection: upgrade'];

/** Which line of the configuration is missing? RFC 9110 §7.6.1, RFC 6455 §4.2.1. */
export const MISSING_LINE: Exercise = {
  id: 'missing-line',
  title: 'Which line is missing?',
  generate(seed) {
    const random = new SeededRandom(seed);
    const missing = random.below(4) === 0 ? undefined : random.pick(LINES);
    const right = missing?.line ?? NONE;
    const why = missing?.why ?? 'The version, Upgrade and Connection are all there.';
    const path = random.pick(['/chat', '/live', '/socket', '/updates', '/game', '/prices']);
    const lines = (missing?.lines ?? RIGHT).map((line) => line.replace('/chat', path));
    return {
      question: {
        task: 'A server behind nginx gets this request. Other lines are left out. Which line is missing in nginx’s configuration?',
        given: [{ kind: 'lines', label: 'what the server reads', lines }],
        form: { kind: 'choice', legend: 'Missing is', options: [...LINES.map(({ line }) => line), NONE], code: true },
        hint: 'A handshake needs three things: HTTP/1.1, an Upgrade header, and a Connection header that names it.',
        solution: { steps: [why], answer: [right] },
      },
      verify: ([chosen = '']) => {
        if (chosen === right) return { right: true, sentence: `Right. ${why}` };
        const other = LINES.find(({ line }) => line === chosen);
        const absent = `Without that line, the server would read: ${other?.lines.join(', ')}.`;
        return { right: false, sentence: other === undefined ? 'No, something is missing in the request.' : absent };
      },
    };
  },
};
