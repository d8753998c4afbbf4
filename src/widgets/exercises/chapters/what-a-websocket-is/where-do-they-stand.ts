import type { Side } from '../../../../lab/loopback.ts';
import { READY_STATES, type ReadyState } from '../../../../protocol/endpoint/ready-state.ts';
import { exampleLife } from '../../../base/life/example-life.ts';
import { arrivalOf, describeLife, livesAt } from '../../../base/life/lives.ts';
import { momentsOf } from '../../../base/life/moment.ts';
import type { Exercise } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';

const STATES = Object.keys(READY_STATES) as ReadyState[];
const SIDES = ['client', 'server'] as const satisfies readonly Side[];

/** Which state is each end in, while something is on the way? RFC 6455 §4.1, §7.1. */
export const WHERE_DO_THEY_STAND: Exercise = {
  id: 'where-do-they-stand',
  title: 'Name both states',
  generate(seed) {
    const random = new SeededRandom(seed);
    const moments = momentsOf(exampleLife());
    // From the request on: before it, one end does not know of the connection.
    const index = random.between(1, moments.length - 1);
    const arrived = random.below(2) === 1;
    const lives = livesAt(moments, arrivalOf(index) - (arrived ? 0 : 1));
    const truth = SIDES.map((side) => lives[side] ?? '');
    const { from, title } = moments[index] ?? { from: 'client', title: '' };
    const to = from === 'client' ? 'server' : 'client';
    const place = arrived ? `has just reached the ${to}` : `is on the way from the ${from} to the ${to}`;
    const why = (side: Side) => {
      const { state, meaning } = describeLife(side, lives[side]);
      return `The ${side} is \`${state}\`: ${meaning}`;
    };
    return {
      question: {
        task: `A connection runs as in the first figure: request, 101, a message, its echo, the client’s close frame, the server’s close frame, the end of TCP. At this instant “${title}” ${place}. Which state is each end in?`,
        given: [{ kind: 'value', label: arrived ? `at the ${to}` : 'on the way', text: `${from}: ${title}` }],
        form: { kind: 'blanks', blanks: SIDES.map((side) => ({ label: `the ${side}`, options: STATES })) },
        hint: 'The sender changes state at once, the receiver only when the bytes arrive.',
        solution: { steps: SIDES.map(why), answer: truth },
      },
      verify(answer) {
        const wrong = SIDES.findIndex((_, side) => answer[side] !== truth[side]);
        const side = SIDES[wrong];
        if (side === undefined) return { right: true, sentence: `Right. ${SIDES.map(why).join(' ')}` };
        const sentence =
          side === to && !arrived
            ? `The ${side} is not ${answer[wrong]}. “${title}” has not reached it yet.`
            : `The ${side} is not ${answer[wrong]}. What was the last thing that it sent or received?`;
        return { right: false, sentence, range: { start: wrong, end: wrong + 1 } };
      },
    };
  },
};
