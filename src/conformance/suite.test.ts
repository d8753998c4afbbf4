import { describe, expect, test } from 'vitest';
import { HANDSHAKE_RULES } from '../protocol/handshake/refusal.ts';
import { RULES } from '../protocol/rules.ts';
import { conformanceCases } from './suite.ts';

const CASES = conformanceCases({ maxMessageBytes: 1024 * 1024 });
const named = new Set(CASES.map(({ rule }) => rule));

/** How many cases each group of the Autobahn suite has, but for those that need compression. */
const AUTOBAHN_GROUPS: Readonly<Record<string, number>> = {
  ...{ '1.1': 8, '1.2': 8, '2': 11, '3': 7, '4.1': 5, '4.2': 5, '5': 20 },
  ...{
    '6.1': 3,
    '6.2': 4,
    '6.3': 2,
    '6.4': 4,
    '6.5': 5,
    '6.6': 11,
    '6.7': 4,
    '6.8': 2,
    '6.9': 4,
    '6.10': 3,
    '6.11': 5,
  },
  ...{ '6.12': 8, '6.13': 5, '6.14': 10, '6.15': 1, '6.16': 3, '6.17': 5, '6.18': 5, '6.19': 5, '6.20': 7, '6.21': 8 },
  ...{ '6.22': 34, '6.23': 7, '7.1': 6, '7.3': 6, '7.5': 1, '7.7': 13, '7.9': 9, '7.13': 2 },
  ...{ '9.1': 6, '9.2': 6, '9.3': 9, '9.4': 9, '9.5': 6, '9.6': 6, '9.7': 6, '9.8': 6, '10.1': 1 },
};

describe('the suite', () => {
  test('gives each case an id of its own, which begins with a section', () => {
    expect(new Set(CASES.map(({ id }) => id)).size).toBe(CASES.length);
    for (const { id } of CASES) expect(id).toMatch(/^\d+(?:\.\d+)*-[A-Za-z0-9.-]+$/);
  });

  test('breaks every rule that a client can break', () => {
    // How many fragments a server takes is its own to choose, and nothing tells it.
    const breakable = RULES.filter(({ brokenBy, name }) => brokenBy !== 'server' && name !== 'too-many-fragments');
    expect(breakable.filter(({ name }) => !named.has(name)).map(({ name }) => name)).toEqual([]);
  });

  test('breaks every rule of the opening handshake that a server refuses', () => {
    // How many headers a server takes is its own to choose, too.
    const refused = HANDSHAKE_RULES.filter(
      ({ refusedBy, name }) => refusedBy === 'server' && name !== 'too-many-headers',
    );
    expect(refused.filter(({ name }) => !named.has(name)).map(({ name }) => name)).toEqual([]);
  });

  test('has each case of the Autobahn suite once', () => {
    const numbers = Object.entries(AUTOBAHN_GROUPS).flatMap(([group, count]) =>
      Array.from({ length: count }, (_, i) => `${group}.${i + 1}`),
    );
    expect(CASES.flatMap(({ autobahn }) => autobahn ?? []).toSorted()).toEqual(numbers.toSorted());
  });

  test('leaves out the size limit of a server that has not told it', () => {
    expect(conformanceCases().some(({ id }) => id.startsWith('10.4'))).toBe(false);
    expect(CASES.some(({ id }) => id.startsWith('10.4'))).toBe(true);
  });
});
