import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MemoryBudget, type MemoryHolder, MIN_COUNTED_BYTES } from './memory-budget.ts';

const K = MIN_COUNTED_BYTES;

class Recorded implements MemoryHolder {
  readonly name: string;
  readonly #gaveUp: string[];

  constructor(name: string, gaveUp: string[]) {
    this.name = name;
    this.#gaveUp = gaveUp;
  }

  giveUp(): void {
    this.#gaveUp.push(this.name);
  }
}

test('past the limit the largest holder gives up, not the one that asked last', () => {
  const gaveUp: string[] = [];
  const [large, small] = [new Recorded('large', gaveUp), new Recorded('small', gaveUp)];
  const budget = new MemoryBudget(100 * K);
  budget.hold(large, 90 * K);
  budget.hold(small, 10 * K);
  expect(gaveUp).toEqual([]);
  budget.hold(small, 11 * K);
  expect(gaveUp).toEqual(['large']);
  expect(budget.heldBytes).toBe(11 * K);
});

test('a holder that asks for more than the limit gives up itself', () => {
  const gaveUp: string[] = [];
  const [large, small] = [new Recorded('large', gaveUp), new Recorded('small', gaveUp)];
  const budget = new MemoryBudget(100 * K);
  budget.hold(small, 10 * K);
  budget.hold(large, 101 * K);
  expect(gaveUp).toEqual(['large']);
  expect(budget.heldBytes).toBe(10 * K);
});

test('whatever is held and returned, the sum is correct and never stays above the limit', () => {
  const act = fc.record({ who: fc.nat(4), units: fc.nat(60) });
  fc.assert(
    fc.property(fc.array(act, { maxLength: 100 }), (acts) => {
      const gaveUp: string[] = [];
      const holders = Array.from({ length: 5 }, (_, i) => new Recorded(`${i}`, gaveUp));
      const budget = new MemoryBudget(100 * K);
      const model = [0, 0, 0, 0, 0];
      for (const { who, units } of acts) {
        const before = gaveUp.length;
        budget.hold(holders[who] as Recorded, units * K);
        model[who] = units * K;
        for (const name of gaveUp.slice(before)) {
          expect(model[Number(name)]).toBe(Math.max(...model));
          model[Number(name)] = 0;
        }
        expect(budget.heldBytes).toBe(model.reduce((sum, held) => sum + held, 0));
        expect(budget.heldBytes).toBeLessThanOrEqual(100 * K);
      }
    }),
  );
});

test('a small change is not counted, but returning everything always is', () => {
  const budget = new MemoryBudget(100 * K);
  const holder = new Recorded('', []);
  budget.hold(holder, K - 1);
  expect(budget.heldBytes).toBe(0);
  budget.hold(holder, K);
  budget.hold(holder, 2 * K - 1);
  expect(budget.heldBytes).toBe(K);
  budget.hold(holder, 0);
  expect(budget.heldBytes).toBe(0);
});
