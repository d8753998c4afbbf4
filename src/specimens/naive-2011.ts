import { LENGTH_IN_16_BITS, LENGTH_IN_64_BITS, MASK_BIT } from '../protocol/framing/layout.ts';
import { OPCODE } from '../protocol/framing/opcode.ts';
import { decodeText } from '../text/utf8.ts';

/** What comes of one read. */
export type NaiveOutcome =
  /** Not enough bytes yet, as it counts them. */
  | { readonly kind: 'waits'; readonly bufferedBytes: number; readonly neededBytes: number }
  /** The handler is called with the payload of one frame. */
  | { readonly kind: 'dispatches'; readonly data: string | Uint8Array; readonly frameBytes: number }
  /** A frame is taken from the buffer, and nobody is told. */
  | { readonly kind: 'drops'; readonly opcode: number; readonly frameBytes: number }
  /** The text is not UTF-8: an exception leaves the parser, and the connection dies. */
  | { readonly kind: 'raises'; readonly frameBytes: number };

/** It begins once so many bytes are there: two of header and four of a masking-key, whether there is one or not. */
const NEEDED_AT_FIRST = 6;

/**
 * Frames as the server printed in chapter 7 of a 2011 HTML5 book reads them, mistakes included: to be set beside a
 * right decoder. Written from a description of what that server does; do not use it for anything else.
 *
 * It reads a 64-bit length as 32 bits, takes at most one frame from a read, wants six bytes before it looks, and
 * checks neither MASK nor the reserved bits, nor opcodes, nor FIN, nor any limit.
 */
export class Naive2011 {
  #buffer: Uint8Array = new Uint8Array(0);
  #dead = false;

  /** How much it holds and has not understood yet. */
  get bufferedBytes(): number {
    return this.#buffer.length;
  }

  /** One read from TCP. An empty one shows what it would do with what it holds already, if it only looked. */
  read(chunk: Uint8Array): NaiveOutcome {
    const before = this.#buffer;
    this.#buffer = new Uint8Array(before.length + chunk.length);
    this.#buffer.set(before);
    this.#buffer.set(chunk, before.length);
    const frame = this.#dead ? undefined : findNaiveFrame(this.#buffer);
    if (frame === undefined || this.#buffer.length < frame.end) {
      const neededBytes = frame?.end ?? NEEDED_AT_FIRST;
      return { kind: 'waits', bufferedBytes: this.#buffer.length, neededBytes };
    }
    const bytes = this.#buffer.subarray(0, frame.end);
    this.#buffer = this.#buffer.subarray(frame.end);
    const outcome = dispatch(frame, bytes);
    this.#dead = outcome.kind === 'raises';
    return outcome;
  }
}

interface NaiveFrame {
  readonly opcode: number;
  /** Where the key is taken from; undefined where MASK is 0. */
  readonly keyStart: number | undefined;
  readonly payloadStart: number;
  readonly end: number;
}

/** @returns undefined where too few bytes are there to look */
function findNaiveFrame(buffer: Uint8Array): NaiveFrame | undefined {
  if (buffer.length < NEEDED_AT_FIRST) return undefined;
  const view = new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  const second = view.getUint8(1);
  let length = second & ~MASK_BIT;
  let at = 2;
  if (length === LENGTH_IN_16_BITS) {
    length = view.getUint16(2);
    at = 4;
  } else if (length === LENGTH_IN_64_BITS) {
    // The mistake: half of the eight bytes is read as if it were all of them.
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
 * The length field that it writes for a payload: the 16-bit form ends one too early.
 *
 * @param payloadLength in bytes
 */
export function naiveLengthField(payloadLength: number): number {
  if (payloadLength < LENGTH_IN_16_BITS) return payloadLength;
  return payloadLength < 0xffff ? LENGTH_IN_16_BITS : LENGTH_IN_64_BITS;
}
