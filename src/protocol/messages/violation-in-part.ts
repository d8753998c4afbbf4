import type { FramePart } from '../framing/frame-reader.ts';
import type { FrameRule } from '../rule.ts';
import { type Violation, violationOf } from '../violation.ts';

/**
 * A violation by all bytes on the wire that a decoded part came from. If there are none, by the frame's first byte: its FIN
 * bit ends the message.
 */
export function violationInPart(rule: FrameRule, part: FramePart): Violation {
  const wireLength = part.wireLength ?? part.payload.length;
  const start = part.headerLength + part.payloadOffset;
  return wireLength === 0 ? violationOf(rule, 0, 1) : violationOf(rule, start, start + wireLength);
}
