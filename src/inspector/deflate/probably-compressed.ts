import { OPCODE } from '../../protocol/framing/opcode.ts';
import { FRAMING_RULES } from '../../protocol/framing/rules.ts';
import type { Violation } from '../../protocol/violation.ts';

/**
 * Whether a frame that breaks a rule by its RSV1 probably begins a compressed message, and the handshake that agreed on it was
 * not seen. RFC 7692 §6: the bit is set in the first frame of such a message.
 */
export function isProbablyCompressed({ opcode, violations }: FrameLike): boolean {
  const isData = opcode === OPCODE.text || opcode === OPCODE.binary;
  return isData && violations.some(({ rule }) => rule === FRAMING_RULES.rsv1Set.name);
}

interface FrameLike {
  readonly opcode?: number | undefined;
  readonly violations: readonly Violation[];
}
