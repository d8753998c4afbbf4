import { bytesOfHex } from '../../bytes/hex.ts';
import { dumpFrame, type FrameDump } from '../../inspector/frame/frame-dump.ts';
import { OPCODE } from '../../protocol/framing/opcode.ts';
import type { TimelineRow } from './timeline.ts';

/** A row's frame, taken apart once more: a continuation here goes on with a text. */
export function dumpRow({ hex }: TimelineRow): FrameDump {
  return dumpFrame(bytesOfHex(hex), { messageOpcode: OPCODE.text });
}
