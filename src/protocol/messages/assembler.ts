import type { FramePart } from '../framing/decoder.ts';
import { isControlOpcode, type MessageOpcode, OPCODE } from '../framing/opcode.ts';
import { type BytesSource, GrowingBytes } from '../growing-bytes.ts';

/** A whole message, or a whole control frame. RFC 6455 §6.2. */
export interface AssembledMessage {
  readonly opcode: MessageOpcode | typeof OPCODE.close | typeof OPCODE.ping | typeof OPCODE.pong;
  /** A view of the chunk where one frame and one chunk held it all; else a copy, where the source has room. */
  readonly payload: Uint8Array;
}

/**
 * Joins the parts of frames to messages, control frames in between. RFC 6455 §5.4, §6.2.
 *
 * Takes only what its caller has checked: judges nothing.
 */
export class MessageAssembler {
  #opcode: MessageOpcode = OPCODE.binary;
  /** The data message that is arriving, as far as it has come. */
  readonly message: GrowingBytes;
  readonly #control = new GrowingBytes();

  /** @param source where a message that comes in several parts is joined */
  constructor(source?: BytesSource) {
    this.message = new GrowingBytes(source);
  }

  /** How much memory is taken by what has not come whole, in bytes. */
  get heldBytes(): number {
    return this.message.heldBytes + this.#control.heldBytes;
  }

  /** @returns what this part completes, or undefined */
  push(part: FramePart): AssembledMessage | undefined {
    const { opcode, fin } = part.header;
    if (isControlOpcode(opcode)) {
      const payload = collect(this.#control, part, part.begins, part.ends);
      return payload && { opcode: opcode as AssembledMessage['opcode'], payload };
    }
    const first = part.begins && opcode !== OPCODE.continuation;
    if (first) this.#opcode = opcode as MessageOpcode;
    const payload = collect(this.message, part, first, part.ends && fin);
    return payload && { opcode: this.#opcode, payload };
  }
}

function collect(bytes: GrowingBytes, part: FramePart, first: boolean, last: boolean): Uint8Array | undefined {
  const { header, payload, payloadOffset } = part;
  if (first && last) return payload;
  bytes.append(payload, header.payloadLength - payloadOffset - payload.length);
  return last ? bytes.take() : undefined;
}
