import type { Field } from '../../../inspector/frame/field.ts';
import { type BitRange, byteRange } from './bit-range.ts';
import { fieldAt, fieldRange, type OpenFrame } from './open-frame.ts';

/** The size of one step in a pane. */
export type Unit = 'bit' | 'byte' | 'field';

/** Where a key moves the focus. */
export type Step = 'next' | 'previous' | 'down' | 'up' | 'rowStart' | 'rowEnd' | 'first' | 'last';

/** The cell of a pane that holds a bit: the bit itself, its byte, or its field. */
export function cellAt(frame: OpenFrame, bit: number, unit: Unit): BitRange {
  if (unit === 'bit') return { start: bit, end: bit + 1 };
  if (unit === 'byte') return byteRange(Math.floor(bit / 8));
  return fieldRange(frame, fieldAt(frame.dump.fields, bit));
}

/**
 * The cell after one step. A step that would leave the shown bytes does nothing.
 *
 * @param from the focused cell, of any pane
 * @param shownBytes how many of the frame's bytes the pane shows
 * @param rowBytes how many bytes one row of the pane has
 */
export function moveCell(
  frame: OpenFrame,
  from: BitRange,
  unit: Unit,
  step: Step,
  { shownBytes, rowBytes }: { shownBytes: number; rowBytes: number },
): BitRange {
  const here = cellAt(frame, from.start, unit);
  if (unit === 'field') return fieldRange(frame, moveField(frame.dump.fields, here.start, step));
  const size = unit === 'bit' ? 1 : 8;
  const row = rowBytes * 8;
  const end = Math.min(shownBytes, frame.bytes.length) * 8;
  const rowStart = here.start - (here.start % row);
  const targets: Record<Step, number> = {
    next: here.start + size,
    previous: here.start - size,
    down: here.start + row,
    up: here.start - row,
    rowStart,
    rowEnd: Math.min(rowStart + row, end) - size,
    first: 0,
    last: end - size,
  };
  const target = targets[step];
  return target < 0 || target >= end ? here : cellAt(frame, target, unit);
}

function moveField(fields: readonly Field[], bit: number, step: Step): Field {
  const here = fields.indexOf(fieldAt(fields, bit));
  const last = fields.length - 1;
  const back = step === 'previous' || step === 'up';
  if (step === 'first' || step === 'rowStart') return fields[0] as Field;
  if (step === 'last' || step === 'rowEnd') return fields[last] as Field;
  return fields[Math.min(last, Math.max(0, here + (back ? -1 : 1)))] as Field;
}
