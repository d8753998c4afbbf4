import { decodeHeader, type FrameHeader } from './header.ts';
import { MAX_HEADER_LENGTH } from './layout.ts';
import { unmaskInPlace } from './unmasking.ts';

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
  /** Whether `payload` is known to be ASCII throughout: unmasking looked at each byte. */
  readonly ascii: boolean;
}

const NOTHING: Uint8Array = new Uint8Array(0);

/**
 * Turns chunks of any size into frames. RFC 6455 §5: TCP is a stream, so a chunk may end anywhere
 * within a frame, or hold many. Reports what is on the wire and judges nothing.
 */
export class FrameDecoder {
  protected chunk: Uint8Array = NOTHING;
  // How much of the chunk is decoded.
  protected at = 0;
  // A header cut by the end of a chunk waits here for the rest of its bytes. Most connections never need it.
  #cutHeader = NOTHING;
  #cutLength = 0;
  // Of the frame whose payload is arriving; undefined between frames.
  protected header: FrameHeader | undefined;
  protected payloadOffset = 0;

  /**
   * Takes the next bytes of the stream.
   *
   * @param chunk given away: payloads are unmasked in place, and the parts are views of it
   */
  push(chunk: Uint8Array): FramePart[] {
    const parts: FramePart[] = [];
    this.feed(chunk);
    for (let part = this.next(); part !== undefined; part = this.next()) parts.push(part);
    return parts;
  }

  /**
   * As {@link push}, but the parts are fetched with {@link next}, all of them before the next chunk.
   * A chunk can hold thousands of frames: parts that are done with one by one cost no memory.
   */
  feed(chunk: Uint8Array): void {
    this.chunk = chunk;
    this.at = 0;
  }

  /** @returns the next part in the chunk; undefined where the chunk is used up */
  next(): FramePart | undefined {
    const chunk = this.chunk;
    if (this.at === chunk.length) {
      this.chunk = NOTHING;
      this.at = 0;
      return undefined;
    }
    const begins = this.header === undefined;
    const header = this.header ?? this.#readHeader(chunk);
    if (header === undefined) return undefined;

    const start = this.at;
    const payloadOffset = begins ? 0 : this.payloadOffset;
    const missing = header.payloadLength - payloadOffset;
    const ends = missing <= chunk.length - start;
    const end = ends ? start + missing : chunk.length;
    const payload = viewOf(chunk, start, end);
    const ascii = header.masked && unmaskInPlace(payload, header.maskingKey, payloadOffset);
    this.at = end;
    this.header = ends ? undefined : header;
    this.payloadOffset = payloadOffset + payload.length;
    return { header, payload, payloadOffset, begins, ends, ascii };
  }

  /** Whether the stream so far ends between two frames. */
  get atFrameBoundary(): boolean {
    return this.header === undefined && this.#cutLength === 0;
  }

  #readHeader(chunk: Uint8Array): FrameHeader | undefined {
    const header = this.#cutLength === 0 ? decodeHeader(chunk, this.at) : undefined;
    if (header === undefined) return this.#readCutHeader(chunk);
    this.at += header.headerLength;
    return header;
  }

  /** Gathers a header whose bytes come in several chunks, until it is whole. */
  #readCutHeader(chunk: Uint8Array): FrameHeader | undefined {
    if (this.#cutHeader === NOTHING) this.#cutHeader = new Uint8Array(MAX_HEADER_LENGTH);
    while (this.at < chunk.length) {
      this.#cutHeader[this.#cutLength++] = chunk[this.at++] as number;
      const header = decodeHeader(this.#cutHeader, 0, this.#cutLength);
      if (header !== undefined) {
        this.#cutLength = 0;
        return header;
      }
    }
    return undefined;
  }
}

/** As `subarray`, in less time: a stream of small frames spends most of its time on making views. */
function viewOf(chunk: Uint8Array, start: number, end: number): Uint8Array {
  if (start === 0 && end === chunk.length) return chunk;
  return new Uint8Array(chunk.buffer, chunk.byteOffset + start, end - start);
}
