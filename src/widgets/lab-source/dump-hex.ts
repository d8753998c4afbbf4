import { decodeFrames } from '../../inspector/frame/decode-stream.ts';
import { dumpFrame, type FrameDump } from '../../inspector/frame/frame-dump.ts';
import { bytesOfHex } from '../../inspector/hex/hex.ts';

/** Takes one frame apart, and judges it; its MASK bit tells who sent it. */
export function dumpHex(hex: string): FrameDump {
  const bytes = bytesOfHex(hex);
  return decodeFrames(bytes).frames[0]?.dump ?? dumpFrame(bytes);
}
