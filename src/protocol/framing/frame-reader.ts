import type { BorrowedBytes } from '../../bytes/memory/memory.ts';
import { copyHeader, type FrameHeader, readInt32, readPayloadLength } from './header.ts';
import {
  FIN_BIT,
  HEADER_LENGTHS,
  LENGTH_BITS,
  LENGTH_IN_16_BITS,
  MASK_BIT,
  MASKING_KEY_LENGTH,
  MAX_HEADER_LENGTH,
  MIN_HEADER_LENGTH,
  OPCODE_BITS,
  RSV1_BIT,
  RSV2_BIT,
  RSV3_BIT,
} from './layout.ts';
import { MIN_WORDS_LENGTH, NO_WORDS, unmaskBytes, unmaskPart, wordsOf } from './unmasking.ts';

/**
 * The part of a frame that one chunk held, with the frame's header: the whole frame, or a piece of it.
 *
 * The parts of a frame come in order. The first has `begins`, the last has `ends`, and the only part of a whole frame has
 * both. A header that arrives before its payload is reported at once, with an empty payload, so that it can be checked
 * before the rest arrives.
 */
export interface FramePart extends FrameHeader {
  /** Unmasked. A view of the chunk. */
  readonly payload: BorrowedBytes;
  /** The position of `payload` within the frame's payload, in bytes. */
  readonly payloadOffset: number;
  readonly begins: boolean;
  readonly ends: boolean;
  /** Whether all of `payload` is known to be ASCII: unmasking visits each byte, and tests it as well. */
  readonly ascii: boolean;
  /** If `payload` is what an extension decoded: how many bytes it had on the wire. */
  readonly wireLength?: number;
}

const NOTHING: Uint8Array = new Uint8Array(0);

/**
 * Reads frames from chunks of any size. RFC 6455 §5: TCP is a stream, so a chunk may end anywhere within a frame, or hold
 * many frames. It reports the bytes on the wire and checks nothing.
 *
 * It is a cursor: {@link next} moves it to the next part of a frame, and its properties then describe that part. So it
 * creates no object for each frame. {@link push} does, for callers that keep the parts.
 */
export class FrameReader implements FramePart {
  #first = 0;
  #second = 0;
  #payloadLength = 0;
  #maskingKey = 0;
  #headerLength = 0;
  #chunk = NOTHING;
  #chunkLength = 0;
  // The start and end of the part's payload in the chunk. The bytes after it are not read yet.
  #start = 0;
  #end = 0;
  // How many bytes of the frame's payload have been read, this part included.
  #payloadRead = 0;
  // 0 if unmasking found only ASCII. (A number, like all fields that are tested for each part: V8 takes ten instructions to
  // test a boolean field, because it could hold a value of any type.)
  #notAscii = 0;
  // Holds a header that is cut by the end of a chunk, until its other bytes arrive. Most connections never need it.
  #cutHeader = NOTHING;
  #cutLength = 0;
  // Set only for a chunk of some length. Reading its `buffer` and making a view of it cost as much as unmasking a small
  // frame, so both are done once for all frames of the chunk.
  #buffer: ArrayBufferLike | undefined;
  #words = NO_WORDS;

  /**
   * Takes the next bytes of the stream. Call {@link next} until it returns false before you feed the next chunk.
   *
   * @param chunk the reader's from now on: payloads are unmasked in place. A plain `Uint8Array`, not a Node `Buffer`
   */
  feed(chunk: Uint8Array): void {
    const { length } = chunk;
    this.#chunk = chunk;
    this.#chunkLength = length;
    this.#end = 0;
    if (length < MIN_WORDS_LENGTH) return;
    this.#buffer = chunk.buffer;
    this.#words = wordsOf(chunk.buffer);
  }

