import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_PARAMETERS, environmentFor, parametersFrom } from './properties/parameters.ts';

// This file runs in both projects of vitest.config.ts: each must seed its properties.

test('a property draws the same values each time', () => {
  expect(fc.readConfigureGlobal()).toEqual(DEFAULT_PARAMETERS);
  const drawn = () => {
    const values: number[] = [];
    fc.assert(fc.property(fc.nat(), (value) => void values.push(value)));
    return values;
  };
  const values = drawn();
  expect(values).toHaveLength(DEFAULT_PARAMETERS.numRuns);
  expect(drawn()).toEqual(values);
});

test('another seed, and another number of runs, come from the environment alone', () => {
  expect(parametersFrom({})).toEqual(DEFAULT_PARAMETERS);
  const parameters = { seed: 7, numRuns: 1000 };
  expect(parametersFrom(environmentFor(parameters))).toEqual(parameters);
  for (const bad of ['', '-1', 'x', '1e3']) expect(() => parametersFrom({ FRAMELIGHT_SEED: bad })).toThrow('whole');
});
