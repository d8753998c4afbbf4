import { parseExtension } from '../../../../protocol/extensions/extension-list.ts';
import { checkAnswer } from '../../../../protocol/extensions/permessage-deflate/negotiate.ts';
import { readOffer } from '../../../../protocol/extensions/permessage-deflate/parameters.ts';
import type { Exercise } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';

const NAME = 'permessage-deflate';
const OFFERS = [
  `${NAME}; client_max_window_bits`,
  NAME,
  `${NAME}; server_no_context_takeover`,
  `${NAME}; server_max_window_bits=10`,
  `${NAME}; client_max_window_bits=12`,
  `${NAME}; client_max_window_bits; server_max_window_bits=12`,
];
const ANSWERS = [
  NAME,
  `${NAME}; client_max_window_bits`,
  `${NAME}; client_max_window_bits=10`,
  `${NAME}; client_max_window_bits=15`,
  `${NAME}; server_max_window_bits=9`,
  `${NAME}; server_max_window_bits=11`,
  `${NAME}; server_max_window_bits=16`,
  `${NAME}; server_no_context_takeover`,
  `${NAME}; client_no_context_takeover; client_no_context_takeover`,
  `${NAME}; window=15`,
];
const SHOWN = 4;

/** Which answers a client can accept depends on what it offered. RFC 7692 §7.1. */
export const WHICH_ANSWER: Exercise = {
  id: 'which-answer',
  title: 'Which answer fits the offer?',
  generate(seed) {
    const random = new SeededRandom(seed);
    const offer = random.pick(OFFERS);
    const problems = new Map(ANSWERS.map((answer) => [answer, problemOf(offer, answer)]));
    const fitting = ANSWERS.filter((answer) => problems.get(answer) === undefined);
    const right = random.pick(fitting);
    const wrong = random.shuffle(ANSWERS.filter((answer) => !fitting.includes(answer))).slice(0, SHOWN - 1);
    const options = random.shuffle([right, ...wrong]);
    return {
      question: {
        task: 'A client sends this offer. After which answer does the connection open?',
        given: [{ kind: 'lines', label: 'the request', lines: [`Sec-WebSocket-Extensions: ${offer}`] }],
        form: { kind: 'choice', legend: 'The answer', options: [...options], code: false },
        hint: 'A server must do what the client asked of it. It can limit the client’s window only if the client offered client_max_window_bits.',
        solution: { steps: wrong.map((answer) => `\`${answer}\`: ${problems.get(answer)}`), answer: [right] },
      },
      verify([chosen = '']) {
        if (chosen === right)
          return {
            right: true,
            sentence: 'Right: it contains only what the client offered, and all that the client asked for.',
          };
        return { right: false, sentence: problems.get(chosen) ?? 'Choose one of the answers.' };
      },
    };
  },
};

/** Why the client fails the connection; undefined if it does not. */
function problemOf(offer: string, answer: string): string | undefined {
  const [offered, answered] = [parseExtension(offer), parseExtension(answer)];
  if (offered === undefined || answered === undefined) return 'This answer cannot be parsed.';
  const read = readOffer(offered);
  if ('problem' in read) return read.problem;
  const checked = checkAnswer(answered, [read]);
  return 'problem' in checked ? checked.problem : undefined;
}
