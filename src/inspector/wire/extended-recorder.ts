import type { InflatedDump } from '../deflate/inflated-dump.ts';
import { withInflated } from '../frame/frame-dump.ts';
import { FrameJudge } from '../frame/frame-judge.ts';
import { FrameRecorder, type RecordedFrame } from '../frame/frame-recorder.ts';
import type { DirectionRecorder, PartInflater, RecorderOptions, WireExtension } from './wire-extension.ts';

/** Records the frames of one direction in which an extension has changed messages: the frame that ends one has it undone. */
export class ExtendedRecorder implements DirectionRecorder {
  readonly #frames: FrameRecorder;
  readonly #inflater: PartInflater;
  // The message that ends with the part that was read last.
  #inflated: InflatedDump | undefined;

  constructor(
    { sender, limits, offset, explain, explains }: RecorderOptions,
    { extension, inflaterOf }: WireExtension,
  ) {
    const judge = new FrameJudge(sender, limits, [extension]);
    this.#inflater = inflaterOf(sender);
    this.#frames = new FrameRecorder(
      offset,
      () => judge,
      explain,
      (part) => {
        this.#inflated = this.#inflater.take(part, explains());
      },
    );
  }

  get heldBytes(): number {
    return this.#frames.heldBytes + this.#inflater.heldBytes;
  }

  *frames(chunk: Uint8Array): Generator<RecordedFrame, void, undefined> {
    for (const frame of this.#frames.frames(chunk)) {
      yield { ...frame, dump: withInflated(frame.dump, this.#inflated) };
    }
  }

  bridges(byteLength: number): boolean {
    return this.#frames.bridges(byteLength);
  }

  *gap(byteLength: number): Generator<RecordedFrame, void, undefined> {
    this.#inflater.lose();
    yield* this.#frames.gap(byteLength);
  }

  restart(offset: number): void {
    this.#inflater.lose();
    this.#frames.restart(offset);
  }

  end(): RecordedFrame | undefined {
    return this.#frames.end();
  }
}
