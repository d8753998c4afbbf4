import { bytesOfHex } from '../../../bytes/hex.ts';
import { decodeFrames } from '../../../inspector/frame/decode-stream.ts';
import { dumpFrame, type FrameDump } from '../../../inspector/frame/frame-dump.ts';

/** Explains and checks one frame; its MASK bit decides who sent it. */
export function dumpHex(hex: string): FrameDump {
  const bytes = bytesOfHex(hex);
  return decodeFrames(bytes).frames[0]?.dump ?? dumpFrame(bytes);
}
