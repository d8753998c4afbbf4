import type { Exercise } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';

const STATES = {
  there: 'Redis is there.',
  away: 'Redis is away. It comes back a minute later.',
  slow: 'Redis stands still for five seconds, and then goes on. Meanwhile no other message is sent.',
} as const;
const OPTIONS = {
  all: 'all four, at once or nearly so',
  later: 'those at the sender’s companion at once, the others later',
  own: 'only those at the sender’s companion',
  others: 'all but the sender',
} as const;
const RIGHT = { there: 'all', away: 'own', slow: 'later' } as const;
const WHY = {
  there: 'The sender’s companion delivers it at once, and Redis carries it to the other.',
  away: 'The sender’s companion delivers it at once. Nothing is kept for the other.',
  slow: 'The sender’s companion delivers it at once. The message waits for Redis, far below the limit.',
} as const;

/** A companion delivers to its own members first, and to the others at most once. */
export const WHO_HEARS_IT: Exercise = {
  id: 'who-hears-it',
  title: 'Who hears it?',
  generate(seed) {
    const random = new SeededRandom(seed);
    const state = random.pick(['there', 'away', 'slow'] as const);
    const [sender, other] = random.shuffle([8080, 8081]);
    const right = OPTIONS[RIGHT[state]];
    return {
      question: {
        task: `Two companions share one Redis, and each has two members. ${STATES[state]} A member at port ${sender} says hello. Who hears it?`,
        given: [
          { kind: 'value', label: 'the sender is at port', text: String(sender) },
          { kind: 'value', label: 'the other companion', text: String(other) },
        ],
        form: { kind: 'choice', legend: 'It is heard by', options: random.shuffle(Object.values(OPTIONS)) },
        hint: 'A companion never waits for Redis. What it keeps for Redis depends on whether Redis is there.',
        solution: { steps: [WHY[state]], answer: [right] },
      },
      verify([chosen = '']) {
        if (chosen === right) return { right: true, sentence: `Right. ${WHY[state]}` };
        if (chosen === OPTIONS.others) return { right: false, sentence: 'The sender gets its own message, as always.' };
        if (chosen === OPTIONS.later)
          return { right: false, sentence: 'That is so if a message has to wait for Redis.' };
        if (chosen === OPTIONS.own)
          return { right: false, sentence: 'That is so while Redis is away: nothing is kept then.' };
        return { right: false, sentence: 'That takes a Redis which is there, and not too slow.' };
      },
    };
  },
};
