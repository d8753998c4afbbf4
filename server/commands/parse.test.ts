import { describe, expect, test } from 'vitest';
import { BadInput } from './command.ts';
import { parseArguments, positiveNumber, refusePositionals, refuseUnknown, wholeNumber } from './parse.ts';

const OPTIONS = {
  seed: { type: 'string' },
  only: { type: 'string', multiple: true },
  json: { type: 'boolean' },
} as const;

describe('arguments', () => {
  test.each([
    [['--seed', '7', 'a', '--json', 'b'], { seed: '7', json: true }, ['a', 'b']],
    [['--seed=7', '-'], { seed: '7' }, ['-']],
    [['--seed', '-1'], { seed: '-1' }, []],
    [['--seed', 'a=b'], { seed: 'a=b' }, []],
    [['--seed=a=b'], { seed: 'a=b' }, []],
    [['--only', 'a', '--only', 'b'], { only: ['a', 'b'] }, []],
    [['--json', '--', '--seed', '7'], { json: true }, ['--seed', '7']],
    // What is missing is empty: whoever uses it says what may be given.
    [['--seed'], { seed: '' }, []],
    [['--seed', '--json'], { seed: '', json: true }, []],
  ])('%j', (args, values, positionals) => {
    expect(parseArguments(args, OPTIONS)).toMatchObject({ values, positionals });
  });

  test.each([
    [['--sed', '7'], 'Unknown option "--sed". The options are: --seed, --only, --json, --help.'],
    [['--sed=7'], 'Unknown option "--sed". The options are: --seed, --only, --json, --help.'],
    [['-s'], 'Unknown option "-s". The options are: --seed, --only, --json, --help.'],
    [['-seed'], 'Unknown option "-seed". The options are: --seed, --only, --json, --help.'],
    [['--toString'], 'Unknown option "--toString". The options are: --seed, --only, --json, --help.'],
    [['--json=1'], '--json takes no value. Write --json alone.'],
  ])('%j is refused', (args, message) => {
    expect(() => parseArguments(args, OPTIONS)).toThrow(new BadInput(message));
  });
});

describe('numbers', () => {
  test('are what was given', () => {
    expect(wholeNumber('seed', '0', 0, 9)).toBe(0);
    expect(wholeNumber('seed', '9', 0, 9)).toBe(9);
    expect(positiveNumber('minutes', '0.1', 2)).toBe(0.1);
    expect(wholeNumber('seed', undefined, 0, 9)).toBeUndefined();
    expect(positiveNumber('minutes', undefined, 2)).toBeUndefined();
  });

  test.each(['-1', '10', '1.5', 'abc', '', ' 1', '0x1', '1e0'])('%j is no whole number up to 9', (text) => {
    const message = `--seed is ${JSON.stringify(text)}. Give a whole number from 0 to 9.`;
    expect(() => wholeNumber('seed', text, 0, 9)).toThrow(new BadInput(message));
  });

  test.each(['0', '0.0', '-1', '.5', '1.', 'Infinity', '9'.repeat(400), ''])('%j is not above 0', (text) => {
    const message = `--minutes is ${JSON.stringify(text)}. Give a number above 0, such as 2.`;
    expect(() => positiveNumber('minutes', text, 2)).toThrow(new BadInput(message));
  });
});

describe('words', () => {
  test('that belong nowhere, or are unknown, are named', () => {
    expect(() => refusePositionals([])).not.toThrow();
    expect(() => refusePositionals(['x', 'y'])).toThrow(
      new BadInput('Unexpected argument "x". This command takes only options.'),
    );
    expect(() => refuseUnknown('peer', ['ws'], ['ws', 'other'])).not.toThrow();
    const message = 'Unknown peer "x". Choose from: ws, other.';
    expect(() => refuseUnknown('peer', ['ws', 'x'], ['ws', 'other'])).toThrow(new BadInput(message));
  });
});
