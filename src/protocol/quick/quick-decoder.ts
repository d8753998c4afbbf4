import { FrameDecoder, type FramePart } from '../framing/decoder.ts';
import { decodeHeader, type FrameHeader } from '../framing/header.ts';
import { LENGTH_IN_16_BITS, LENGTH_IN_64_BITS, MASK_BIT, MIN_HEADER_LENGTH } from '../framing/layout.ts';
import { isControlOpcode, type MessageOpcode, OPCODE } from '../framing/opcode.ts';
import { NO_WORDS, unmaskBytes, unmaskPart, WORTH_WORDS, wordsOf } from '../framing/unmasking.ts';
import type { GrowingBytes } from '../growing-bytes.ts';

/** A message that came whole, in one frame and one chunk, and with which nothing can be wrong but its text. */
export interface WholeMessage {
  readonly opcode: MessageOpcode;
  /** Unmasked. A view of the chunk. */
  readonly payload: Uint8Array;
  /** Whether `payload` is known to be ASCII throughout. */
  readonly ascii: boolean;
  /** In bytes. */
  readonly headerLength: number;
}

const NOTHING: Uint8Array = new Uint8Array(0);

const KEY_LENGTH = 4;
// The first byte of a frame that is a whole message: FIN set, and all else but the opcode clear.
const TEXT = 0x80 | OPCODE.text;
const BINARY = 0x80 | OPCODE.binary;

/**
 * A decoder with two shortcuts past {@link FrameDecoder.next}, for what nearly all chunks hold. Most of
 * the time for a small frame goes into describing it; the shortcuts describe nothing.
 */
export class QuickDecoder extends FrameDecoder {
  // Of a chunk that is long enough. To look up its buffer, and to make a view of that, costs as much as
  // to unmask a small frame: both are done once for all frames of the chunk.
  #buffer: ArrayBufferLike | undefined;
  #words = NO_WORDS;

  override feed(chunk: Uint8Array): void {
    super.feed(chunk);
    const long = chunk.length >= WORTH_WORDS;
    this.#buffer = long ? chunk.buffer : undefined;
    this.#words = long ? wordsOf(chunk.buffer) : NO_WORDS;
  }

  override next(): FramePart | undefined {
    const part = super.next();
    if (part === undefined) this.#forget();
    return part;
  }

  /**
   * Takes the next frame, where it is as most are: a text or binary message by itself, in the shortest
   * form of the length, and whole in the chunk.
   *
   * @param masked as its sender has to
   * @returns undefined for any other frame: it is left for next()
   */
  nextWhole(masked: boolean, maxPayloadLength: number): WholeMessage | undefined {
    const { chunk, at } = this;
    const { length } = chunk;
    if (at + MIN_HEADER_LENGTH > length || !this.atFrameBoundary) return undefined;
    const first = chunk[at] as number;
    if (first !== TEXT && first !== BINARY) return undefined;
    const second = chunk[at + 1] as number;
    if (second >= MASK_BIT !== masked) return undefined;

    let start = at + MIN_HEADER_LENGTH;
    let payloadLength = second & ~MASK_BIT;
    if (payloadLength >= LENGTH_IN_16_BITS) {
      if (payloadLength === LENGTH_IN_64_BITS || start + 2 > length) return undefined;
      payloadLength = ((chunk[start] as number) << 8) | (chunk[start + 1] as number);
      if (payloadLength < LENGTH_IN_16_BITS) return undefined;
      start += 2;
    }
    if (masked) start += KEY_LENGTH;
    const end = start + payloadLength;
    if (end > length || payloadLength > maxPayloadLength) return undefined;

    this.at = end;
    const ascii = masked && unmaskPart(chunk, start, end, this.#words, keyBefore(chunk, start), 0);
    const opcode = first === TEXT ? OPCODE.text : OPCODE.binary;
    return { opcode, payload: this.#view(start, end), ascii, headerLength: start - at };
  }

  /** What {@link FrameDecoder.next} would have said of the message that was taken last. */
  describeWhole({ payload, headerLength }: WholeMessage): FramePart {
    const header = decodeHeader(this.chunk, this.at - payload.length - headerLength) as FrameHeader;
    return { header, payload, payloadOffset: 0, begins: true, ends: true, ascii: false };
  }

  /**
   * Takes all of the chunk, where it is nothing but payload of a data frame that ends in a later one: of a
   * long frame most are.
   *
   * @param message the payload is appended
   * @returns whether that is known to be ASCII; undefined for any other chunk: it is left for next()
   */
  nextMiddle(message: GrowingBytes): boolean | undefined {
    const { chunk, header, payloadOffset } = this;
    const { length } = chunk;
    if (header === undefined || length === 0 || isControlOpcode(header.opcode)) return undefined;
    const missing = header.payloadLength - payloadOffset - length;
    if (missing <= 0) return undefined;
    this.payloadOffset = payloadOffset + length;
    this.chunk = NOTHING;
    // In an unmasked frame the key is 0, and to XOR with that changes nothing.
    const key = header.maskingKey | 0;
    if (this.#buffer === undefined) {
      // So few bytes that to look at each once saves more than a fast copy does.
      const at = message.extend(length, missing);
      return unmaskBytes(chunk, 0, length, key, payloadOffset, message.room, at);
    }
    const ascii = unmaskPart(chunk, 0, length, this.#words, key, payloadOffset);
    message.append(chunk, missing);
    this.#forget();
    return ascii;
  }

  /** What {@link FrameDecoder.next} would have said of the chunk that was taken last. */
  describeMiddle(payload: Uint8Array): FramePart {
    const payloadOffset = this.payloadOffset - payload.length;
    return { header: this.header as FrameHeader, payload, payloadOffset, begins: false, ends: false, ascii: false };
  }

  #view(start: number, end: number): Uint8Array {
    const { chunk } = this;
    if (this.#buffer === undefined) return chunk.subarray(start, end);
    return new Uint8Array(this.#buffer, chunk.byteOffset + start, end - start);
  }

  /** An idle connection keeps no chunk in memory. */
  #forget(): void {
    this.#buffer = undefined;
    this.#words = NO_WORDS;
  }
}

/** As a header's `maskingKey`; signed, which is the same to XOR. */
function keyBefore(chunk: Uint8Array, end: number): number {
  return (
    ((chunk[end - 4] as number) << 24) |
    ((chunk[end - 3] as number) << 16) |
    ((chunk[end - 2] as number) << 8) |
    (chunk[end - 1] as number)
  );
}
