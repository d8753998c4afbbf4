import { GrowingBytes } from '../../bytes/growing-bytes.ts';
import type { BorrowedBytes, Memory } from '../../bytes/memory/memory.ts';
import type { FramePart } from '../framing/frame-reader.ts';
import { isControlOpcode, type MessageOpcode, OPCODE } from '../framing/opcode.ts';

/** A complete message or control frame. RFC 6455 §6.2. */
export interface AssembledMessage {
  readonly opcode: MessageOpcode | typeof OPCODE.close | typeof OPCODE.ping | typeof OPCODE.pong;
  /** A view of the chunk if one frame and one chunk held all of it; otherwise it is in the assembler's memory. */
  readonly payload: BorrowedBytes;
}

const NOTHING = new Uint8Array(0);

/**
 * Joins the parts of frames into messages. Control frames may come between them. RFC 6455 §5.4, §6.2.
 *
 * It checks nothing: its caller has already checked the parts.
 */
export class MessageAssembler {
  #opcode: MessageOpcode = OPCODE.binary;
  // Undefined if messages are not joined.
  readonly #message: GrowingBytes | undefined;
  readonly #control = new GrowingBytes();

  /**
   * @param memory in which the parts of a message are joined
   * @param joinsMessages false: a message in several parts gets an empty payload; control frames are still joined
   */
  constructor(memory?: Memory, joinsMessages = true) {
    this.#message = joinsMessages ? new GrowingBytes(memory) : undefined;
  }

  /** How much memory an unfinished message takes, in bytes. */
  get heldBytes(): number {
    return this.#message?.heldBytes ?? 0;
  }

  /** @returns the message or control frame that this part completes, or undefined */
  push(part: FramePart): AssembledMessage | undefined {
    const { opcode, fin, begins, ends } = part;
    const control = isControlOpcode(opcode);
    if (begins && opcode !== OPCODE.continuation) {
      // One frame and one chunk hold all of it: there is nothing to join.
      if (ends && fin) return { opcode: opcode as AssembledMessage['opcode'], payload: part.payload };
      if (!control) this.#opcode = opcode as MessageOpcode;
    }
    const { payload, payloadLength, payloadOffset } = part;
    // An extension's decoder may have returned more bytes than the frame announced.
    this.append(opcode, payload, Math.max(0, payloadLength - payloadOffset - payload.length));
    if (!ends || !fin) return undefined;
    if (control) return { opcode: opcode as AssembledMessage['opcode'], payload: this.#control.take() };
    return { opcode: this.#opcode, payload: this.#message?.take() ?? NOTHING };
  }

  /**
   * Appends bytes to the message or control frame that is arriving. Does not complete it: for a part that ends a frame, see {@link push}.
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
