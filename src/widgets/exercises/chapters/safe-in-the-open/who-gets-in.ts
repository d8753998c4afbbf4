import type { Exercise } from '../../exercise.ts';
import { SeededRandom } from '../../random.ts';

const COMPANIES = ['example.org', 'example.com', 'example.net'];
const SUBDOMAINS = ['chat', 'news', 'shop', 'live'];

/** A check that compares less than the whole origin. `name` is `chat.example.org`, `company` its registered part. */
interface FaultyCheck {
  readonly code: (name: string, company: string) => string;
  readonly passes: (origin: string, name: string, company: string) => boolean;
  /** The stranger that it lets in. */
  readonly stranger: (name: string, company: string) => string;
  readonly why: string;
}

const CHECKS: readonly FaultyCheck[] = [
  {
    code: (name) => `origin.startsWith('https://${name}')`,
    passes: (origin, name) => origin.startsWith(`https://${name}`),
    stranger: (name) => `https://${name}.evil.test`,
    why: 'The check compares only the beginning.',
  },
  {
    code: (_, company) => `origin.endsWith('${company}')`,
    passes: (origin, _, company) => origin.endsWith(company),
    stranger: (_, company) => `https://evil${company}`,
    why: 'The check compares only the end, without the dot before it.',
  },
  {
    code: (name) => `/^https:\\/\\/${name}$/.test(origin)`,
    passes: (origin, name) => new RegExp(`^https:\\/\\/${name}$`).test(origin),
    stranger: (name) => `https://${name.replace('.', '-')}`,
    why: 'In a pattern, a dot stands for any character.',
  },
  {
    code: (name) => `origin === 'https://${name}' || origin === 'null'`,
    passes: (origin, name) => origin === `https://${name}` || origin === 'null',
    stranger: () => 'null',
    why: 'Anybody can put a page into a sandbox, and then its origin is null.',
  },
];

/** Strangers that none of the checks lets in. */
const OUTSIDERS = ['https://evil.test', 'http://localhost:3000'];
const OPTIONS = 4;

/** Which stranger does a careless check let in? RFC 6455 §10.2. */
export const WHO_GETS_IN: Exercise = {
  id: 'who-gets-in',
  title: 'Who gets in?',
  generate(seed) {
    const random = new SeededRandom(seed);
    const company = random.pick(COMPANIES);
    const name = `${random.pick(SUBDOMAINS)}.${company}`;
    const { code, passes, stranger, why } = random.pick(CHECKS);
    const right = stranger(name, company);
    const others = [...CHECKS.map((check) => check.stranger(name, company)), ...OUTSIDERS];
    const wrong = random.shuffle(others.filter((origin) => !passes(origin, name, company)));
    const options = random.shuffle([right, ...wrong.slice(0, OPTIONS - 1)]);
    return {
      question: {
        task: `A server wants to let in only pages of \`https://${name}\`. Which stranger gets in?`,
        given: [{ kind: 'value', label: 'its check', text: code(name, company) }],
        form: { kind: 'choice', legend: 'The Origin of the stranger’s page', options },
        hint: 'Try each origin in the check, character by character.',
        solution: { steps: [why, `So compare the whole: \`origin === 'https://${name}'\`.`], answer: [right] },
      },
      verify([given = '']) {
        if (!options.includes(given)) return { right: false, sentence: 'Choose one of the four.' };
        if (given === right) return { right: true, sentence: `Right. ${why}` };
        return { right: false, sentence: `This check is false for ${given}. Try it with the others.` };
      },
    };
  },
};
