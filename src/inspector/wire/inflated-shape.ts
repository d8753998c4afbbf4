import type { InflatedDump } from '../deflate/inflated-dump.ts';
import { count, hex, listOf, object, oneOf, optional, text, truth } from './wire-shape.ts';

const INFLATED = object({
  byteLength: count,
  packedBytes: count,
  hex,
  text: optional(text),
  truncated: truth,
  window: oneOf('empty', 'known', 'unknown'),
  unknown: listOf(object({ start: count, end: count })),
  blockCount: count,
  blocks: listOf(
    object({
      kind: oneOf('stored', 'fixed', 'dynamic'),
      final: truth,
      startBit: count,
      endBit: count,
      outputStart: count,
      outputEnd: count,
      codeCount: count,
      codes: listOf(object({ literal: optional(count), length: optional(count), distance: optional(count) })),
    }),
  ),
  ending: oneOf('complete', 'cut', 'too long', 'malformed'),
  problem: optional(object({ sentence: text, bit: count })),
});

/** Whether a value from outside, the `inflated` of a frame, has all that a pane shows. */
export function isInflated(value: unknown): value is InflatedDump {
  return INFLATED(value, '') === undefined;
}
