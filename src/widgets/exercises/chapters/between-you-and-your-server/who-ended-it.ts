import type { Exercise } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';

interface Ending {
  readonly cause: string;
  readonly lines: (random: SeededRandom) => readonly string[];
  readonly why: string;
}

const ENDINGS: readonly Ending[] = [
  {
    cause: 'A proxy’s idle timeout',
    lines: (random) => {
      const seconds = random.pick([30, 60, 90, 300]);
      return [
        `the client sees no byte for ${seconds}.0 s, then FIN, and no close frame`,
        `the server sees no byte for ${seconds}.0 s, then ${random.pick(['FIN', 'RST'])}, and no close frame`,
      ];
    },
    why: 'Both sides see an end that neither sent, after a round number of seconds without a byte.',
  },
  {
    cause: 'A proxy was stopped or restarted',
    lines: (random) => [
      `the client sees a frame, and ${random.between(40, 900)} ms later FIN and no close frame`,
      `the server sees a frame, and ${random.between(40, 900)} ms later FIN and no close frame`,
      `all ${random.between(12, 200)} connections end within a second`,
    ],
    why: 'Both sides see an end that neither sent, in the middle of traffic, on all connections at once.',
  },
  {
    cause: 'The server closed on purpose',
    lines: (random) => [
      `the client sees a close frame with ${random.pick([1000, 1001, 1008, 1012])}, answers it, and then sees FIN`,
      'the server sees the close frame that the client answered with',
    ],
    why: 'The close frame came from the server, and the closing handshake is whole.',
  },
  {
    cause: 'The server’s process died',
    lines: (random) => [
      `the client sees a frame, and ${random.between(1000, 9000)} ms later FIN and no close frame`,
      'the server’s own log ends with that frame, and its other connections ended with it',
      'other servers behind the same proxy keep their connections',
    ],
    why: 'Only this server’s connections end, and its log ends with them.',
  },
];

/** Who ended the connection? RFC 6455 §7.1.1, §7.1.5. */
export const WHO_ENDED_IT: Exercise = {
  id: 'who-ended-it',
  title: 'Who ended it?',
  generate(seed) {
    const random = new SeededRandom(seed);
    const ending = random.pick(ENDINGS);
    return {
      question: {
        task: 'You recorded a connection on both sides of a proxy. This is how it ended. What is the likely cause?',
        given: [{ kind: 'lines', label: 'the recording', lines: ending.lines(random) }],
        form: { kind: 'choice', legend: 'The likely cause', options: ENDINGS.map(({ cause }) => cause) },
        hint: 'Ask three questions. Was there a close frame? Was it silent before? Did other connections end, too?',
        solution: { steps: [ending.why], answer: [ending.cause] },
      },
      verify: ([chosen = '']) => {
        if (chosen === ending.cause) return { right: true, sentence: `Right. ${ending.why}` };
        const other = ENDINGS.find(({ cause }) => cause === chosen);
        return {
          right: false,
          sentence: other === undefined ? 'Choose one.' : `It would look different: ${other.why}`,
        };
      },
    };
  },
};
