import { countBytes } from '../../../../text/count.ts';
import type { Exercise } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';

const LIMIT = 4 * 1024 * 1024;
const NAMES = ['A', 'B', 'C'];
const NOBODY = 'nobody';

/** The limit is for each receiver alone, and is compared before the message is added. RFC 6455 §10.4. */
export const WHO_IS_CLOSED: Exercise = {
  id: 'who-is-closed',
  title: 'Who is closed?',
  generate(seed) {
    const random = new SeededRandom(seed);
    const length = 1024 * random.between(1, 900);
    const over = random.below(4);
    const waiting = NAMES.map((_, i) => {
      if (i === over) return LIMIT + random.between(1, 500_000);
      // Below the limit now, and some of them above it with the message.
      return random.below(2) === 0 ? random.below(1_000_000) : LIMIT - random.between(1, Math.min(length, 500_000));
    });
    const right = NAMES[over] ?? NOBODY;
    return {
      question: {
        task: `Our server closes a member if more than ${countBytes(LIMIT)} wait for it when a message comes. Now A sends ${countBytes(length)}. Who is closed with 1008?`,
        given: NAMES.map((name, i) => ({
          kind: 'value' as const,
          label: `waits for ${name}`,
          text: countBytes(waiting[i] ?? 0),
        })),
        form: { kind: 'choice', legend: 'Closed is', options: [...NAMES, NOBODY] },
        hint: 'Compare what waits for each with the limit, before the new message is added. Do not add up the members.',
        solution: {
          steps: [
            right === NOBODY
              ? 'Nothing above the limit waits for any of them. The new message is added, and is compared when the next one comes.'
              : `More than the limit waits for ${right}, and for nobody else.`,
          ],
          answer: [right],
        },
      },
      verify([chosen = '']) {
        if (chosen === right)
          return { right: true, sentence: 'Right. The others get the message, and notice nothing.' };
        const bytes = waiting[NAMES.indexOf(chosen)];
        if (bytes === undefined)
          return { right: false, sentence: 'For one of them more bytes wait than the limit allows.' };
        return {
          right: false,
          sentence: `${countBytes(bytes)} wait for ${chosen}. That is not above the limit yet: the new message counts only when the next one comes.`,
        };
      },
    };
  },
};
