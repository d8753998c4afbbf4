import { GrowingBytes } from '../../bytes/growing-bytes.ts';
import type { BorrowedBytes, Memory } from '../../bytes/memory/memory.ts';
import type { FramePart } from '../framing/frame-reader.ts';
import { isControlOpcode, type MessageOpcode, OPCODE } from '../framing/opcode.ts';

/** A whole message, or a whole control frame. RFC 6455 §6.2. */
export interface AssembledMessage {
  readonly opcode: MessageOpcode | typeof OPCODE.close | typeof OPCODE.ping | typeof OPCODE.pong;
  /** A view of the chunk if one frame and one chunk held it all; else it lies in the assembler's memory. */
  readonly payload: BorrowedBytes;
}

const NOTHING = new Uint8Array(0);

/**
 * Joins the parts of frames to messages, control frames in between. RFC 6455 §5.4, §6.2.
 *
 * Takes only what its caller has checked: judges nothing.
 */
export class MessageAssembler {
  #opcode: MessageOpcode = OPCODE.binary;
  // Undefined if messages are not joined.
  readonly #message: GrowingBytes | undefined;
  readonly #control = new GrowingBytes();

  /**
   * @param memory where a message that comes in several parts is joined
   * @param joinsMessages false: a message that comes in several parts has an empty payload; control frames are whole
   */
  constructor(memory?: Memory, joinsMessages = true) {
    this.#message = joinsMessages ? new GrowingBytes(memory) : undefined;
  }

  /** How much memory is taken by a message that has not come whole, in bytes. */
  get heldBytes(): number {
    return this.#message?.heldBytes ?? 0;
  }

  /** @returns what this part completes, or undefined */
  push(part: FramePart): AssembledMessage | undefined {
    const { opcode, fin, begins, ends } = part;
    const control = isControlOpcode(opcode);
    if (begins && opcode !== OPCODE.continuation) {
      // One frame and one chunk have all of it: there is nothing to join.
      if (ends && fin) return { opcode: opcode as AssembledMessage['opcode'], payload: part.payload };
      if (!control) this.#opcode = opcode as MessageOpcode;
    }
    const { payload, payloadLength, payloadOffset } = part;
    // An extension may have made more of it than the frame announced.
    this.append(opcode, payload, Math.max(0, payloadLength - payloadOffset - payload.length));
    if (!ends || !fin) return undefined;
    if (control) return { opcode: opcode as AssembledMessage['opcode'], payload: this.#control.take() };
    return { opcode: this.#opcode, payload: this.#message?.take() ?? NOTHING };
  }

  /**
   * Joins bytes to those before them. It completes nothing: for a part that ends a frame, see {@link push}.
   *
   * @param announced how many more bytes of the frame are to come
   */
  append(opcode: number, payload: Uint8Array, announced: number): void {
    const bytes = isControlOpcode(opcode) ? this.#control : this.#message;
    bytes?.append(payload, announced);
  }

  /** Gives up the message that is arriving. */
  end(): void {
    this.#message?.discard();
  }
}
