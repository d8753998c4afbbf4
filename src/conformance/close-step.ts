import { OPCODE } from '../protocol/framing/opcode.ts';
import type { Step } from './case.ts';

/** Whether a step sends a close frame. After it, the client has started the closing handshake. RFC 6455 §7.1.2. */
export function isCloseFrame(step: Step): boolean {
  return step.type === 'send' && step.items.some((item) => item.type === 'frame' && item.opcode === OPCODE.close);
}
