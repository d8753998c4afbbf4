import type { Limits } from '../protocol/limits.ts';
import { BoundedBytes } from './bounded-bytes.ts';
import { MAX_SHOWN_BYTES } from './frame-dump.ts';
import { FrameJudge } from './frame-judge.ts';
import { explainAtOnce, type FoundFrame, FrameRecorder, type RecordedFrame, UNEXPLAINED } from './frame-recorder.ts';
import { HeadRecorder } from './head-recorder.ts';

/** What one direction's bytes turned out to be. */
export type Observed = ObservedHead | ObservedFrame;

export interface ObservedHead {
  readonly kind: 'head';
  readonly bytes: Uint8Array;
}

export interface ObservedFrame extends RecordedFrame {
  readonly kind: 'frame';
}

/**
 * One direction of a connection: a head, then frames where the handshake succeeds. RFC 6455 §4.
 *
 * What comes after the head waits until {@link decide} says what it is.
 */
export class DirectionObserver {
  /** False: frames are found and judged, but their `dump` is one and the same for all of them, and says nothing. */
  explains = true;
  readonly #judge: FrameJudge;
  readonly #head = new HeadRecorder();
  readonly #waiting = new BoundedBytes(MAX_SHOWN_BYTES);
  #headLength: number | undefined;
  #frames: FrameRecorder | undefined;
  #framesFollow: boolean | undefined;
  #byteLength = 0;

  constructor(sender: 'client' | 'server', limits: Limits) {
    this.#judge = new FrameJudge(sender, limits);
  }

  /** How many bytes it has seen. */
  get byteLength(): number {
    return this.#byteLength;
  }

  /** How many bytes are kept of a head or a frame that has not come whole. */
  get heldBytes(): number {
    return this.#head.heldBytes + this.#waiting.length + (this.#frames?.heldBytes ?? 0);
  }

  /** @param chunk left as it is */
  push(chunk: Uint8Array): Observed[] {
    this.#byteLength += chunk.length;
    if (this.#headLength !== undefined) return this.#afterHead(chunk);
    const whole = this.#head.push(chunk);
    if (whole === undefined) return [];
    this.#headLength = whole.head.length;
    return [{ kind: 'head', bytes: whole.head }, ...this.#afterHead(chunk.subarray(whole.taken))];
  }

  /** Says whether frames follow the head, as they do after a 101; later calls change nothing. */
  decide(framesFollow: boolean): Observed[] {
    this.#framesFollow ??= framesFollow;
    const waiting = this.#waiting.bytes;
    this.#waiting.clear();
    return this.#headLength === undefined ? [] : this.#afterHead(waiting);
  }

  /** What was still arriving when the connection ended. */
  end(): Observed[] {
    const head = this.#head.end();
    if (head !== undefined) return [{ kind: 'head', bytes: head }];
    const frame = this.#frames?.end();
    return frame === undefined ? [] : [{ kind: 'frame', ...frame }];
  }

  readonly #explain = (found: FoundFrame): RecordedFrame => (this.explains ? explainAtOnce(found) : UNEXPLAINED);

  #afterHead(chunk: Uint8Array): Observed[] {
    if (this.#framesFollow === undefined) {
      this.#waiting.append(chunk);
      // Nobody may send so much before the handshake is done: what follows is no longer told apart.
      if (this.#waiting.full) this.decide(false);
    }
    if (!this.#framesFollow || chunk.length === 0) return [];
    this.#frames ??= new FrameRecorder(this.#headLength ?? 0, () => this.#judge, this.#explain);
    return this.#frames.push(chunk).map((frame) => ({ kind: 'frame', ...frame }));
  }
}
