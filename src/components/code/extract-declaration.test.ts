import { expect, test } from 'vitest';
import { extractDeclaration } from './extract-declaration.ts';

const SOURCE = `import { a } from './a.ts';

/** Adds one. */
export function addOne(n: number): number {
  return n + a;
}

// Apart from what follows.

const hidden = 2;
export const TWO = hidden, THREE = 3;
export interface Shape { side: number }
`;

test('a function is cut with its doc comment', () => {
  const expected = `/** Adds one. */
export function addOne(n: number): number {
  return n + a;
}`;
  expect(extractDeclaration('a.ts', SOURCE, 'addOne')).toBe(expected);
});

test('a constant and an interface are found by name, without a comment that is not theirs', () => {
  expect(extractDeclaration('a.ts', SOURCE, 'THREE')).toBe('export const TWO = hidden, THREE = 3;');
  expect(extractDeclaration('a.ts', SOURCE, 'Shape')).toBe('export interface Shape { side: number }');
});

test('a name that is gone, or not exported, fails with file and name', () => {
  expect(() => extractDeclaration('a.ts', SOURCE, 'hidden')).toThrow('a.ts exports no hidden');
  expect(() => extractDeclaration('a.ts', 'export const = 1', 'x')).toThrow('a.ts:');
});

const CLASS = `export class Cup {
  #drops = 0;

  /** Adds one drop. */
  pour(): void {
    this.#drops++;
  }

  #spill(): void {
    this.#drops = 0;
  }
}`;

test('a member of a class is cut with its comment, and moved to the left', () => {
  expect(extractDeclaration('a.ts', CLASS, 'Cup.pour')).toBe(`/** Adds one drop. */
pour(): void {
  this.#drops++;
}`);
  expect(extractDeclaration('a.ts', CLASS, 'Cup.#spill')).toBe(`#spill(): void {
  this.#drops = 0;
}`);
  expect(() => extractDeclaration('a.ts', CLASS, 'Cup.drink')).toThrow('a.ts exports no Cup.drink');
  expect(() => extractDeclaration('a.ts', SOURCE, 'TWO.x')).toThrow('a.ts exports no TWO.x');
});
