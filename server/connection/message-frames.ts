import type { FrameDump } from '../../src/inspector/frame/frame-dump.ts';
import { FrameJudge } from '../../src/inspector/frame/frame-judge.ts';
import {
  dumpFound,
  type FoundFrame,
  FrameRecorder,
  type RecordedFrame,
  UNEXPLAINED,
} from '../../src/inspector/frame/frame-recorder.ts';
import { decodeHeader } from '../../src/protocol/framing/header.ts';
import { MAX_HEADER_LENGTH } from '../../src/protocol/framing/layout.ts';
import { isControlOpcode } from '../../src/protocol/framing/opcode.ts';
import type { Limits } from '../../src/protocol/limits.ts';
import type { Turns } from '../bounds/turns.ts';

/** Of all frames of one message together, this many bytes are kept and shown, and the header of each frame. */
const MAX_MESSAGE_BYTES = 1024 * 1024;
/** The memory that a kept frame takes in addition to its bytes. */
const FRAME_BYTES = 512;
/** To keep a frame takes a quarter of the time that it takes to explain a short one. */
const COST_OF_KEEPING = 0.25;
/** To put this many bytes into hex costs as much as to explain a short frame. */
const BYTES_PER_COST = 8 * 1024;

/**
 * Keeps the frames that a client sent until the message that they carried is whole, and explains them then. RFC 6455 §5.4.
 *
 * It keeps the bytes, not the explanations, which are a hundred times as long: a message that never ends costs no more than
 * what was sent of it. It reads the same bytes as the endpoint, a chunk ahead of it: so it may hold several messages.
 */
export class MessageFrames {
  readonly #recorder: FrameRecorder;
  readonly #turns: Turns;
  #messages: KeptMessage[] = [new KeptMessage()];

  /** @param limits the endpoint's own: what is beyond them is not kept */
  constructor(limits: Limits, turns: Turns) {
    const judge = new FrameJudge('client', limits);
    this.#turns = turns;
    this.#recorder = new FrameRecorder(
      0,
      () => judge,
      (found) => this.#keep(found),
    );
  }

  /** How much it keeps, in bytes. */
  get heldBytes(): number {
    return this.#messages.reduce((sum, message) => sum + message.heldBytes, this.#recorder.heldBytes);
  }

  /** @param chunk what the endpoint gets next; left as it is */
  push(chunk: Uint8Array): void {
    this.#recorder.push(chunk);
  }

  /** The frames of the next message, its fragments in order; for each message, call it once. */
  take(): readonly FrameDump[] {
    const { frames, heldBytes } = this.#messages.shift() ?? new KeptMessage();
    this.#turns.spend(frames.length + heldBytes / BYTES_PER_COST);
    return frames.map((frame) => dumpFound(frame));
  }

  #keep(found: FoundFrame): RecordedFrame {
    this.#turns.spend(COST_OF_KEEPING);
    const header = decodeHeader(found.bytes.subarray(found.start, found.start + MAX_HEADER_LENGTH));
    if (header !== undefined && !isControlOpcode(header.opcode)) {
      this.#messages.at(-1)?.add(found);
      if (header.fin) this.#messages.push(new KeptMessage());
    }
    return UNEXPLAINED;
  }
}

class KeptMessage {
  readonly frames: FoundFrame[] = [];
  heldBytes = 0;

  add(found: FoundFrame): void {
    const room = Math.max(MAX_MESSAGE_BYTES - this.heldBytes, MAX_HEADER_LENGTH);
    // The chunk's memory is used again for the next.
    const bytes = found.bytes.slice(found.start, Math.min(found.end, found.start + room));
    this.frames.push({ ...found, bytes, start: 0, end: bytes.length });
    this.heldBytes += bytes.length + FRAME_BYTES;
  }
}
