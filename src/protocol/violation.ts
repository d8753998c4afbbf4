import type { FailureCode, FrameRule } from './rule.ts';

/** What a peer did wrong, as a value: the peer's bytes never throw. */
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

/** The same violation with its bytes counted from a place that is `byteLength` bytes earlier. */
export function moveViolation(violation: Violation, byteLength: number): Violation {
  return { ...violation, start: violation.start + byteLength, end: violation.end + byteLength };
}
