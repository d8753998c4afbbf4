import type { Field } from '../../../inspector/frame/field.ts';
import { ruleNamed } from '../../../protocol/rules.ts';
import type { Violation } from '../../../protocol/violation.ts';
import { type BitRange, bytesRange, clip } from './bit-range.ts';
import type { OpenFrame } from './open-frame.ts';

/** Where a frame breaks a rule. */
export interface BrokenField {
  /** The bits to mark. */
  readonly range: BitRange;
  /** `RSV1, in byte 1`, counted from 1. */
  readonly where: string;
}

/**
 * Finds the field that breaks a rule. A violation names bytes, and a byte of the header holds several fields: only the
 * rule's own field is marked.
 *
 * @param byteLength how many bytes there are: a rule can be about bytes that have not arrived
 */
export function brokenField(
  fields: readonly Field[],
  { rule, start, end }: Violation,
  byteLength: number,
): BrokenField {
  const name = ruleNamed(rule)?.field;
  const first = Math.max(0, Math.min(start, byteLength - 1));
  const last = Math.max(first + 1, Math.min(end, byteLength));
  const bytes = bytesRange(first, last);
  const own = fields.find((field) => field.name === name && clip(rangeOf(field), bytes) !== undefined);
  const where = last - first > 1 ? `bytes ${first + 1} to ${last}` : `byte ${first + 1}`;
  if (own === undefined) return { range: bytes, where };
  return { range: clip(rangeOf(own), bytes) ?? bytes, where: `${own.name}, in ${where}` };
}

/** The bits to mark in a frame, one range for each rule that it breaks. */
export function brokenRanges({ dump, bytes }: OpenFrame): BitRange[] {
  return dump.violations.map((violation) => brokenField(dump.fields, violation, bytes.length).range);
}

function rangeOf({ bit, bits }: Field): BitRange {
  return { start: bit, end: bit + bits };
}