  /** Moves to the next part. @returns false if the chunk is used up */
  next(): boolean {
    const chunk = this.#chunk;
    const at = this.#end;
    const available = this.#chunkLength - at;
    if (available === 0) return this.forgetChunk();
    if (this.#payloadRead !== this.#payloadLength) {
      this.#takePart(at);
      return true;
    }
    if (this.#cutLength > 0 || available < MIN_HEADER_LENGTH) return this.#nextCutHeader();
    const headerLength = HEADER_LENGTHS[chunk[at + 1] as number] as number;
    if (available < headerLength) return this.#nextCutHeader();
    this.#readHeader(chunk, at, headerLength);
    this.#takePart(at + headerLength);
    return true;
  }

  /** Feeds a chunk and reads all of it. @returns a copy of each part; its payload is still a view of the chunk */
  push(chunk: Uint8Array): FramePart[] {
    const parts: FramePart[] = [];
    this.feed(chunk);
    while (this.next()) {
      const { payload, payloadOffset, begins, ends, ascii } = this;
      parts.push({ ...copyHeader(this), payload, payloadOffset, begins, ends, ascii });
    }
    return parts;
  }

  get fin(): boolean {
    return (this.#first & FIN_BIT) !== 0;
  }

  get rsv1(): boolean {
    return (this.#first & RSV1_BIT) !== 0;
  }

  get rsv2(): boolean {
    return (this.#first & RSV2_BIT) !== 0;
  }

  get rsv3(): boolean {
    return (this.#first & RSV3_BIT) !== 0;
  }

  /** FIN, RSV1 to RSV3 and the opcode. */
  get firstByte(): number {
    return this.#first;
  }

  /** MASK and the length field. */
  get secondByte(): number {
    return this.#second;
  }

  get opcode(): number {
    return this.#first & OPCODE_BITS;
  }

  get masked(): boolean {
    return (this.#second & MASK_BIT) !== 0;
  }

  get lengthField(): number {
    return this.#second & LENGTH_BITS;
  }

  get payloadLength(): number {
    return this.#payloadLength;
  }

  get maskingKey(): number {
    return this.#maskingKey >>> 0;
  }

  get headerLength(): number {
    return this.#headerLength;
  }

  /** Each call makes a new view. */
  get payload(): BorrowedBytes {
    const chunk = this.#chunk;
    const start = this.#start;
    const end = this.#end;
    if (start === 0 && end === this.#chunkLength) return chunk;
    if (this.#buffer === undefined) return chunk.subarray(start, end);
    // Faster than subarray(): most of the time of a small frame goes into this view.
    return new Uint8Array(this.#buffer, chunk.byteOffset + start, end - start);
  }

  get payloadOffset(): number {
    return this.#payloadRead - (this.#end - this.#start);
  }

  /** How many bytes of the frame's payload are still to come. */
  get payloadLeft(): number {
    return this.#payloadLength - this.#payloadRead;
  }

  /** Where in the chunk this part ends. */
  get end(): number {
    return this.#end;
  }

  get begins(): boolean {
    // The first part comes after a header; any other part is at the start of its chunk.
    return this.#start > 0;
  }

  get ends(): boolean {
    return this.#payloadRead === this.#payloadLength;
  }

  get ascii(): boolean {
    return this.#notAscii === 0;
  }

  /** Whether the stream so far ends between two frames. */
  get atFrameBoundary(): boolean {
    return this.ends && this.#cutLength === 0;
  }

  /** How many bytes are held of a header that the end of a chunk has cut. */
  get heldHeaderBytes(): number {
    return this.#cutLength;
  }

  /** Collects a header whose bytes come in several chunks, until it is complete. */
  #nextCutHeader(): boolean {
    const chunk = this.#chunk;
    if (this.#cutHeader === NOTHING) this.#cutHeader = new Uint8Array(MAX_HEADER_LENGTH);
    const header = this.#cutHeader;
    while (this.#end < this.#chunkLength) {
      header[this.#cutLength++] = chunk[this.#end++] as number;
      if (this.#cutLength < MIN_HEADER_LENGTH) continue;
      if (this.#cutLength < (HEADER_LENGTHS[header[1] as number] as number)) continue;
      this.#readHeader(header, 0, this.#cutLength);
      this.#cutLength = 0;
      this.#takePart(this.#end);
      return true;
    }
    return this.forgetChunk();
  }

  /** @param at where the frame starts; all of its header is there */
  #readHeader(bytes: Uint8Array, at: number, headerLength: number): void {
    const second = bytes[at + 1] as number;
    const lengthField = second & LENGTH_BITS;
    this.#first = bytes[at] as number;
    this.#second = second;
    this.#headerLength = headerLength;
    this.#payloadLength =
      lengthField < LENGTH_IN_16_BITS ? lengthField : readPayloadLength(bytes, at + MIN_HEADER_LENGTH, lengthField);
    this.#maskingKey = second < MASK_BIT ? 0 : readInt32(bytes, at + headerLength - MASKING_KEY_LENGTH);
    this.#payloadRead = 0;
  }

  /** Makes the frame's payload from `start` to the end of the frame or chunk the current part, and unmasks it. */
  #takePart(start: number): void {
    const chunk = this.#chunk;
    const offset = this.#payloadRead;
    const missing = this.#payloadLength - offset;
    const chunkLength = this.#chunkLength;
    const end = missing <= chunkLength - start ? start + missing : chunkLength;
    this.#start = start;
    this.#end = end;
    this.#payloadRead = offset + end - start;
    const key = this.#maskingKey;
    if (this.#second < MASK_BIT) this.#notAscii = 1;
    else if (this.#buffer === undefined) this.#notAscii = unmaskBytes(chunk, start, end, key, offset);
    else this.#notAscii = unmaskPart(chunk, start, end, this.#words, key, offset);
  }

  /** Forgets the chunk, so that an idle connection keeps none in memory. */
  forgetChunk(): false {
    this.#chunk = NOTHING;
    this.#chunkLength = 0;
    this.#end = 0;
    if (this.#buffer !== undefined) {
      this.#buffer = undefined;
      this.#words = NO_WORDS;
    }
    return false;
  }
}
