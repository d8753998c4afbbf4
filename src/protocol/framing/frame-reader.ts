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
import { NO_WORDS, unmaskBytes, unmaskPart, WORTH_WORDS, wordsOf } from './unmasking.ts';

/**
 * A part of a frame, with that frame's header: all of the frame if one chunk held it whole, else what one chunk had of it.
 *
 * The parts of a frame come in order. The first has `begins`, the last has `ends`, a frame that
 * came whole has both. A header that arrived before any of its payload is reported at once, with
 * an empty payload, so that it can be judged before the rest arrives.
 */
export interface FramePart extends FrameHeader {
  /** Unmasked. A view of the chunk. */
  readonly payload: BorrowedBytes;
  /** Where `payload` stands within the frame's payload, in bytes. */
  readonly payloadOffset: number;
  readonly begins: boolean;
  readonly ends: boolean;
  /** Whether `payload` is known to be ASCII throughout: unmasking looked at each byte. */
  readonly ascii: boolean;
  /** If an extension has changed `payload` back: how many bytes it had on the wire. */
  readonly wireLength?: number;
}

const NOTHING: Uint8Array = new Uint8Array(0);

/**
 * Turns chunks of any size into frames. RFC 6455 §5: TCP is a stream, so a chunk may end anywhere
 * within a frame, or hold many. Reports what is on the wire and judges nothing.
 *
 * It is a cursor: {@link next} moves it to the next part of a frame, and its fields are then those of that part. So it
 * makes no object for a frame. {@link push} does, for those who want to keep them.
 */
export class FrameReader implements FramePart {
  #first = 0;
  #second = 0;
  #payloadLength = 0;
  #maskingKey = 0;
  #headerLength = 0;
  #chunk = NOTHING;
  #chunkLength = 0;
  // Where in the chunk the part's payload starts and ends; what follows is not read yet.
  #start = 0;
  #end = 0;
  // How much of the frame's payload is read, this part included.
  #payloadRead = 0;
  // 0 if unmasking has seen nothing but ASCII. (A number, as all that is looked at for each part: V8 takes ten instructions
  // to find out that a field is true, since it might be anything.)
  #notAscii = 0;
  // A header cut by the end of a chunk waits here for the rest of its bytes. Most connections never need it.
  #cutHeader = NOTHING;
  #cutLength = 0;
  // Of a chunk that is long enough. To look up its buffer, and to make a view of that, costs as much as to unmask a small
  // frame: both are done once for all frames of the chunk.
  #buffer: ArrayBufferLike | undefined;
  #words = NO_WORDS;

  /**
   * Takes the next bytes of the stream. {@link next} reads what they hold, and has to be called until it returns false
   * before the next chunk is fed.
   *
   * @param chunk given away: payloads are unmasked in place. A plain `Uint8Array`, not a Node `Buffer`
   */
  feed(chunk: Uint8Array): void {
    const { length } = chunk;
    this.#chunk = chunk;
    this.#chunkLength = length;
    this.#end = 0;
    if (length < WORTH_WORDS) return;
    this.#buffer = chunk.buffer;
    this.#words = wordsOf(chunk.buffer);
  }

  /** Moves on to the next part. @returns false if the chunk is used up */
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

  /** Each call makes a view. */
  get payload(): BorrowedBytes {
    const chunk = this.#chunk;
    const start = this.#start;
    const end = this.#end;
    if (start === 0 && end === this.#chunkLength) return chunk;
    if (this.#buffer === undefined) return chunk.subarray(start, end);
    // As subarray(), in less time: most of the time that a small frame takes goes into this view.
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
    // The header stands before the first part; any other starts its chunk.
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

  /** How many bytes it holds of a header that the end of a chunk has cut. */
  get heldHeaderBytes(): number {
    return this.#cutLength;
  }

  /** Gathers a header whose bytes come in several chunks, until it is whole. */
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

  /** @param at where the frame starts, whose header is there */
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

  /** Takes as much of the frame's payload as the chunk has from `start` on, and unmasks it. */
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

  /** An idle connection keeps no chunk in memory. */
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
