import { FrameDecoder, type FramePart } from '../protocol/framing/decoder.ts';
import type { FrameHeader } from '../protocol/framing/header.ts';
import { mask } from '../protocol/framing/masking.ts';
import { OPCODE } from '../protocol/framing/opcode.ts';
import type { Violation } from '../protocol/violation.ts';
import { BoundedBytes } from './bounded-bytes.ts';
import { dumpFrame, type FrameContext, type FrameDump, MAX_SHOWN_BYTES } from './frame-dump.ts';
import type { FrameJudge } from './frame-judge.ts';

/** A frame and where it starts in its direction's bytes. */
export interface RecordedFrame {
  readonly offset: number;
  readonly violations: readonly Violation[];
  readonly dump: FrameDump;
}

/** Makes what is recorded of a frame; `bytes` are a view that may be overwritten when the next chunk comes. */
export type ExplainFrame = (
  offset: number,
  bytes: Uint8Array,
  context: FrameContext & { readonly violations: readonly Violation[] },
) => RecordedFrame;

const explainAtOnce: ExplainFrame = (offset, bytes, context) => ({
  offset,
  violations: context.violations,
  dump: dumpFrame(bytes, context),
});

/**
 * Turns one direction's chunks, of any size, into explained frames. RFC 6455 §5.
 *
 * A frame comes out when it is whole, or at once where it breaks a rule. Of a frame that is still
 * arriving no more is kept than will be shown.
 */
export class FrameRecorder {
  readonly #decoder = new FrameDecoder();
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
    const frames: RecordedFrame[] = [];
    let at = 0;
    // The decoder unmasks in place: it gets a copy, and what is shown comes from the chunk itself.
    for (const part of this.#decoder.push(chunk.slice())) {
      const end = this.#endOf(part);
      const bytes = this.#join(chunk.subarray(at, end), part);
      at = end;
      const frame = this.#record(part, bytes);
      if (frame !== undefined) frames.push(frame);
      if (part.ends) this.#startFrame(this.#chunkOffset + end);
    }
    this.#arrived.append(chunk.subarray(at));
    this.#chunkOffset += chunk.length;
    return frames;
  }

  /** The frame that is in pieces when its direction ends. */
  end(): RecordedFrame | undefined {
    const bytes = this.#arrived.bytes;
    if (bytes.length === 0 || this.#reported) return undefined;
    return this.#dump(bytes, this.#judge?.messageOpcode, []);
  }

  #record(part: FramePart, bytes: Uint8Array): RecordedFrame | undefined {
    const { header, begins, ends } = part;
    this.#judge = begins || this.#judge === undefined ? this.#judgeOf(header) : this.#judge;
    let violation = this.#judge.check(part);
    if (violation === undefined && ends && header.opcode === OPCODE.close) {
      violation = this.#judge.checkCloseBody(closeBody(bytes, header), header.headerLength);
    }
    if (this.#reported || (violation === undefined && !ends)) return undefined;
    this.#reported = true;
    return this.#dump(bytes, this.#judge.messageOpcode, violation === undefined ? [] : [violation]);
  }

  #dump(
    bytes: Uint8Array,
    messageOpcode: FrameJudge['messageOpcode'],
    violations: readonly Violation[],
  ): RecordedFrame {
    return this.#explain(this.#frameOffset, bytes, { messageOpcode, violations });
  }

  /** A frame that came whole in one chunk is read where it lies; any other is joined. */
  #join(piece: Uint8Array, { begins, ends }: FramePart): Uint8Array {
    if (begins && ends && this.#arrived.length === 0) return piece;
    this.#arrived.append(piece);
    return this.#arrived.bytes;
  }

  #endOf({ header, payload, payloadOffset }: FramePart): number {
    return this.#frameOffset + header.headerLength + payloadOffset + payload.length - this.#chunkOffset;
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
