import { OPCODE } from '../protocol/framing/opcode.ts';
import type { Step } from './case.ts';

/** Whether a close frame is among what a step sends: from it on, the client has begun to close. RFC 6455 §7.1.2. */
export function isCloseFrame(step: Step): boolean {
  return step.type === 'send' && step.items.some((item) => item.type === 'frame' && item.opcode === OPCODE.close);
}
