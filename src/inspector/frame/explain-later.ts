import { MAX_HEADER_LENGTH } from '../../protocol/framing/layout.ts';
import type { Violation } from '../../protocol/violation.ts';
import { describeFrame } from './describe.ts';
import { dumpFrame, type FrameDump, MAX_SHOWN_BYTES } from './frame-dump.ts';
import { dumpFound, type ExplainFrame, type FoundFrame, type RecordedFrame } from './frame-recorder.ts';

/**
 * Explains each frame when its `dump` is first read. In a long capture, that is hardly any.
 *
 * @param all the bytes in one chunk, which must not change: complete frames are read from it later. Frames that were joined
 *   from pieces are copied now
 */
export function explainLater(all: Uint8Array): ExplainFrame {
  return (found) => {
    if (found.bytes.buffer === all.buffer) return new LaterFrame(found);
    const bytes = found.bytes.slice(found.start, found.end);
    return new LaterFrame({ ...found, bytes, start: 0, end: bytes.length });
  };
}

class LaterFrame implements RecordedFrame {
  readonly offset: number;
  readonly violations: readonly Violation[];
  readonly #found: FoundFrame;
  #dump: FrameDump | undefined;

  constructor(found: FoundFrame) {
    this.offset = found.offset;
    this.violations = found.violations;
    this.#found = found;
  }

  get dump(): FrameDump {
    this.#dump ??= dumpFound(this.#found);
    return this.#dump;
  }
}

/** Describes the frame at `offset` in a few words, like {@link describeFrame}, from its header alone. */
export function describeFrameAt(bytes: Uint8Array, offset: number): string {
  const head = dumpFrame(bytes.subarray(offset, offset + MAX_HEADER_LENGTH));
  const shown = Math.min(bytes.length - offset, head.byteLength, MAX_SHOWN_BYTES);
  return describeFrame({ ...head, truncated: shown < head.byteLength }, shown);
}
