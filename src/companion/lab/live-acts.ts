import { encodeFrame } from '../../protocol/framing/frame.ts';
import { OPCODE } from '../../protocol/framing/opcode.ts';
import { framesAct, type LabAct } from './act.ts';

/** @param payload at most 125 bytes. RFC 6455 §5.5.2. */
export function pingAct(payload: Uint8Array): LabAct {
  return framesAct(
    {
      name: 'ping',
      title: 'A ping',
      section: '5.5.2',
      does: 'Sends a ping, which the client must answer with a pong.',
    },
    () => encodeFrame({ opcode: OPCODE.ping, payload }),
  );
}

/** @param payload at most 125 bytes. RFC 6455 §5.5.3. */
export function pongAct(payload: Uint8Array): LabAct {
  return framesAct(
    {
      name: 'unsolicited-pong',
      title: 'A pong nobody asked for',
      section: '5.5.3',
      does: 'Sends a pong, though the client has sent no ping.',
    },
    () => encodeFrame({ opcode: OPCODE.pong, payload }),
  );
}

/** What ends a connection otherwise than by the closing handshake. RFC 6455 §7.1. */
export const ENDING_ACTS: readonly LabAct[] = [
  {
    name: 'drop-tcp',
    title: 'TCP ends without a close frame',
    section: '7.1.5',
    does: 'Ends TCP and sends no close frame.',
    deed: { kind: 'endTcp' },
  },
  {
    name: 'silent-close',
    title: 'A close without an answer',
    section: '5.5.1',
    does: 'Does not answer the close frame that the client sends, and does not end TCP.',
    deed: { kind: 'silence' },
  },
];
