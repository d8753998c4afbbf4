import { formatHex } from '../../bytes/hex.ts';
import type { Field } from '../../inspector/frame/field.ts';
import { FrameJudge } from '../../inspector/frame/frame-judge.ts';
import { FrameRecorder, type RecordedFrame } from '../../inspector/frame/frame-recorder.ts';
import { DEFAULT_LIMITS } from '../../protocol/limits.ts';
import type { Violation } from '../../protocol/violation.ts';
import { type OpenFrame, openFrame } from '../base/frame-view/open-frame.ts';
import type { Sender } from '../base/own-frames/message.ts';

/**
 * Bytes as their receiver reads them: a frame, and the next one if its length leaves bytes over.
 * RFC 6455 §5: nothing but the header says where a frame ends.
 */
export interface BitStream {
  readonly bytes: Uint8Array;
  readonly frames: readonly RecordedFrame[];
  /** Everything as one frame for the panes: the fields of all frames, counted from the first bit of all. */
  readonly open: OpenFrame;
}

/** @param bytes at least one */
export function readStream(bytes: Uint8Array, sender: Sender): BitStream {
  const frames = readFrames(bytes, sender);
  const first = frames[0] as RecordedFrame;
  const dump = {
    ...first.dump,
    byteLength: bytes.length,
    hex: formatHex(bytes),
    fields: frames.flatMap(fieldsInStream),
    violations: frames.flatMap(violationsInStream),
  };
  const alone = openFrame(first.dump);
  return { bytes, frames, open: { ...alone, dump, bytes } };
}

/** One receiver judges all frames: after a fragment, other frames are legal. */
function readFrames(bytes: Uint8Array, sender: Sender): RecordedFrame[] {
  const judge = new FrameJudge(sender, DEFAULT_LIMITS);
  const recorder = new FrameRecorder(0, () => judge);
  const frames = recorder.push(bytes);
  const cut = recorder.end();
  return cut === undefined ? frames : [...frames, cut];
}

function fieldsInStream({ offset, dump }: RecordedFrame): Field[] {
  return offset === 0 ? [...dump.fields] : dump.fields.map((field) => ({ ...field, bit: field.bit + 8 * offset }));
}

function violationsInStream({ offset, dump }: RecordedFrame): Violation[] {
  return dump.violations.map((violation) => ({
    ...violation,
    start: violation.start + offset,
    end: violation.end + offset,
  }));
}

/** The frame that holds a byte, and its index. */
export function frameAt(
  { frames }: BitStream,
  byte: number,
): { readonly frame: RecordedFrame; readonly index: number } {
  const index = frames.findLastIndex(({ offset }) => offset <= byte);
  return { frame: frames[index] as RecordedFrame, index };
}
