import { encodeFrame } from '../protocol/framing/frame.ts';
import { OPCODE } from '../protocol/framing/opcode.ts';
import { framesAct, type LabAct } from './act.ts';

/** @param payload at most 125 bytes. RFC 6455 §5.5.2. */
export function pingAct(payload: Uint8Array): LabAct {
  return framesAct('ping', () => encodeFrame({ opcode: OPCODE.ping, payload }));
}

/** @param payload at most 125 bytes. RFC 6455 §5.5.3. */
export function pongAct(payload: Uint8Array): LabAct {
  return framesAct('unsolicited-pong', () => encodeFrame({ opcode: OPCODE.pong, payload }));
}

/** Ends of a connection without a closing handshake. RFC 6455 §7.1. */
export const ENDING_ACTS: readonly LabAct[] = [
  { name: 'drop-tcp', behavior: { kind: 'endTcp' } },
  { name: 'silent-close', behavior: { kind: 'silence' } },
];
