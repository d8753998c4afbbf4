import {
  FIN_BIT,
  HEADER_LENGTHS,
  LENGTH_BITS,
  LENGTH_IN_16_BITS,
  LENGTH_IN_64_BITS,
  layoutOf,
  MASK_BIT,
  MIN_HEADER_LENGTH,
  OPCODE_BITS,
  RSV1_BIT,
  RSV2_BIT,
  RSV3_BIT,
} from './layout.ts';

/** Everything before a frame's payload, as it is on the wire, legal or not. RFC 6455 §5.2. */
export interface FrameHeader {
  readonly fin: boolean;
  readonly rsv1: boolean;
  readonly rsv2: boolean;
  readonly rsv3: boolean;
  /** 0 to 15: any value of the four bits, reserved ones included. */
  readonly opcode: number;
  /** The MASK bit. */
  readonly masked: boolean;
  /** The value of the 7 bits: a length up to 125, or 126 or 127 for a longer form. */
  readonly lengthField: number;
  /**
   * The length that the frame states, in bytes, in whichever form. Exact up to 2^53; above that, rounded down to a value
   * that a number can hold. (No such frame is ever accepted, and its bytes still have the exact value.)
   */
  readonly payloadLength: number;
  /** The four bytes as one unsigned 32-bit number in network order; 0 in an unmasked frame. */
  readonly maskingKey: number;
  /** In bytes, 2 to 14: the payload starts here. */
  readonly headerLength: number;
}

/**
 * Reads one frame header and checks nothing. RFC 6455 §5.2.
 *
 * @param bytes may continue after the header
 * @param at where in `bytes` the frame starts
 * @param end where the bytes received so far end
 * @returns undefined if the header is incomplete: more bytes are needed
 */
export function decodeHeader(bytes: Uint8Array, at = 0, end = bytes.length): FrameHeader | undefined {
  if (end - at < MIN_HEADER_LENGTH) return undefined;
  const first = bytes[at] as number;
  const second = bytes[at + 1] as number;
  const { headerLength, extendedPayloadLength, maskingKey } = layoutOf(second);
  if (end - at < headerLength) return undefined;
  return {
    fin: (first & FIN_BIT) !== 0,
    rsv1: (first & RSV1_BIT) !== 0,
    rsv2: (first & RSV2_BIT) !== 0,
    rsv3: (first & RSV3_BIT) !== 0,
    opcode: first & OPCODE_BITS,
    masked: (second & MASK_BIT) !== 0,
    lengthField: second & LENGTH_BITS,
    payloadLength: readPayloadLength(bytes, at + extendedPayloadLength.start, second & LENGTH_BITS),
    maskingKey: (second & MASK_BIT) === 0 ? 0 : readInt32(bytes, at + maskingKey.start) >>> 0,
    headerLength,
  };
}

/** @param at where the extended payload length is, if there is one */
export function readPayloadLength(bytes: Uint8Array, at: number, lengthField: number): number {
  if (lengthField < LENGTH_IN_16_BITS) return lengthField;
  return lengthField === LENGTH_IN_16_BITS ? readUint16(bytes, at) : readUint64(bytes, at);
}

/** Copies a header into a plain object. */
export function copyHeader(header: FrameHeader): FrameHeader {
  const { fin, rsv1, rsv2, rsv3, opcode, masked, lengthField, payloadLength, maskingKey, headerLength } = header;
  return { fin, rsv1, rsv2, rsv3, opcode, masked, lengthField, payloadLength, maskingKey, headerLength };
}

/** The end of the bytes that state the length: byte 1, and the extended length if there is one. RFC 6455 §5.2. */
export function endOfLength({ lengthField }: FrameHeader): number {
  return layoutOf(lengthField).extendedPayloadLength.end;
}

/** The fields from which a header is written. `lengthField` decides the form of the length. */
export interface HeaderFields {
  readonly fin: boolean;
  readonly rsv1?: boolean;
  readonly rsv2?: boolean;
  readonly rsv3?: boolean;
  /** 0 to 15. */
  readonly opcode: number;
  /** 0 to 125 for the length itself, 126 or 127 for the form after it. */
  readonly lengthField: number;
  /** In bytes, 0 to 2^53 - 1. */
  readonly payloadLength: number;
  /** As in {@link FrameHeader}; undefined leaves the frame unmasked. */
  readonly maskingKey: number | undefined;
}

/**
 * Writes one frame header, legal or not. RFC 6455 §5.2.
 *
 * @param target at least `layoutOf(secondByte).headerLength` bytes from `at` on
 * @returns the header's length in bytes
 */
export function encodeHeader(fields: HeaderFields, target: Uint8Array, at = 0): number {
  const { lengthField, payloadLength, maskingKey } = fields;
  const second = lengthField | (maskingKey === undefined ? 0 : MASK_BIT);
  writeHeader(target, at, firstByteOf(fields), second, payloadLength, maskingKey);
  return HEADER_LENGTHS[second] as number;
}

/** The byte that says what kind of frame it is. RFC 6455 §5.2. */
export function firstByteOf({
  fin,
  rsv1,
  rsv2,
  rsv3,
  opcode,
}: Omit<HeaderFields, 'lengthField' | 'payloadLength' | 'maskingKey'>): number {
  return (fin ? FIN_BIT : 0) | (rsv1 ? RSV1_BIT : 0) | (rsv2 ? RSV2_BIT : 0) | (rsv3 ? RSV3_BIT : 0) | opcode;
}

/** As {@link encodeHeader}, from the first two bytes: so a sender of many frames creates no object for each. */
export function writeHeader(
  target: Uint8Array,
  at: number,
  first: number,
  second: number,
  payloadLength: number,
  maskingKey: number | undefined,
): void {
  const lengthField = second & LENGTH_BITS;
  target[at] = first;
  target[at + 1] = second;
  if (lengthField === LENGTH_IN_16_BITS) writeUint16(target, at + MIN_HEADER_LENGTH, payloadLength);
  else if (lengthField === LENGTH_IN_64_BITS) writeUint64(target, at + MIN_HEADER_LENGTH, payloadLength);
  if (maskingKey !== undefined) writeUint32(target, at + layoutOf(second).maskingKey.start, maskingKey);
}

function readUint16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
}

/** @returns a signed number, which fits a machine word */
export function readInt32(bytes: Uint8Array, at: number): number {
  return (
    ((bytes[at] as number) << 24) |
    ((bytes[at + 1] as number) << 16) |
    ((bytes[at + 2] as number) << 8) |
    (bytes[at + 3] as number)
  );
}

/**
 * A number holds 53 bits, and a sum is rounded to the nearest. So the low bits are dropped first: otherwise 2^63 - 1 would be
 * rounded up to 2^63.
 */
function readUint64(bytes: Uint8Array, at: number): number {
  const high = readInt32(bytes, at) >>> 0;
  const low = readInt32(bytes, at + 4) >>> 0;
  // Without the sum: V8 would store its result as a floating-point number, which is slower to compute with.
  if (high === 0) return low;
  return high * 2 ** 32 + (high < 2 ** 21 ? low : low - (low % 2 ** 11));
}

function writeUint16(target: Uint8Array, at: number, value: number): void {
  target[at] = value >>> 8;
  target[at + 1] = value;
}

function writeUint32(target: Uint8Array, at: number, value: number): void {
  writeUint16(target, at, value >>> 16);
  writeUint16(target, at + 2, value & 0xffff);
}

function writeUint64(target: Uint8Array, at: number, value: number): void {
  writeUint32(target, at, Math.floor(value / 2 ** 32));
  writeUint32(target, at + 4, value >>> 0);
}
