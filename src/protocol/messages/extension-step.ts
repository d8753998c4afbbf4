import type { Extension, PayloadDecoder } from '../extensions/extension.ts';
import type { FramePart } from '../framing/frame-reader.ts';
import { copyHeader, type FrameHeader } from '../framing/header.ts';
import { RSV1_BIT, RSV2_BIT, RSV3_BIT } from '../framing/layout.ts';
import { isControlOpcode, OPCODE } from '../framing/opcode.ts';
import type { Violation } from '../violation.ts';
import { MESSAGE_RULES } from './rules.ts';
import { violationInPart } from './violation-in-part.ts';

/**
 * Undoes the changes that extensions made to messages. RFC 6455 §9.2. It runs after the check of the headers, which are
 * checked as on the wire, and before the check of the text, which must be the program's own. The limit on a message's
 * length applies to the result.
 */
export class ExtensionStep {
  readonly extensions: readonly Extension[];
  readonly #maxMessageBytes: number;
  readonly #decoders: readonly { readonly reservedBit: number; readonly decoder: PayloadDecoder }[];
  // The decoders for the message that is arriving. The extension that changed it last is undone first.
  #active: readonly PayloadDecoder[] = [];
  #messageBytes = 0;

  /**
   * @param extensions the negotiated ones, in the order in which the sender applies them. RFC 6455 §9.1
   * @param maxMessageBytes the receiver's limit
   */
  constructor(extensions: readonly Extension[], maxMessageBytes: number) {
    this.extensions = extensions;
    this.#maxMessageBytes = maxMessageBytes;
    this.#decoders = extensions
      .map((extension) => ({ reservedBit: extension.reservedBit, decoder: extension.createDecoder() }))
      .reverse();
  }

  /** @returns the part with the payload that the sender's program sent, or the rule that the part breaks */
  decode(part: FramePart): FramePart | Violation {
    if (isControlOpcode(part.opcode)) return part;
    if (part.begins && part.opcode !== OPCODE.continuation) this.#beginMessage(part);
    if (this.#active.length === 0) return part;

    const wire = part.payload;
    let payload: Uint8Array = wire;
    for (const decoder of this.#active) {
      const decoded = decoder.decode(payload, part.ends && part.fin, this.#maxMessageBytes - this.#messageBytes);
      if ('requirement' in decoded) return violationInPart(decoded, part);
      payload = decoded;
    }
    this.#messageBytes += payload.length;
    if (this.#messageBytes > this.#maxMessageBytes) return violationInPart(MESSAGE_RULES.messageTooLong, part);
    const { payloadOffset, begins, ends } = part;
    return { ...copyHeader(part), payload, payloadOffset, begins, ends, ascii: false, wireLength: wire.length };
  }

  /** How much memory the decoders take, in bytes. */
  get heldBytes(): number {
    let heldBytes = 0;
    for (const { decoder } of this.#decoders) heldBytes += decoder.heldBytes ?? 0;
    return heldBytes;
  }

  /** Frees the memory of the decoders: no more bytes will arrive. */
  end(): void {
    for (const { decoder } of this.#decoders) decoder.end?.();
  }

  #beginMessage(header: FrameHeader): void {
    const bits = reservedBitsOf(header);
    this.#active = this.#decoders.filter(({ reservedBit }) => (reservedBit & bits) !== 0).map(({ decoder }) => decoder);
    this.#messageBytes = 0;
  }
}

function reservedBitsOf({ rsv1, rsv2, rsv3 }: FrameHeader): number {
  return (rsv1 ? RSV1_BIT : 0) | (rsv2 ? RSV2_BIT : 0) | (rsv3 ? RSV3_BIT : 0);
}
