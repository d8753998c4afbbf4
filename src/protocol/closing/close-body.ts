import { decodeText, encodeText, Utf8Checker } from '../../text/utf8.ts';
import type { FrameRule } from '../rule.ts';
import { type Violation, violationOf } from '../violation.ts';
import { CLOSING_RULES } from './rules.ts';
import { maySend, NO_STATUS_RECEIVED } from './status-codes.ts';

/** The longest reason in bytes: a control frame's 125, minus the two of the status code. RFC 6455 §5.5. */
export const MAX_REASON_BYTES = 123;

const STATUS_CODE_BYTES = 2;

/** The content of a close frame's payload. RFC 6455 §5.5.1. */
export interface CloseBody {
  /** The number in the first two bytes; 1005 if the body is empty. */
  readonly closeCode: number;
  /** Empty if the frame has no reason. */
  readonly reason: string;
}

/**
 * Reads a close frame's payload, legal or not. RFC 6455 §5.5.1, §7.1.5, §7.1.6.
 *
 * @param payload unmasked; if {@link checkCloseBody} finds no violation, all of it is in the result
 */
export function decodeCloseBody(payload: Uint8Array): CloseBody {
  if (payload.length < STATUS_CODE_BYTES) return { closeCode: NO_STATUS_RECEIVED, reason: '' };
  return { closeCode: statusCodeOf(payload), reason: decodeText(payload.subarray(STATUS_CODE_BYTES)) ?? '' };
}

/**
 * Encodes the payload of a close frame. RFC 6455 §5.5.1.
 *
 * @param statusCode undefined for an empty body
 * @param reason at most 123 bytes of UTF-8
 * @throws RangeError for a code that must not be sent, or a reason that is too long
 */
export function encodeCloseBody(statusCode: number | undefined, reason = ''): Uint8Array<ArrayBuffer> {
  const reasonBytes = encodeText(reason);
  if (statusCode === undefined) {
    if (reasonBytes.length > 0) throw new RangeError('a close reason needs a status code before it');
    return reasonBytes;
  }
  if (!maySend(statusCode)) throw new RangeError(`status code ${statusCode} must not stand in a close frame`);
  if (reasonBytes.length > MAX_REASON_BYTES) {
    throw new RangeError(`the close reason has ${reasonBytes.length} bytes of UTF-8: at most ${MAX_REASON_BYTES} fit`);
  }
  const body = new Uint8Array(STATUS_CODE_BYTES + reasonBytes.length);
  body[0] = statusCode >>> 8;
  body[1] = statusCode;
  body.set(reasonBytes, STATUS_CODE_BYTES);
  return body;
}

/**
 * Checks every MUST about a close frame's payload. RFC 6455 §5.5.1, §7.4.
 *
 * @param payload unmasked and complete
 * @returns the first broken rule, and the bytes that break it, counted from the payload's first byte
 */
export function checkCloseBody(payload: Uint8Array): Violation | undefined {
  if (payload.length === 0) return undefined;
  if (payload.length < STATUS_CODE_BYTES) return violationOf(CLOSING_RULES.bodyOfOneByte, 0, payload.length);
  const rule = brokenStatusCodeRule(statusCodeOf(payload));
  if (rule !== undefined) return violationOf(rule, 0, STATUS_CODE_BYTES);
  return checkReason(payload.subarray(STATUS_CODE_BYTES), STATUS_CODE_BYTES);
}

function brokenStatusCodeRule(statusCode: number): FrameRule | undefined {
  if (maySend(statusCode)) return undefined;
  if (statusCode < 1000) return CLOSING_RULES.codeBelow1000;
  if (statusCode === 1004) return CLOSING_RULES.code1004;
  if (statusCode === 1005) return CLOSING_RULES.code1005;
  if (statusCode === 1006) return CLOSING_RULES.code1006;
  if (statusCode === 1015) return CLOSING_RULES.code1015;
  return statusCode < 5000 ? CLOSING_RULES.codeUnassigned : CLOSING_RULES.codeFrom5000;
}

function checkReason(reason: Uint8Array, start: number): Violation | undefined {
  const utf8 = new Utf8Checker();
  const wrong = utf8.push(reason);
  if (wrong !== -1) return violationOf(CLOSING_RULES.reasonNotUtf8, start + wrong, start + wrong + 1);
  if (utf8.atCharacterBoundary) return undefined;
  return violationOf(CLOSING_RULES.reasonNotUtf8, start + reason.length - 1, start + reason.length);
}

function statusCodeOf(payload: Uint8Array): number {
  return ((payload[0] as number) << 8) | (payload[1] as number);
}
