import { expect, test } from 'vitest';
import { advise, type Choices, FIRST_CHOICES, QUESTIONS } from './model.ts';

/** Every combination of answers. */
const ALL = QUESTIONS.reduce<Partial<Choices>[]>(
  (choices, { id, answers }) => choices.flatMap((chosen) => answers.map((answer) => ({ ...chosen, [id]: answer.id }))),
  [{}],
) as Choices[];

test('it begins with an answer to each question, and with a WebSocket', () => {
  for (const { id, answers } of QUESTIONS) expect(answers.map((answer) => answer.id)).toContain(FIRST_CHOICES[id]);
  expect(advise(FIRST_CHOICES).tool).toBe('WebSocket');
});

test('every answer matters for some advice, and each tool is advised', () => {
  expect(ALL).toHaveLength(3 * 2 * 2 * 2);
  expect(new Set(ALL.map((choices) => advise(choices).tool)).size).toBe(4);
  for (const { id, answers } of QUESTIONS) {
    const changes = ALL.some((choices) =>
      answers.some((answer) => advise({ ...choices, [id]: answer.id }).tool !== advise(choices).tool),
    );
    expect(changes, id).toBe(true);
  }
});

test('nothing is advised that cannot do it', () => {
  for (const choices of ALL) {
    const { tool } = advise(choices);
    if (choices.lost === 'skip') expect(tool).toBe('WebTransport');
    else if (choices.who === 'both') expect(tool).toBe('WebSocket');
    if (tool === 'Server-sent events') expect(choices).toMatchObject({ who: 'server', what: 'text', soon: 'now' });
  }
});
