import type { Exercise } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';

const TOOLS = ['fetch', 'Server-sent events', 'WebSocket', 'WebTransport'] as const;
type Tool = (typeof TOOLS)[number];

const CASES: readonly (readonly [story: string, tool: Tool, why: string])[] = [
  [
    'A shop shows how many items are left. The number can be a minute old.',
    'fetch',
    'One request a minute is enough, and nothing has to stay open.',
  ],
  [
    'A form sends an application with two files, once.',
    'fetch',
    'One question and one answer: that is what HTTP does.',
  ],
  [
    'A news page shows headlines as they appear. The reader only reads.',
    'Server-sent events',
    'Only the server sends, only text, and the browser reconnects by itself.',
  ],
  [
    'A build server streams its log, line by line, to everybody who looks at the page.',
    'Server-sent events',
    'Lines of text in one direction are exactly what an event stream is.',
  ],
  [
    'Ten people draw on one board. Each stroke must reach the others at once, and in order.',
    'WebSocket',
    'Both sides send often, and every stroke must arrive in order.',
  ],
  [
    'A chat in which people also see who is typing.',
    'WebSocket',
    'Short messages in both directions, in order, over one connection.',
  ],
  [
    'A shooter sends 60 positions a second. A position that arrives late is useless.',
    'WebTransport',
    'Datagrams can be lost. Over TCP, each lost packet would delay all that follow.',
  ],
  [
    'A player gets a live picture and a sound track. A lost picture must not stop the sound.',
    'WebTransport',
    'Each stream of QUIC waits for its own lost packets only.',
  ],
];
const NOTES: Readonly<Record<Tool, string>> = {
  fetch: 'fetch asks once and gets one answer. The server cannot speak first.',
  'Server-sent events': 'Server-sent events carry text from the server to the page, and nothing back.',
  WebSocket: 'WebSocket delivers everything, in order, in both directions. Here that is too much, or too little.',
  WebTransport:
    'WebTransport needs HTTP/3 on the whole way. Use it if packets can be lost, or streams must not wait for each other.',
};

/** Which interface of the browser fits a task best. */
export const WHICH_TOOL: Exercise = {
  id: 'which-tool',
  title: 'Which one fits?',
  generate(seed) {
    const [story, tool, why] = new SeededRandom(seed).pick(CASES);
    return {
      question: {
        task: `${story} Which is the simplest one that fits?`,
        given: [],
        form: { kind: 'choice', legend: 'Use', options: TOOLS },
        hint: 'Who sends? How often? Does everything have to arrive, and in order?',
        solution: { steps: [why], answer: [tool] },
      },
      verify([answer = '']) {
        if (answer === tool) return { right: true, sentence: why };
        return { right: false, sentence: NOTES[answer as Tool] ?? 'Choose one of the four.' };
      },
    };
  },
};
