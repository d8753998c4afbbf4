import type { Exercise } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';

/** What becomes of a message to /prices. The test compares them with the check of the server itself. */
export const OUTCOMES: readonly (readonly [message: string, outcome: Outcome])[] = [
  ['{"symbol":"ACME","price":3}', 'sent on'],
  ['{ "price": 3, "symbol": "ACME" }', 'sent on'],
  ['{"price":1e2,"symbol":"B"}', 'sent on'],
  ['{"symbol":"ACME","price":3', '1007'],
  ["{'symbol':'ACME','price':3}", '1007'],
  ['ACME 3', '1007'],
  ['{"symbol":"ACME","price":"3"}', '1008'],
  ['{"symbol":"ACME"}', '1008'],
  ['{"symbol":"acme","price":3}', '1008'],
  ['["ACME",3]', '1008'],
  ['{"symbol":"ACME","price":3,"id":7}', '1008'],
  ['null', '1008'],
];

export type Outcome = 'sent on' | '1007' | '1008';

const BINARY = '{"symbol":"ACME","price":3}';
const WORDS = {
  'sent on': 'it is sent to everybody',
  '1003': 'the sender is closed with 1003',
  '1007': 'the sender is closed with 1007',
  '1008': 'the sender is closed with 1008',
} as const;
const WHY = {
  'sent on': 'It is JSON, and has both fields in the right form and no other.',
  '1003': 'It is a binary message, and this path reads text only. What the bytes say does not matter.',
  '1007': 'It is no JSON: the data does not fit what a message of this path is.',
  '1008': 'It is JSON, but no price: it breaks the rules of this path.',
} as const;

/** A message is checked in three steps: its type, its form, its content. RFC 6455 §7.4.1. */
export const WHAT_BECOMES_OF_IT: Exercise = {
  id: 'what-becomes-of-it',
  title: 'What becomes of it?',
  generate(seed) {
    const random = new SeededRandom(seed);
    const isBinary = random.below(6) === 0;
    const [text, ofText] = random.pick(OUTCOMES);
    const [message, right] = isBinary ? ([BINARY, '1003'] as const) : ([text, ofText] as const);
    return {
      question: {
        task: `A client sends this ${isBinary ? 'binary' : 'text'} message to /prices. What happens?`,
        given: [{ kind: 'lines', label: isBinary ? 'binary message' : 'text message', lines: [message] }],
        form: { kind: 'choice', legend: 'The outcome', options: Object.values(WORDS) },
        hint: 'Ask in this order: is it text? Is it JSON? Does it have a symbol in capital letters, a price that is a number, and nothing else?',
        solution: { steps: [WHY[right]], answer: [WORDS[right]] },
      },
      verify([chosen = '']) {
        if (chosen === WORDS[right]) return { right: true, sentence: `Right. ${WHY[right]}` };
        return { right: false, sentence: `Not so. ${reasonAgainst(chosen, right)}` };
      },
    };
  },
};

function reasonAgainst(chosen: string, right: keyof typeof WORDS): string {
  if (right === 'sent on') return 'Nothing is wrong with this message.';
  if (chosen === WORDS['1003']) return '1003 is for a type of message that the path cannot read.';
  if (chosen === WORDS['1007']) return '1007 is for a text message that is no JSON.';
  if (chosen === WORDS['1008']) return '1008 is for JSON that is no price.';
  return 'The server does not send this message on.';
}
