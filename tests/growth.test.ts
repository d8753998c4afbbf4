import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CAPTURE_ROWS } from './growth/capture-rows.ts';
import { COMPANION_ROWS } from './growth/companion-rows.ts';
import { arbitraryHostile, type Hostile, REPEATED } from './growth/inputs.ts';
import { INSPECTOR_ROWS } from './growth/inspector-rows.ts';
import { excessiveGrowth } from './growth/measure.ts';
import { PROTOCOL_ROWS } from './growth/protocol-rows.ts';
import type { Row } from './growth/row.ts';
import { SERVER_ROWS } from './growth/server-rows.ts';
import { WIDGET_ROWS } from './growth/widget-rows.ts';

// Whatever reads a text that somebody else has written is a row of a table in `growth/`: a name, the most characters that
// can come, and a function that reads them. To add one, write `row('what it reads', LONG, read)` into the table of its
// layer. Every row is given every hostile text: it must return, not throw, and eight times the text may not cost much
// more than eight times the time. A new trick is one more unit in `growth/inputs.ts`; all rows meet it.

const ROWS: readonly Row[] = [
  PROTOCOL_ROWS,
  INSPECTOR_ROWS,
  CAPTURE_ROWS,
  COMPANION_ROWS,
  SERVER_ROWS,
  WIDGET_ROWS,
].flat();

/** The texts for which a row takes longer than in proportion, with what they cost. */
function tooSlow({ run, maxLength }: Row, inputs: readonly Hostile[]): string[] {
  return inputs.flatMap(({ name, make }) => {
    const growth = excessiveGrowth(run, make, maxLength);
    if (growth === undefined) return [];
    return [`${name}: ${growth.small.toFixed(2)} ms, and ${growth.large.toFixed(2)} ms for eight times the text`];
  });
}

const MIXED: readonly Hostile[] = fc.sample(arbitraryHostile, { numRuns: 12, seed: 14 });

describe('time grows no faster than the input', () => {
  test.each(ROWS.map((row) => [row.name, row] as const))('%s', (_, row) => {
    expect(tooSlow(row, [...REPEATED, ...MIXED])).toEqual([]);
  });
});

test('the measurement tells a square from a line', () => {
  const [input] = REPEATED;
  const square = ({ length }: string) => {
    let sum = 0;
    for (let i = 0; i < length; i++) for (let j = 0; j < length; j += 64) sum += i ^ j;
    return sum;
  };
  const line = (text: string) => square(text.slice(0, 4096)) + square(text.slice(0, 4096));
  expect(tooSlow({ name: 'a square', run: square, maxLength: 65_536 }, [input as Hostile])).toHaveLength(1);
  expect(tooSlow({ name: 'a line', run: line, maxLength: 65_536 }, [input as Hostile])).toEqual([]);
});

test('every row returns for any text, and does not throw', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...ROWS),
      arbitraryHostile,
      fc.integer({ min: 8, max: 4096 }),
      ({ run }, { make }, length) => {
        run(make(length));
      },
    ),
    { seed: 17, numRuns: 3000 },
  );
});
