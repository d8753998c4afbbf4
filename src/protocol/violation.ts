import type { FieldName } from './field-name.ts';
import type { Limits } from './limits.ts';

/** The status codes with which an endpoint fails a connection for what the peer sent. RFC 6455 §7.4.1. */
export type FailureCode = 1002 | 1007 | 1008 | 1009;

/** One requirement on what a peer may send. */
export interface Rule<Name extends string = string> {
  /** Unique, in kebab-case; names the mistake. */
  readonly name: Name;
  /** Section of RFC 6455. */
  readonly section: string;
  /** The code that the connection is failed with. */
  readonly statusCode: FailureCode;
  /** The field of the frame that the rule speaks of. */
  readonly field: FieldName;
  /** The requirement in one sentence. */
  readonly requirement: string;
  /** Who can break it. */
  readonly brokenBy: 'client' | 'server' | 'either';
  /**
   * Bytes, in hex, that break this rule and no other, as the first that the breaking side sends
   * after the handshake. Where either side can break it, they are a client's.
   */
  readonly example: string;
  /** The receiver's limits under which the example breaks the rule, where it needs any. */
  readonly limits?: Partial<Limits>;
}

/** What a peer did wrong, as a value: the peer's bytes never throw. */
export interface Violation {
  /** The name of the rule that was broken. */
  readonly rule: string;
  readonly section: string;
  readonly statusCode: FailureCode;
  /** The bytes it speaks of, counted from the frame's first byte; half-open. */
  readonly start: number;
  readonly end: number;
}

/** The violation of `rule` by the bytes from `start` to `end` of a frame. */
export function violationOf(rule: Rule, start: number, end: number): Violation {
  return { rule: rule.name, section: rule.section, statusCode: rule.statusCode, start, end };
}

/** The same violation with its bytes counted from a place that is `byteLength` bytes earlier. */
export function moveViolation(violation: Violation, byteLength: number): Violation {
  return { ...violation, start: violation.start + byteLength, end: violation.end + byteLength };
}
