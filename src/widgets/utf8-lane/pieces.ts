import { encodeFrame } from '../../protocol/framing/frame.ts';
import { layoutOf } from '../../protocol/framing/layout.ts';
import { OPCODE } from '../../protocol/framing/opcode.ts';
import { DEFAULT_LIMITS } from '../../protocol/limits.ts';
import { Receiver } from '../../protocol/messages/receiver.ts';
import type { Violation } from '../../protocol/violation.ts';

/** How the bytes of a text are cut in two, where they are: into two fragments, or one frame into two reads. */
export type CutBy = 'fragment' | 'read';

/** The text on its way: what arrives at one go, and what the receiver knows after it. */
export interface TextPiece {
  readonly bytes: Uint8Array;
  /** What a program makes of it that decodes each piece by itself. */
  readonly decodedAlone: string;
  readonly violation: Violation | undefined;
}

const forgiving = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Sends a text as the cut says, and lets the receiver judge it as it comes. RFC 6455 §5.6, §8.1.
 *
 * @param cut after so many bytes; 0 sends all at one go
 */
export function sendInPieces(bytes: Uint8Array, cut: number, by: CutBy): TextPiece[] {
  const receiver = new Receiver('server', DEFAULT_LIMITS);
  let failed = false;
  return arrivalsOf(bytes, cut, by).map(({ piece, wire }) => {
    const violation = failed ? undefined : firstViolation(receiver, wire.slice());
    failed ||= violation !== undefined;
    return { bytes: piece, decodedAlone: forgiving.decode(piece), violation };
  });
}

function firstViolation(receiver: Receiver, chunk: Uint8Array): Violation | undefined {
  receiver.feed(chunk);
  for (let received = receiver.next(); received !== undefined; received = receiver.next()) {
    if ('rule' in received) return received;
  }
  return undefined;
}

interface Arrival {
  readonly piece: Uint8Array;
  /** With the header, where this arrival has one. */
  readonly wire: Uint8Array;
}

function arrivalsOf(bytes: Uint8Array, cut: number, by: CutBy): Arrival[] {
  const whole = encodeFrame({ opcode: OPCODE.text, payload: bytes });
  if (cut === 0) return [{ piece: bytes, wire: whole }];
  const [first, second] = [bytes.subarray(0, cut), bytes.subarray(cut)];
  if (by === 'read') {
    const { headerLength } = layoutOf(whole[1] ?? 0);
    return [
      { piece: first, wire: whole.subarray(0, headerLength + cut) },
      { piece: second, wire: whole.subarray(headerLength + cut) },
    ];
  }
  return [
    { piece: first, wire: encodeFrame({ opcode: OPCODE.text, fin: false, payload: first }) },
    { piece: second, wire: encodeFrame({ opcode: OPCODE.continuation, payload: second }) },
  ];
}
