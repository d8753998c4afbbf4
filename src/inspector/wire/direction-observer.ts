import type { Limits } from '../../protocol/limits.ts';
import { BoundedBytes } from '../frame/bounded-bytes.ts';
import { MAX_SHOWN_BYTES } from '../frame/frame-dump.ts';
import { FrameJudge } from '../frame/frame-judge.ts';
import {
  type ExplainFrame,
  explainAtOnce,
  type FoundFrame,
  FrameRecorder,
  type RecordedFrame,
  UNEXPLAINED,
} from '../frame/frame-recorder.ts';
import type { FindFrames } from './begins-with-frames.ts';
import { HeadRecorder } from './head-recorder.ts';
import type { DirectionRecorder, WireExtension } from './wire-extension.ts';

/** A part of one direction: its head, or a frame. */
export type Observed = ObservedHead | ObservedFrame | ObservedGap;

/** Bytes that are missing, or that cannot be read because others before them are. */
export interface ObservedGap {
  readonly kind: 'gap';
  readonly offset: number;
  /** Undefined if nobody knows how many are missing. */
  readonly byteLength: number | undefined;
  /** `missing`: not in the recording. `unread`: it is not certain where a frame begins in them. */
  readonly why: 'missing' | 'unread';
}

export interface ObservedHead {
  readonly kind: 'head';
  readonly bytes: Uint8Array;
}

export interface ObservedFrame extends RecordedFrame {
  readonly kind: 'frame';
}

/**
 * One direction of a connection: a head, then frames if the handshake succeeds. RFC 6455 §4.
 *
 * The bytes after the head wait until {@link decide} says whether they are frames.
 */
export class DirectionObserver {
  /** If false, frames are found and checked but not explained: all have the same empty `dump`. */
  explains = true;
  readonly #sender: 'client' | 'server';
  readonly #limits: Limits;
  readonly #findFrames: FindFrames | undefined;
  readonly #explainFrame: ExplainFrame;
  #extension: WireExtension | undefined;
  readonly #head = new HeadRecorder();
  readonly #waiting = new BoundedBytes(MAX_SHOWN_BYTES);
  #headLength: number | undefined;
  #frames: DirectionRecorder | undefined;
  #framesFollow: boolean | undefined;
  #byteLength = 0;
  /** Whether it is unknown where the next frame begins, because bytes are missing. */
  #isLost = false;
  #unread = 0;

  /** @param findFrames says where frames begin again after a gap; without it, nothing after a gap is read */
  constructor(sender: 'client' | 'server', limits: Limits, findFrames?: FindFrames, explain = explainAtOnce) {
    this.#explainFrame = explain;
    this.#sender = sender;
    this.#limits = limits;
    this.#findFrames = findFrames;
  }

  /** How many bytes it has seen. */
  get byteLength(): number {
    return this.#byteLength;
  }

  /** How many bytes of an incomplete head or frame are kept, and of compressed messages. */
  get heldBytes(): number {
    return this.#head.heldBytes + this.#waiting.length + (this.#frames?.heldBytes ?? 0);
  }

  /** @param chunk not changed, and used until all of its parts are taken: take them before the next chunk */
  *push(chunk: Uint8Array): Generator<Observed, void, undefined> {
    const offset = this.#byteLength;
    this.#byteLength += chunk.length;
    if (this.#isLost && chunk.length > 0) {
      if (!this.#framesFollow || !this.#findFrames?.(chunk, this.#sender)) {
        this.#unread += chunk.length;
        return;
      }
      yield* this.#endOfUnread(offset);
      this.#isLost = false;
      this.#frames ??= this.#recordFrames(offset);
      this.#frames.restart(offset);
    }
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

  /**
   * Decides whether frames follow the head, as after a 101. Later calls have no effect.
   *
   * @param extension that both ends agreed on
   */
  *decide(framesFollow: boolean, extension?: WireExtension): Generator<Observed, void, undefined> {
    this.#framesFollow ??= framesFollow;
    this.#extension ??= extension;
    const waiting = this.#waiting.bytes;
    this.#waiting.clear();
    if (this.#headLength !== undefined) yield* this.#afterHead(waiting);
  }

  /**
   * Bytes are missing here. If all of them are payload of one frame, the next frame's place is known. If not, what follows is
   * read again only from a chunk on that begins with frames beyond doubt.
   *
   * @param byteLength undefined if nobody knows how many
   */
  *gap(byteLength: number | undefined): Generator<Observed, void, undefined> {
    const offset = this.#byteLength;
    this.#byteLength += byteLength ?? 0;
    if (this.#isLost) yield* this.#endOfUnread(offset);
    const frames = this.#frames;
    if (byteLength !== undefined && !this.#isLost && frames?.bridges(byteLength)) {
      yield { kind: 'gap', offset, byteLength, why: 'missing' };
      for (const frame of frames.gap(byteLength)) yield { kind: 'frame', ...frame };
      return;
    }
    yield* this.end();
    this.#headLength ??= offset;
    this.#isLost = true;
    yield { kind: 'gap', offset, byteLength, why: 'missing' };
  }

  /**
   * The handshake was before the recording.
   *
   * @param isAligned if false, what comes is read from the first chunk on that begins with frames beyond doubt
   */
  beginWithoutHead(extension: WireExtension | undefined, isAligned: boolean): void {
    this.#headLength = 0;
    this.#isLost = !isAligned;
    this.#framesFollow = true;
    this.#extension = extension;
  }

  *#endOfUnread(offset: number): Generator<Observed, void, undefined> {
    if (this.#unread > 0) yield { kind: 'gap', offset: offset - this.#unread, byteLength: this.#unread, why: 'unread' };
    this.#unread = 0;
  }

  /** The incomplete head or frame at the end of the connection. */
  end(): Observed[] {
    if (this.#isLost) return [...this.#endOfUnread(this.#byteLength)];
    const head = this.#headLength === undefined ? this.#head.end() : undefined;
    if (head !== undefined) return [{ kind: 'head', bytes: head }];
    const frame = this.#frames?.end();
    return frame === undefined ? [] : [{ kind: 'frame', ...frame }];
  }

  readonly #explain = (found: FoundFrame): RecordedFrame => (this.explains ? this.#explainFrame(found) : UNEXPLAINED);

  *#afterHead(chunk: Uint8Array): Generator<Observed, void, undefined> {
    if (this.#framesFollow === undefined) {
      this.#waiting.append(chunk);
      // No endpoint sends this much before the handshake is done. The rest is not taken apart.
      if (this.#waiting.full) {
        this.#framesFollow = false;
        this.#waiting.clear();
      }
    }
    if (!this.#framesFollow || chunk.length === 0) return;
    this.#frames ??= this.#recordFrames();
    for (const frame of this.#frames.frames(chunk)) yield { kind: 'frame', ...frame };
  }

  #recordFrames(offset = this.#headLength ?? 0): DirectionRecorder {
    const [sender, limits, explain] = [this.#sender, this.#limits, this.#explain];
    if (this.#extension !== undefined)
      return this.#extension.createRecorder({ sender, limits, offset, explain, explains: () => this.explains });
    const judge = new FrameJudge(sender, limits);
    return new FrameRecorder(offset, () => judge, explain);
  }
}
