import { type FramePart, FrameReader } from '../../protocol/framing/frame-reader.ts';
import type { FrameHeader } from '../../protocol/framing/header.ts';
import { mask } from '../../protocol/framing/masking.ts';
import { type MessageOpcode, OPCODE } from '../../protocol/framing/opcode.ts';
import type { Violation } from '../../protocol/violation.ts';
import { BoundedBytes } from './bounded-bytes.ts';
import { dumpFrame, type FrameDump, MAX_SHOWN_BYTES } from './frame-dump.ts';
import type { FrameJudge } from './frame-judge.ts';

/** A frame and where it starts in its direction's bytes. */
export interface RecordedFrame {
  readonly offset: number;
  readonly violations: readonly Violation[];
  readonly dump: FrameDump;
}

/** A frame before it is explained. */
export interface FoundFrame {
  /** Where it starts in its direction's bytes. */
  readonly offset: number;
  /** It lies here from `start` to `end`; may be overwritten when the next chunk comes. */
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  readonly messageOpcode: MessageOpcode | undefined;
  readonly violations: readonly Violation[];
}

/** Makes what is recorded of a frame. */
export type ExplainFrame = (found: FoundFrame) => RecordedFrame;

/** Explains a frame as soon as it is found. */
export const explainAtOnce: ExplainFrame = (found) => {
  const { offset, violations } = found;
  return { offset, violations, dump: dumpFound(found) };
};

export function dumpFound({ bytes, start, end, messageOpcode, violations }: FoundFrame): FrameDump {
  return dumpFrame(bytes.subarray(start, end), { messageOpcode, violations });
}

/** For a frame that is only counted. */
export const UNEXPLAINED: RecordedFrame = { offset: 0, violations: [], dump: dumpFrame(new Uint8Array(0)) };

/** Shared by all frames that break no rule: nearly all. */
const NO_VIOLATIONS: readonly Violation[] = [];

/**
 * Turns one direction's chunks, of any size, into explained frames. RFC 6455 §5.
 *
 * A frame comes out when it is whole, or at once where it breaks a rule. Of a frame that is still
 * arriving no more is kept than will be shown.
 */
export class FrameRecorder {
  readonly #reader = new FrameReader();
  readonly #judgeOf: (header: FrameHeader) => FrameJudge;
  readonly #explain: ExplainFrame;
  readonly #arrived = new BoundedBytes(MAX_SHOWN_BYTES);
  /** Where the next chunk starts, and where the frame that is arriving does. */
  #chunkOffset: number;
  #frameOffset: number;
  #judge: FrameJudge | undefined;
  #reported = false;

  /**
   * @param offset of the first byte to come
   * @param judgeOf who judges the frames with such a header
   */
  constructor(offset: number, judgeOf: (header: FrameHeader) => FrameJudge, explain = explainAtOnce) {
    this.#chunkOffset = offset;
    this.#frameOffset = offset;
    this.#judgeOf = judgeOf;
    this.#explain = explain;
  }

  /** @param chunk left as it is */
  push(chunk: Uint8Array): RecordedFrame[] {
    return [...this.frames(chunk)];
  }

  /**
   * As {@link push}, but explains each frame when it is asked for: a chunk can hold thousands.
   *
   * @param chunk left as it is, and kept until all of its frames are taken, which must be before the next
   */
  *frames(chunk: Uint8Array): Generator<RecordedFrame, void, undefined> {
    const reader = this.#reader;
    // The reader unmasks in place: it gets a copy, and what is shown comes from the chunk itself.
    reader.feed(chunk.slice());
    while (reader.next()) {
      const { end } = reader;
      const frame = this.#record(reader, chunk, end);
      // Before the frame is handed out: the caller may look at the state, or never come back.
      if (reader.ends) this.#startFrame(this.#chunkOffset + end);
      if (frame !== undefined) yield frame;
    }
    if (!this.#reported) this.#arrived.append(chunk.subarray(Math.max(this.#frameOffset - this.#chunkOffset, 0)));
    this.#chunkOffset += chunk.length;
  }

  /** How many bytes are kept of the frame that is arriving. */
  get heldBytes(): number {
    return this.#arrived.length;
  }

  /** The frame that is in pieces when its direction ends. */
  end(): RecordedFrame | undefined {
    const { bytes } = this.#arrived;
    if (bytes.length === 0 || this.#reported) return undefined;
    return this.#explain({
      offset: this.#frameOffset,
      bytes,
      start: 0,
      end: bytes.length,
      messageOpcode: this.#judge?.messageOpcode,
      violations: NO_VIOLATIONS,
    });
  }

  /** @param endOfPart in the chunk */
  #record(part: FramePart, chunk: Uint8Array, endOfPart: number): RecordedFrame | undefined {
    this.#judge = part.begins || this.#judge === undefined ? this.#judgeOf(part) : this.#judge;
    let violation = this.#judge.check(part);
    if (this.#reported || (violation === undefined && !part.ends)) return undefined;
    this.#reported = true;
    // A frame that began in this chunk is read where it lies; any other is joined.
    let [bytes, start, end] = [chunk, this.#frameOffset - this.#chunkOffset, endOfPart];
    if (this.#arrived.length > 0) {
      this.#arrived.append(chunk.subarray(0, endOfPart));
      bytes = this.#arrived.bytes;
      [start, end] = [0, bytes.length];
    }
    if (violation === undefined && part.opcode === OPCODE.close) {
      violation = this.#judge.checkCloseBody(closeBody(bytes.subarray(start, end), part), part.headerLength);
    }
    return this.#explain({
      offset: this.#frameOffset,
      bytes,
      start,
      end,
      messageOpcode: this.#judge.messageOpcode,
      violations: violation === undefined ? NO_VIOLATIONS : [violation],
    });
  }

  #startFrame(offset: number): void {
    this.#frameOffset = offset;
    this.#reported = false;
    if (this.#arrived.length > 0) this.#arrived.clear();
  }
}

function closeBody(bytes: Uint8Array, { headerLength, maskingKey }: FrameHeader): Uint8Array {
  return mask(bytes.subarray(headerLength), maskingKey);
}
