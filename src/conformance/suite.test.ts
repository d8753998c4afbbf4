import { describe, expect, test } from 'vitest';
import { MIN_MESSAGE_LIMIT } from '../companion/conformance.ts';
import { HANDSHAKE_RULES } from '../protocol/handshake/rules.ts';
import { FRAME_RULES } from '../protocol/rules.ts';
import type { ClosingExpectation } from './case.ts';
import { payloadByteLength } from './payload.ts';
import { reasonOf } from './reasons.ts';
import { conformanceCases } from './suite.ts';

const CASES = conformanceCases({ maxMessageBytes: 1024 * 1024 });
const named = new Set(CASES.map(({ rule }) => rule));

describe('the suite', () => {
  test('gives each case an id of its own, which begins with a section', () => {
    expect(new Set(CASES.map(({ id }) => id)).size).toBe(CASES.length);
    for (const { id } of CASES) expect(id).toMatch(/^\d+(?:\.\d+)*-[A-Za-z0-9.-]+$/);
  });

  test('breaks every rule that a client can break', () => {
    // How many fragments a server takes is its own to choose, and nothing tells it.
    const breakable = FRAME_RULES.filter(
      ({ brokenBy, name }) => brokenBy !== 'server' && name !== 'too-many-fragments',
    );
    expect(breakable.filter(({ name }) => !named.has(name)).map(({ name }) => name)).toEqual([]);
  });

  test('breaks every rule of the opening handshake that a server refuses', () => {
    // How many headers a server takes is its own to choose, too.
    const refused = HANDSHAKE_RULES.filter(
      ({ brokenBy, name }) => brokenBy !== 'server' && name !== 'too-many-headers',
    );
    expect(refused.filter(({ name }) => !named.has(name)).map(({ name }) => name)).toEqual([]);
  });

  test.each(['Connection', 'Upgrade', 'Sec-WebSocket-Protocol', 'Sec-WebSocket-Extensions'])(
    'sends a list of %s with empty elements, for which a server opens',
    (name) => {
      const lists = CASES.filter(({ id }) => id.includes('-opens-')).flatMap(({ opening }) =>
        opening.head.split('\r\n').filter((line) => line.startsWith(`${name}:`)),
      );
      expect(lists.some((line) => /: *,|, *,/.test(line))).toBe(true);
    },
  );

  test('leaves out the size limit of a server that has not told it', () => {
    expect(conformanceCases().some(({ id }) => id.startsWith('10.4'))).toBe(false);
    expect(CASES.some(({ id }) => id.startsWith('10.4'))).toBe(true);
  });
});

test('whatever is longer than the least limit that can be told may be declined as too big', () => {
  const closing = conformanceCases().filter(({ expectation }) => expectation.type === 'closing');
  const strict = closing.filter(({ expectation }) => {
    const { received, leeway } = expectation as ClosingExpectation;
    const longest = Math.max(...received.map(({ payload }) => payloadByteLength(payload)));
    return longest > MIN_MESSAGE_LIMIT && leeway.declinedWith?.includes(1009) !== true;
  });
  expect(strict.map(({ id }) => id)).toEqual([]);
});

test('each case says why', () => {
  expect(CASES.filter((given) => reasonOf(given) === '').map(({ id }) => id)).toEqual([]);
});
