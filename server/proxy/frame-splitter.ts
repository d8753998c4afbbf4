import { joinBytes } from '../../src/bytes/join-bytes.ts';
import { decodeHeader, type FrameHeader } from '../../src/protocol/framing/header.ts';

/** Whole frames, or bytes of a frame that is too long to wait for. */
export type SplitPart =
  | { readonly kind: 'frame'; readonly header: FrameHeader; readonly bytes: Uint8Array }
  | { readonly kind: 'part'; readonly bytes: Uint8Array };

/** A longer frame passes as it comes, and no rule can change it. */
export const MAX_RULED_FRAME_BYTES = 1024 * 1024;

const NOTHING = new Uint8Array(0);

/** Splits the bytes of one direction into frames. All parts together are the bytes that came. */
export class FrameSplitter {
  #waiting: Uint8Array = NOTHING;
  /** Of a long frame that passes in parts. */
  #left = 0;

  /** The bytes of a frame that is not complete. */
  get unfinished(): Uint8Array {
    return this.#waiting;
  }

  /** @param chunk copied, if it must be kept */
  push(chunk: Uint8Array): SplitPart[] {
    const parts: SplitPart[] = [];
    let bytes = this.#waiting.length === 0 ? chunk.slice() : joinBytes([this.#waiting, chunk]);
    while (bytes.length > 0) {
      if (this.#left > 0) {
        const taken = Math.min(this.#left, bytes.length);
        parts.push({ kind: 'part', bytes: bytes.subarray(0, taken) });
        this.#left -= taken;
        bytes = bytes.subarray(taken);
        continue;
      }
      const header = decodeHeader(bytes);
      if (header === undefined) break;
      const byteLength = header.headerLength + header.payloadLength;
      if (byteLength > MAX_RULED_FRAME_BYTES) {
        this.#left = byteLength;
        continue;
      }
      if (bytes.length < byteLength) break;
      parts.push({ kind: 'frame', header, bytes: bytes.subarray(0, byteLength) });
      bytes = bytes.subarray(byteLength);
    }
    this.#waiting = bytes;
    return parts;
  }
}
