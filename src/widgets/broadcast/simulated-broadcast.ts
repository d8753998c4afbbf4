import { formatHex } from '../../bytes/hex.ts';
import { encodeFrame } from '../../protocol/framing/frame.ts';
import { OPCODE } from '../../protocol/framing/opcode.ts';
import { encodeText } from '../../text/utf8.ts';
import type { BroadcastEvent, Member } from './events.ts';

/**
 * What happens if a member says something: one masked frame to its server, and one and the same unmasked frame from each
 * server to each of its members. RFC 6455 §5.1.
 */
export function simulateMessage(
  name: string,
  text: string,
  members: readonly Member[],
  nextMaskingKey: () => number,
): BroadcastEvent[] {
  const bytes = encodeText(text);
  const payload = formatHex(bytes);
  const message = { opcode: OPCODE.text, payload: bytes };
  const masked = formatHex(encodeFrame({ ...message, maskingKey: nextMaskingKey() }));
  const encodedOnce = formatHex(encodeFrame(message));
  return [
    { type: 'said', name, payload, text },
    { type: 'in', name, payload, hex: masked },
    ...members.map((member): BroadcastEvent => ({ type: 'out', name: member.name, payload, hex: encodedOnce })),
    ...members.map((member): BroadcastEvent => ({ type: 'heard', name: member.name, payload, text })),
  ];
}
