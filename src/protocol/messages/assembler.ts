import type { FramePart } from '../framing/decoder.ts';
import { isControlOpcode, type MessageOpcode, OPCODE } from '../framing/opcode.ts';

/** A whole message, or a whole control frame. RFC 6455 §6.2. */
export interface AssembledMessage {
  readonly opcode: MessageOpcode | typeof OPCODE.close | typeof OPCODE.ping | typeof OPCODE.pong;
  /** A view of the chunk where one frame and one chunk held it all; else a copy. */
  readonly payload: Uint8Array;
}

/**
 * Joins the parts of frames to messages, control frames in between. RFC 6455 §5.4, §6.2.
 *
 * Takes only what its caller has checked: judges nothing.
 */
export class MessageAssembler {
  #opcode: MessageOpcode = OPCODE.binary;
  readonly #message = new GrowingBytes();
  readonly #control = new GrowingBytes();

  /** @returns what this part completes, or undefined */
  push({ header, payload, begins, ends }: FramePart): AssembledMessage | undefined {
    const { opcode, fin } = header;
    if (isControlOpcode(opcode)) {
      const whole = collect(this.#control, payload, begins && ends, ends);
      return whole && { opcode: opcode as AssembledMessage['opcode'], payload: whole };
    }
    if (begins && opcode !== OPCODE.continuation) this.#opcode = opcode as MessageOpcode;
    const alone = begins && ends && fin && opcode !== OPCODE.continuation;
    const whole = collect(this.#message, payload, alone, ends && fin);
    return whole && { opcode: this.#opcode, payload: whole };
  }
}

function collect(bytes: GrowingBytes, payload: Uint8Array, alone: boolean, last: boolean): Uint8Array | undefined {
  if (alone) return payload;
  bytes.append(payload);
  return last ? bytes.take() : undefined;
}

/**
 * Bytes joined in one array that doubles when it is full: what it costs follows what has arrived,
 * never what a header claims, and many small pieces cost no more than few large ones.
 */
class GrowingBytes {
  #bytes = new Uint8Array(0);
  #length = 0;

  append(piece: Uint8Array): void {
    const needed = this.#length + piece.length;
    if (needed > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(needed, 2 * this.#bytes.length));
      grown.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = grown;
    }
    this.#bytes.set(piece, this.#length);
    this.#length = needed;
  }

  take(): Uint8Array {
    const whole = this.#bytes.subarray(0, this.#length);
    this.#bytes = new Uint8Array(0);
    this.#length = 0;
    return whole;
  }
}
