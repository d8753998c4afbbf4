import type { Exercise } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';

const COMPANIES = ['example.org', 'example.com', 'example.net'];
const OTHERS = ['blog', 'help', 'old', 'test'];

/** From which page does a cookie with SameSite go along? */
export const WHERE_THE_COOKIE_GOES: Exercise = {
  id: 'where-the-cookie-goes',
  title: 'Where does the cookie go?',
  generate(seed) {
    const random = new SeededRandom(seed);
    const company = random.pick(COMPANIES);
    const sameSite = random.pick(['Lax', 'Strict']);
    const sub = random.pick(OTHERS);
    const right = `https://${sub}.${company}`;
    const sentences: Readonly<Record<string, string>> = {
      [right]:
        'Right. A subdomain belongs to the same site, so SameSite does not hold the cookie back. The Origin differs: check it.',
      [`https://app.${company}.evil.test`]: 'Read a site from the right: this one is evil.test.',
      [`https://app-${company}`]: `Its registered name is not ${company}, so it is another site.`,
      'a page in a sandbox, with the origin null': 'It has an origin of its own, which belongs to no site.',
    };
    return {
      question: {
        task: `The server \`wss://app.${company}\` has set a cookie for its own name, with SameSite=${sameSite} and Secure. Each of these pages opens a WebSocket to it. Which one sends the cookie along?`,
        given: [],
        form: { kind: 'choice', legend: 'The page', options: random.shuffle(Object.keys(sentences)) },
        hint: 'A site is the registered name with its ending. An origin is more than that.',
        solution: {
          steps: [`${right} and the server have the same registered name, ${company}. So they are one site.`],
          answer: [right],
        },
      },
      verify([given = '']) {
        const sentence = sentences[given];
        if (sentence === undefined) return { right: false, sentence: 'Choose one of the four.' };
        return { right: given === right, sentence };
      },
    };
  },
};
