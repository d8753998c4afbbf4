import { MAX_HEADER_LENGTH } from '../../protocol/framing/layout.ts';
import type { Violation } from '../../protocol/violation.ts';
import { describeFrame } from './describe.ts';
import { dumpFrame, type FrameDump, MAX_SHOWN_BYTES } from './frame-dump.ts';
import { dumpFound, type ExplainFrame, type FoundFrame, type RecordedFrame } from './frame-recorder.ts';

/**
 * Explains each frame when its `dump` is first asked for, since of a long capture hardly any is.
 *
 * @param all of the bytes, in one chunk: whole frames are read where they lie in it later, and it must stay as it is;
 *   what had to be joined from pieces is kept as it is now
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

/** The frame that starts at `offset` in a few words, as {@link describeFrame} has them, from its header alone. */
export function describeFrameAt(bytes: Uint8Array, offset: number): string {
  const head = dumpFrame(bytes.subarray(offset, offset + MAX_HEADER_LENGTH));
  const shown = Math.min(bytes.length - offset, head.byteLength, MAX_SHOWN_BYTES);
  return describeFrame({ ...head, truncated: shown < head.byteLength }, shown);
}
