import type { Exercise } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';

const STEPS = [
  'Both agree on h2 in the TLS handshake (ALPN)',
  'The server sends SETTINGS with ENABLE_CONNECT_PROTOCOL = 1',
  'The client sends HEADERS with :method CONNECT and :protocol websocket',
  'The server sends HEADERS with :status 200',
  'The client sends DATA with a masked frame in it',
] as const;

/** What happens until the first message, over HTTP/2. RFC 8441 §3, §4. */
export const ORDER_THE_OPENING: Exercise = {
  id: 'order-the-opening',
  title: 'Open a WebSocket over HTTP/2',
  generate(seed) {
    const items = new SeededRandom(seed).shuffle(STEPS);
    const answer = STEPS.map((step) => String(items.indexOf(step)));
    return {
      question: {
        task: 'Put the steps in order, the first one on top.',
        given: [],
        form: { kind: 'order', legend: 'The steps', items },
        hint: 'A client must not ask before it knows that the server allows it.',
        solution: {
          steps: ['TLS comes first, then the setting, the request, the answer, and the frames.'],
          answer,
        },
      },
      verify(given) {
        const wrong = answer.findIndex((item, i) => item !== given[i]);
        if (wrong === -1)
          return { right: true, sentence: 'The setting comes before the CONNECT. The frames are masked as usual.' };
        return {
          right: false,
          sentence: `Step ${wrong + 1} is not in its place yet.`,
          range: { start: wrong, end: wrong + 1 },
        };
      },
    };
  },
};
