import type { Exercise } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';

const GONE: Readonly<Record<string, string>> = {
  'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==':
    'The key is gone: a setting proves that the server understands WebSocket.',
  'upgrade: websocket': 'Nothing is switched: the stream is one of many, so there is no Upgrade.',
  'connection: Upgrade': 'HTTP/2 has no Connection header.',
  ':status: 101': 'A stream is answered with 200. HTTP/2 has no 101.',
};
const STAYS = [
  'sec-websocket-version: 13',
  'sec-websocket-protocol: chat',
  'sec-websocket-extensions: permessage-deflate',
  'origin: https://example.org',
  ':protocol: websocket',
  ':path: /chat',
];

/** Which field the handshake over HTTP/2 does not have. RFC 8441 §4, §5. */
export const WHICH_FIELDS: Exercise = {
  id: 'which-fields',
  title: 'Which one is gone?',
  generate(seed) {
    const random = new SeededRandom(seed);
    const gone = random.pick(Object.keys(GONE));
    const options = random.shuffle([gone, ...random.shuffle(STAYS).slice(0, 3)]);
    const why = GONE[gone] ?? '';
    return {
      question: {
        task: 'One of these is never in a WebSocket’s handshake over HTTP/2. Which one?',
        given: [],
        form: { kind: 'choice', legend: 'The field', options },
        hint: 'Which one only switches an HTTP/1.1 connection?',
        solution: { steps: [why], answer: [gone] },
      },
      verify([answer = '']) {
        if (answer === gone) return { right: true, sentence: why };
        const stays = options.includes(answer);
        return {
          right: false,
          sentence: stays ? `${answer} is sent over HTTP/2, too.` : 'Choose one of the four fields.',
        };
      },
    };
  },
};
