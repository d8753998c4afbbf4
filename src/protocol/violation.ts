import type { FailureCode, FrameRule } from './rule.ts';

/** A broken rule, as a value: bytes from a peer never cause an exception. */
export interface Violation {
  /** The name of the rule that was broken. */
  readonly rule: string;
  readonly section: string;
  readonly statusCode: FailureCode;
  /** The bytes that break the rule, counted from the frame's first byte; half-open. */
  readonly start: number;
  readonly end: number;
}

/** The violation of `rule` by the bytes from `start` to `end` of a frame. */
export function violationOf(rule: FrameRule, start: number, end: number): Violation {
  return { rule: rule.name, section: rule.section, statusCode: rule.statusCode, start, end };
}

/** The same violation, its bytes counted from a place that is `byteLength` bytes earlier. */
export function moveViolation(violation: Violation, byteLength: number): Violation {
  return { ...violation, start: violation.start + byteLength, end: violation.end + byteLength };
}
