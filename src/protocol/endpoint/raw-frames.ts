import { decodeHeader } from '../framing/header.ts';
import { OPCODE } from '../framing/opcode.ts';

/** Finds the close frames in raw bytes that are sent unchanged. The bytes may be cut anywhere. */
export class RawFrames {
  #cutHeader = new Uint8Array(0);
  #payloadBytesLeft = 0;

  /** @returns whether the header of a close frame ends in these bytes. RFC 6455 §5.5.1 */
  closes(bytes: Uint8Array): boolean {
    const ofPayload = Math.min(this.#payloadBytesLeft, bytes.length);
    const stream = new Uint8Array(this.#cutHeader.length + bytes.length - ofPayload);
    stream.set(this.#cutHeader);
    stream.set(bytes.subarray(ofPayload), this.#cutHeader.length);
    let at = 0;
    let closes = false;
    for (let header = decodeHeader(stream, at); header !== undefined; header = decodeHeader(stream, at)) {
      at += header.headerLength + header.payloadLength;
      closes ||= header.opcode === OPCODE.close;
    }
    this.#payloadBytesLeft += Math.max(0, at - stream.length) - ofPayload;
    this.#cutHeader = stream.slice(at);
    return closes;
  }
}
