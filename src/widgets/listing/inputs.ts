import type { Variants } from './case.ts';
import { FRAME_INPUTS } from './frame-inputs.ts';
import { REQUEST_INPUTS } from './request-inputs.ts';

/** The inputs for the mistakes in the life of a connection, and for what the whole thing costs. */
const LIFE_INPUTS: Readonly<Record<number, Variants>> = {
  18: [{ label: 'A ended, B talks', input: { kind: 'story', name: 'terminated' } }],
  19: [{ label: 'A is gone', input: { kind: 'story', name: 'gone' } }],
  20: [{ label: 'A stops reading', input: { kind: 'story', name: 'slow' } }],
  21: [{ label: 'three lengths', input: { kind: 'cost', lengths: [16_384, 32_768, 65_528] } }],
  22: [{ label: 'python3', input: { kind: 'start' } }],
};

const INPUTS = { ...FRAME_INPUTS, ...REQUEST_INPUTS, ...LIFE_INPUTS };

/** @throws RangeError for a number that is not from 1 to 22 */
export function variantsOf(number: number): Variants {
  const variants = INPUTS[number];
  if (variants === undefined) throw new RangeError(`the listing has 22 mistakes, and ${number} is none of them`);
  return variants;
}
