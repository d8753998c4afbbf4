import { decodeHeader, type FrameHeader } from './header.ts';
import { MAX_HEADER_LENGTH } from './layout.ts';
import { maskInPlace } from './masking.ts';

/**
 * A piece of a frame: all of it where one chunk held it whole, else what came in one chunk.
 *
 * The parts of a frame come in order. The first has `begins`, the last has `ends`, a frame that
 * came whole has both. A header that arrived before any of its payload is reported at once, with
 * an empty payload, so that it can be judged before the rest is waited for.
 */
export interface FramePart {
  readonly header: FrameHeader;
  /** Unmasked. A view of the chunk that was pushed. */
  readonly payload: Uint8Array;
  /** Where `payload` stands within the frame's payload, in bytes. */
  readonly payloadOffset: number;
  readonly begins: boolean;
  readonly ends: boolean;
}

/**
 * Turns chunks of any size into frames. RFC 6455 §5: TCP is a stream, so a chunk may end anywhere
 * within a frame, or hold many. Reports what is on the wire and judges nothing.
 */
export class FrameDecoder {
  // A header cut by the end of a chunk waits here for the rest of its bytes.
  readonly #cutHeader = new Uint8Array(MAX_HEADER_LENGTH);
  #cutLength = 0;
  #header: FrameHeader | undefined;
  #payloadOffset = 0;

  /**
   * Takes the next bytes of the stream.
   *
   * @param chunk given away: payloads are unmasked in place, and the parts are views of it
   */
  push(chunk: Uint8Array): FramePart[] {
    const parts: FramePart[] = [];
    let at = 0;
    while (at < chunk.length) {
      const begins = this.#header === undefined;
      if (this.#header === undefined) {
        const cutLength = this.#cutLength;
        const header = cutLength === 0 ? decodeHeader(chunk, at) : this.#joinHeader(chunk);
        if (header === undefined) {
          this.#keepHeader(chunk.subarray(at));
          break;
        }
        at += header.headerLength - cutLength;
        this.#cutLength = 0;
        this.#header = header;
        this.#payloadOffset = 0;
      }
      const header: FrameHeader = this.#header;
      const payloadOffset = this.#payloadOffset;
      const end = Math.min(chunk.length, at + header.payloadLength - payloadOffset);
      const payload = chunk.subarray(at, end);
      if (header.masked) maskInPlace(payload, header.maskingKey, payloadOffset);
      const ends = payloadOffset + payload.length === header.payloadLength;
      parts.push({ header, payload, payloadOffset, begins, ends });
      at = end;
      this.#payloadOffset += payload.length;
      if (ends) this.#header = undefined;
    }
    return parts;
  }

  /** Whether the stream so far ends between two frames. */
  get atFrameBoundary(): boolean {
    return this.#header === undefined && this.#cutLength === 0;
  }

  #keepHeader(start: Uint8Array): void {
    this.#cutHeader.set(start, this.#cutLength);
    this.#cutLength += start.length;
  }

  /** The header whose first bytes came in earlier chunks; undefined where it is still not whole. */
  #joinHeader(chunk: Uint8Array): FrameHeader | undefined {
    const missing = chunk.subarray(0, MAX_HEADER_LENGTH - this.#cutLength);
    this.#cutHeader.set(missing, this.#cutLength);
    return decodeHeader(this.#cutHeader.subarray(0, this.#cutLength + missing.length));
  }
}
