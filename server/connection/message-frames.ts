import type { InflatedDump } from '../../src/inspector/deflate/inflated-dump.ts';
import { type FrameDump, withInflated } from '../../src/inspector/frame/frame-dump.ts';
import { FrameJudge } from '../../src/inspector/frame/frame-judge.ts';
import {
  dumpFound,
  type FoundFrame,
  FrameRecorder,
  type RecordedFrame,
  UNEXPLAINED,
} from '../../src/inspector/frame/frame-recorder.ts';
import type { WireExtension } from '../../src/inspector/wire/wire-extension.ts';
import { decodeHeader } from '../../src/protocol/framing/header.ts';
import { MAX_HEADER_LENGTH } from '../../src/protocol/framing/layout.ts';
import { isControlOpcode } from '../../src/protocol/framing/opcode.ts';
import type { Limits } from '../../src/protocol/limits.ts';
import type { Turns } from '../bounds/turns.ts';

/** The limit for the bytes kept and shown of all frames of one message together. Each frame's header is always kept. */
const MAX_MESSAGE_BYTES = 1024 * 1024;
/** An estimate of the memory that keeping a frame takes, besides its bytes. */
const FRAME_BYTES = 512;
/** Keeping a frame takes a quarter of the time of explaining a short one. */
const COST_OF_KEEPING = 0.25;
/** Writing this many bytes as hex takes as long as explaining a short frame. */
const BYTES_PER_COST = 8 * 1024;

/**
 * Keeps the frames of a client's message until the message is complete, and then explains them. RFC 6455 §5.4.
 *
 * It keeps the bytes, not the explanations, which are a hundred times as long. So a message that never ends takes no more
 * memory than the bytes that were sent. It reads each chunk before the endpoint does, so it may hold several messages.
 */
export class MessageFrames {
  readonly #recorder: FrameRecorder;
  readonly #turns: Turns;
  #messages: KeptMessage[] = [new KeptMessage()];

  // The compressed message that ends with the frame that was read last.
  #inflated: InflatedDump | undefined;

  /**
   * @param limits the endpoint's own: frames beyond them are not kept
   * @param extension that both ends agreed on
   */
  constructor(limits: Limits, turns: Turns, extension?: WireExtension) {
    const judge = new FrameJudge('client', limits, extension && [extension.extension]);
    const inflater = extension?.inflaterOf('client');
    this.#turns = turns;
    this.#recorder = new FrameRecorder(
      0,
      () => judge,
      (found) => this.#keep(found),
      inflater &&
        ((part) => {
          this.#inflated = inflater.take(part, true);
        }),
    );
  }

  /** How much memory it takes, in bytes. */
  get heldBytes(): number {
    return this.#messages.reduce((sum, message) => sum + message.heldBytes, this.#recorder.heldBytes);
  }

  /** @param chunk the next one that the endpoint gets; not changed */
  push(chunk: Uint8Array): void {
    this.#recorder.push(chunk);
  }

  /** Returns the frames of the next message, in order. Call it once for each message. */
  take(): readonly FrameDump[] {
    const { frames, heldBytes, inflated } = this.#messages.shift() ?? new KeptMessage();
    this.#turns.spend(frames.length + heldBytes / BYTES_PER_COST);
    const last = frames.length - 1;
    return frames.map((frame, i) => withInflated(dumpFound(frame), i === last ? inflated : undefined));
  }

  #keep(found: FoundFrame): RecordedFrame {
    this.#turns.spend(COST_OF_KEEPING);
    const header = decodeHeader(found.bytes.subarray(found.start, found.start + MAX_HEADER_LENGTH));
    if (header !== undefined && !isControlOpcode(header.opcode)) {
      this.#messages.at(-1)?.add(found, this.#inflated);
      if (header.fin) this.#messages.push(new KeptMessage());
    }
    return UNEXPLAINED;
  }
}

class KeptMessage {
  readonly frames: FoundFrame[] = [];
  heldBytes = 0;

  inflated: InflatedDump | undefined;

  /** @param inflated the compressed message that ends with this frame */
  add(found: FoundFrame, inflated?: InflatedDump): void {
    const room = Math.max(MAX_MESSAGE_BYTES - this.heldBytes, MAX_HEADER_LENGTH);
    // A copy: the memory of the chunk is reused for the next one.
    const bytes = found.bytes.slice(found.start, Math.min(found.end, found.start + room));
    this.frames.push({ ...found, bytes, start: 0, end: bytes.length });
    this.heldBytes += bytes.length + FRAME_BYTES + (inflated?.hex.length ?? 0);
    this.inflated = inflated;
  }
}
