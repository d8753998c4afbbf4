import { type FramePart, FrameReader } from '../../protocol/framing/frame-reader.ts';
import type { FrameHeader } from '../../protocol/framing/header.ts';
import { mask } from '../../protocol/framing/masking.ts';
import { type MessageOpcode, OPCODE } from '../../protocol/framing/opcode.ts';
import type { Violation } from '../../protocol/violation.ts';
import { BoundedBytes } from './bounded-bytes.ts';
import { dumpFrame, type FrameDump, MAX_SHOWN_BYTES } from './frame-dump.ts';
import type { FrameJudge } from './frame-judge.ts';

/** A frame, and its offset in the bytes of its direction. */
export interface RecordedFrame {
  readonly offset: number;
  readonly violations: readonly Violation[];
  readonly dump: FrameDump;
}

/** A frame before it is explained. */
export interface FoundFrame {
  /** Its offset in the bytes of its direction. */
  readonly offset: number;
  /** The frame is here from `start` to `end`, until the next chunk. */
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  readonly messageOpcode: MessageOpcode | undefined;
  readonly violations: readonly Violation[];
}

/** Explains a frame that was found. */
export type ExplainFrame = (found: FoundFrame) => RecordedFrame;

/** Explains a frame as soon as it is found. */
export const explainAtOnce: ExplainFrame = (found) => {
  const { offset, violations } = found;
  return { offset, violations, dump: dumpFound(found) };
};

/** Dumps a frame that was found. */
export function dumpFound({ bytes, start, end, messageOpcode, violations }: FoundFrame): FrameDump {
  return dumpFrame(bytes.subarray(start, end), { messageOpcode, violations });
}

/** Stands for a frame that is only counted. */
export const UNEXPLAINED: RecordedFrame = { offset: 0, violations: [], dump: dumpFrame(new Uint8Array(0)) };

/** Stands for payload that is missing. It is never shown. */
const FILLER = new Uint8Array(64 * 1024);

/** Shared by all frames that break no rule, which is nearly all of them. */
const NO_VIOLATIONS: readonly Violation[] = [];

/**
 * Turns the chunks of one direction, of any size, into explained frames. RFC 6455 §5.
 *
 * A frame is reported when it is complete, or as soon as it breaks a rule. Of an incomplete frame, only the bytes that
 * will be shown are kept.
 */
export class FrameRecorder {
  #reader = new FrameReader();
  readonly #judgeOf: (header: FrameHeader) => FrameJudge;
  readonly #explain: ExplainFrame;
  readonly #onPart: ((part: FramePart) => void) | undefined;
  readonly #arrived = new BoundedBytes(MAX_SHOWN_BYTES);
  /** Offsets of the next chunk, and of the frame that is arriving. */
  #chunkOffset: number;
  #frameOffset: number;
  #judge: FrameJudge | undefined;
  #reported = false;
  /** The length of the frame that is arriving, from its header on; undefined until the header is complete. */
  #frameLength: number | undefined;
  /** Whether bytes of the frame that is arriving are missing. */
  #isBroken = false;
  /** Whether messages have been lost, so that headers are judged by themselves. */
  #isMidstream = false;

  /**
   * @param offset of the first byte
   * @param judgeOf chooses the judge for a frame by its header
   * @param onPart called with each part of a frame, its payload unmasked, before the frame that ends with it is reported
   */
  constructor(
    offset: number,
    judgeOf: (header: FrameHeader) => FrameJudge,
    explain = explainAtOnce,
    onPart?: (part: FramePart) => void,
  ) {
    this.#chunkOffset = offset;
    this.#frameOffset = offset;
    this.#judgeOf = judgeOf;
    this.#explain = explain;
    this.#onPart = onPart;
  }

  /** @param chunk not changed */
  push(chunk: Uint8Array): RecordedFrame[] {
    return [...this.frames(chunk)];
  }

  /**
   * Like {@link push}, but explains each frame only when it is taken. A chunk can have thousands.
   *
   * @param chunk not changed, and used until all of its frames are taken: take them before the next chunk
   */
  *frames(chunk: Uint8Array): Generator<RecordedFrame, void, undefined> {
    const reader = this.#reader;
    // The reader unmasks in place, so it gets a copy. The bytes that are shown come from the chunk.
    reader.feed(chunk.slice());
    while (reader.next()) {
      const { end } = reader;
      const frame = this.#record(reader, chunk, end);
      // Before the frame is handed out, because the caller might never ask for the next one.
      if (reader.ends) this.#startFrame(this.#chunkOffset + end);
      if (frame !== undefined) yield frame;
    }
    if (!this.#reported && !this.#isBroken)
      this.#arrived.append(chunk.subarray(Math.max(this.#frameOffset - this.#chunkOffset, 0)));
    this.#chunkOffset += chunk.length;
  }

  /** Whether bytes that are missing here are all payload of the frame that is arriving, so that its end is known. */
  bridges(byteLength: number): boolean {
    const frameEnd = this.#frameLength === undefined ? undefined : this.#frameOffset + this.#frameLength;
    return frameEnd !== undefined && this.#chunkOffset + byteLength <= frameEnd && this.#chunkOffset < frameEnd;
  }

  /**
   * Passes over missing bytes of a payload. The frame is reported with what arrived before them, as truncated. Its message
   * and those after it are judged by their headers alone.
   *
   * @param byteLength for which {@link bridges} is true
   */
  *gap(byteLength: number): Generator<RecordedFrame, void, undefined> {
    this.#isBroken = true;
    this.#isMidstream = true;
    this.#judge?.giveUp();
    for (let left = byteLength; left > 0; left -= FILLER.length) {
      yield* this.frames(FILLER.subarray(0, Math.min(left, FILLER.length)));
    }
  }

  /** Begins anew with a frame at this offset: bytes before it are missing. */
  restart(offset: number): void {
    this.#reader = new FrameReader();
    this.#chunkOffset = offset;
    this.#isMidstream = true;
    this.#startFrame(offset);
  }

  /** How many bytes of the incomplete frame are kept. */
  get heldBytes(): number {
    return this.#arrived.length;
  }

  /** The incomplete frame at the end of its direction. */
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
    if (this.#isMidstream) this.#judge.giveUp();
    this.#frameLength = part.headerLength + part.payloadLength;
    let violation = this.#judge.check(part);
    if (!this.#isBroken) this.#onPart?.(part);
    if (this.#reported || (violation === undefined && !part.ends)) return undefined;
    this.#reported = true;
    // A frame that began in this chunk is read from it. Any other was joined from pieces.
    let [bytes, start, end] = [chunk, this.#frameOffset - this.#chunkOffset, endOfPart];
    if (this.#arrived.length > 0) {
      if (!this.#isBroken) this.#arrived.append(chunk.subarray(0, endOfPart));
      bytes = this.#arrived.bytes;
      [start, end] = [0, bytes.length];
    }
    if (violation === undefined && part.opcode === OPCODE.close && !this.#isBroken) {
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
    this.#frameLength = undefined;
    this.#reported = false;
    this.#isBroken = false;
    if (this.#arrived.length > 0) this.#arrived.clear();
  }
}

function closeBody(bytes: Uint8Array, { headerLength, maskingKey }: FrameHeader): Uint8Array {
  return mask(bytes.subarray(headerLength), maskingKey);
}
