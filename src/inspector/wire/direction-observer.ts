import type { Limits } from '../../protocol/limits.ts';
import { BoundedBytes } from '../frame/bounded-bytes.ts';
import { MAX_SHOWN_BYTES } from '../frame/frame-dump.ts';
import { FrameJudge } from '../frame/frame-judge.ts';
import {
  explainAtOnce,
  type FoundFrame,
  FrameRecorder,
  type RecordedFrame,
  UNEXPLAINED,
} from '../frame/frame-recorder.ts';
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

  /** @param chunk left as it is, and kept until all that it holds is taken, which must be before the next */
  *push(chunk: Uint8Array): Generator<Observed, void, undefined> {
    this.#byteLength += chunk.length;
    if (this.#headLength !== undefined) {
      yield* this.#afterHead(chunk);
      return;
    }
    const whole = this.#head.push(chunk);
    if (whole === undefined) return;
    this.#headLength = whole.head.length;
    yield { kind: 'head', bytes: whole.head };
    yield* this.#afterHead(chunk.subarray(whole.taken));
  }

  /** Says whether frames follow the head, as they do after a 101; later calls change nothing. */
  *decide(framesFollow: boolean): Generator<Observed, void, undefined> {
    this.#framesFollow ??= framesFollow;
    const waiting = this.#waiting.bytes;
    this.#waiting.clear();
    if (this.#headLength !== undefined) yield* this.#afterHead(waiting);
  }

  /** What was still arriving when the connection ended. */
  end(): Observed[] {
    const head = this.#head.end();
    if (head !== undefined) return [{ kind: 'head', bytes: head }];
    const frame = this.#frames?.end();
    return frame === undefined ? [] : [{ kind: 'frame', ...frame }];
  }

  readonly #explain = (found: FoundFrame): RecordedFrame => (this.explains ? explainAtOnce(found) : UNEXPLAINED);

  *#afterHead(chunk: Uint8Array): Generator<Observed, void, undefined> {
    if (this.#framesFollow === undefined) {
      this.#waiting.append(chunk);
      // Nobody may send so much before the handshake is done: what follows is no longer told apart.
      if (this.#waiting.full) {
        this.#framesFollow = false;
        this.#waiting.clear();
      }
    }
    if (!this.#framesFollow || chunk.length === 0) return;
    this.#frames ??= new FrameRecorder(this.#headLength ?? 0, () => this.#judge, this.#explain);
    for (const frame of this.#frames.frames(chunk)) yield { kind: 'frame', ...frame };
  }
}
