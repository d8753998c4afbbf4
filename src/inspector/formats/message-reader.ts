import type { DeflateAgreement } from '../../protocol/extensions/permessage-deflate/parameters.ts';
import { decodeHeader } from '../../protocol/framing/header.ts';
import { mask } from '../../protocol/framing/masking.ts';
import { DirectionInflater, type InflatedMessage } from '../deflate/direction-inflater.ts';

export type { InflatedMessage };

/** Inflates the compressed messages of one direction, frame by frame. RFC 7692 §7.2.2. */
export class MessageReader {
  readonly #inflater: DirectionInflater;

  /** @param isBegun whether the first message is the connection's first; if it is not, the window is unknown */
  constructor(sender: 'client' | 'server', agreement: DeflateAgreement, isBegun: boolean) {
    this.#inflater = new DirectionInflater(sender, agreement, isBegun);
  }

  /**
   * Takes the next frame, which must be complete.
   *
   * @param bytes the frame from its first byte on; more may follow
   * @returns the message that ends with it, if it was compressed
   */
  take(bytes: Uint8Array): InflatedMessage | undefined {
    const header = decodeHeader(bytes);
    if (header === undefined) return undefined;
    const onTheWire = bytes.subarray(header.headerLength, header.headerLength + header.payloadLength);
    const payload = header.masked ? mask(onTheWire, header.maskingKey) : onTheWire;
    const { opcode, fin, rsv1 } = header;
    return this.#inflater.take({ opcode, fin, rsv1, begins: true, ends: true, payload });
  }
}
