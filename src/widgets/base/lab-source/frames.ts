import { bytesOfHex } from '../../../bytes/hex.ts';
import type { WireFrame } from '../../../inspector/wire/wire.ts';
import { decodeCloseBody } from '../../../protocol/closing/close-body.ts';
import { OPCODE, OPCODES } from '../../../protocol/framing/opcode.ts';
import { escapeText } from '../../../text/escape-text.ts';

/** A frame in the few words that fit into a row. */
export interface FrameWords {
  readonly fromClient: boolean;
  readonly opcode: number;
  readonly opcodeName: string;
  /** The payload's text, or a close frame's code and reason. */
  readonly payload: string;
  readonly byteLength: number;
  readonly hex: string;
  /** The rule that it breaks, if any. */
  readonly violation: string | undefined;
}

const forgiving = new TextDecoder('utf-8', { ignoreBOM: true });

export function wordsOf(frame: WireFrame): FrameWords {
  const { opcode = 0 } = frame;
  return {
    fromClient: frame.direction === 'in',
    opcode,
    opcodeName: OPCODES[opcode]?.name ?? '',
    payload: payloadOf(frame, opcode),
    byteLength: frame.byteLength,
    hex: frame.hex,
    violation: frame.violations[0]?.rule,
  };
}

/** The status code in a close frame; undefined in one without a body, and in every other frame. */
export function statusCodeOf(frame: WireFrame): number | undefined {
  if (frame.opcode !== OPCODE.close || frame.payload.hex.length < 4) return undefined;
  return decodeCloseBody(bytesOfHex(frame.payload.hex)).closeCode;
}

function payloadOf({ payload }: WireFrame, opcode: number): string {
  const bytes = bytesOfHex(payload.hex);
  if (opcode !== OPCODE.close) return escapeText(forgiving.decode(bytes));
  if (bytes.length === 0) return 'no body';
  const { closeCode } = decodeCloseBody(bytes);
  const reason = forgiving.decode(bytes.subarray(2));
  return `${closeCode}${reason === '' ? '' : ` ${escapeText(reason)}`}`;
}
