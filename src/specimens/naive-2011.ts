import { LENGTH_IN_16_BITS, LENGTH_IN_64_BITS, MASK_BIT } from '../protocol/framing/layout.ts';
import { OPCODE } from '../protocol/framing/opcode.ts';
import { decodeText } from '../text/utf8.ts';

/** The outcome of one read. */
export type NaiveOutcome =
  /** Not enough bytes yet, as it counts them. */
  | { readonly kind: 'waits'; readonly bufferedBytes: number; readonly neededBytes: number }
  /** The handler is called with the payload of one frame. */
  | { readonly kind: 'dispatches'; readonly data: string | Uint8Array; readonly frameBytes: number }
  /** A frame is taken from the buffer and dropped silently. */
  | { readonly kind: 'drops'; readonly opcode: number; readonly frameBytes: number }
  /** The text is not UTF-8: an exception leaves the parser, and the connection dies. */
  | { readonly kind: 'raises'; readonly frameBytes: number };

/** It waits for this many bytes: two of a header and four of a masking-key, even for frames without a key. */
const NEEDED_AT_FIRST = 6;

/**
 * Reads frames like the server in chapter 7 of a 2011 HTML5 book, including its mistakes, for comparison with a right
 * decoder. Written from a description of that server. Do not use it for anything else.
 *
 * It reads a 64-bit length as 32 bits, takes at most one frame from each read, waits for six bytes before it begins, and
 * does not check MASK, the reserved bits, opcodes, FIN or any limit.
 */
export class Naive2011 {
  #buffer: Uint8Array;
  #dead = false;
  #copiedBytes = 0;

  /** @param buffered what came behind the head of the request: it looks at it at the next read */
  constructor(buffered: Uint8Array = new Uint8Array(0)) {
    this.#buffer = buffered;
  }

  /** How many bytes it has copied so far: each read is joined to its buffer, and each payload is unmasked to a new text. */
  get copiedBytes(): number {
    return this.#copiedBytes;
  }

  /** How many bytes are still in its buffer. */
  get bufferedBytes(): number {
    return this.#buffer.length;
  }

  /** One read from TCP. An empty read shows what it would do with the bytes in its buffer. */
  read(chunk: Uint8Array): NaiveOutcome {
    const before = this.#buffer;
    this.#buffer = new Uint8Array(before.length + chunk.length);
    this.#buffer.set(before);
    this.#buffer.set(chunk, before.length);
    this.#copiedBytes += this.#buffer.length;
    const frame = this.#dead ? undefined : findNaiveFrame(this.#buffer);
    if (frame === undefined || this.#buffer.length < frame.end) {
      const neededBytes = frame?.end ?? NEEDED_AT_FIRST;
      return { kind: 'waits', bufferedBytes: this.#buffer.length, neededBytes };
    }
    const bytes = this.#buffer.subarray(0, frame.end);
    this.#buffer = this.#buffer.subarray(frame.end);
    this.#copiedBytes += frame.end - frame.payloadStart;
    const outcome = dispatch(frame, bytes);
    this.#dead = outcome.kind === 'raises';
    return outcome;
  }
}

/** Where the parts of a frame are, as it counts them from the frame's first byte. */
export interface NaiveFrame {
  readonly opcode: number;
  /** Where it takes the key from; undefined if MASK is 0. */
  readonly keyStart: number | undefined;
  readonly payloadStart: number;
  readonly end: number;
}

/**
 * Reads a header as it does, from the first byte of the buffer.
 *
 * @returns undefined if there are too few bytes for it to begin
 */
export function findNaiveFrame(buffer: Uint8Array): NaiveFrame | undefined {
  if (buffer.length < NEEDED_AT_FIRST) return undefined;
  const view = new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  const second = view.getUint8(1);
  let length = second & ~MASK_BIT;
  let at = 2;
  if (length === LENGTH_IN_16_BITS) {
    length = view.getUint16(2);
    at = 4;
  } else if (length === LENGTH_IN_64_BITS) {
    // The mistake: it reads four of the eight bytes as if they were all.
    length = view.getUint32(2);
    at = 6;
  }
  const masked = (second & MASK_BIT) !== 0;
  const payloadStart = masked ? at + 4 : at;
  return {
    opcode: view.getUint8(0) & 0x0f,
    keyStart: masked ? at : undefined,
    payloadStart,
    end: payloadStart + length,
  };
}

function dispatch({ opcode, keyStart, payloadStart }: NaiveFrame, bytes: Uint8Array): NaiveOutcome {
  const frameBytes = bytes.length;
  const payload = bytes
    .slice(payloadStart)
    .map((byte, i) => (keyStart === undefined ? byte : byte ^ (bytes[keyStart + (i % 4)] as number)));
  if (opcode === OPCODE.binary) return { kind: 'dispatches', data: payload, frameBytes };
  if (opcode !== OPCODE.text) return { kind: 'drops', opcode, frameBytes };
  const text = decodeText(payload);
  return text === undefined ? { kind: 'raises', frameBytes } : { kind: 'dispatches', data: text, frameBytes };
}

/**
 * The length field that it writes for a payload. Its 16-bit form has an off-by-one error.
 *
 * @param payloadLength in bytes
 */
export function naiveLengthField(payloadLength: number): number {
  if (payloadLength < LENGTH_IN_16_BITS) return payloadLength;
  return payloadLength < 0xffff ? LENGTH_IN_16_BITS : LENGTH_IN_64_BITS;
}
