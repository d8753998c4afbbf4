/** Half-open: `start` is the first byte, `end` the byte after the last. Empty if both are equal. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * The byte ranges of the parts of one frame, counted from the frame's first byte. RFC 6455 §5.2.
 *
 * FIN, RSV1-3 and opcode are byte 0; MASK and the 7-bit length field are byte 1. The ranges of everything after them
 * depend on byte 1.
 */
export interface FrameLayout {
  /** How many bits hold the payload length: the 7-bit field, or the 16 or 64 bits after it. */
  readonly lengthForm: 7 | 16 | 64;
  readonly extendedPayloadLength: ByteRange;
  readonly maskingKey: ByteRange;
  /** The length of everything before the payload: the payload starts here. */
  readonly headerLength: number;
}

/** In the first byte: the frame ends its message. RFC 6455 §5.2. */
export const FIN_BIT = 0x80;
/** In the first byte: the first of three bits that only an extension may set. RFC 6455 §5.2. */
export const RSV1_BIT = 0x40;
/** In the first byte: the second bit for extensions. RFC 6455 §5.2. */
export const RSV2_BIT = 0x20;
/** In the first byte: the third bit for extensions. RFC 6455 §5.2. */
export const RSV3_BIT = 0x10;
/** In the first byte: the kind of frame. RFC 6455 §5.2. */
export const OPCODE_BITS = 0x0f;

/** In the second byte: the payload is masked. RFC 6455 §5.2. */
export const MASK_BIT = 0x80;
/** In the second byte: the length field. RFC 6455 §5.2. */
export const LENGTH_BITS = 0x7f;

/** The value of the length field if the length is in the next 16 bits. RFC 6455 §5.2. */
export const LENGTH_IN_16_BITS = 126;

/** The value of the length field if the length is in the next 64 bits. RFC 6455 §5.2. */
export const LENGTH_IN_64_BITS = 127;

/** The shortest header, in bytes. RFC 6455 §5.2. */
export const MIN_HEADER_LENGTH = 2;
/** The longest header, in bytes: two, eight of length, four of masking key. RFC 6455 §5.2. */
export const MAX_HEADER_LENGTH = 14;

/** The length of the masking key, which is the last part of the header, in bytes. RFC 6455 §5.3. */
export const MASKING_KEY_LENGTH = 4;

/** The longest payload of a control frame, in bytes. RFC 6455 §5.5. */
export const MAX_CONTROL_PAYLOAD_LENGTH = 125;

function computeLayout(lengthForm: FrameLayout['lengthForm'], masked: boolean): FrameLayout {
  const afterLength = MIN_HEADER_LENGTH + (lengthForm === 7 ? 0 : lengthForm / 8);
  const headerLength = afterLength + (masked ? MASKING_KEY_LENGTH : 0);
  return {
    lengthForm,
    extendedPayloadLength: { start: MIN_HEADER_LENGTH, end: afterLength },
    maskingKey: { start: afterLength, end: headerLength },
    headerLength,
  };
}

const UNMASKED = { 7: computeLayout(7, false), 16: computeLayout(16, false), 64: computeLayout(64, false) };
const MASKED = { 7: computeLayout(7, true), 16: computeLayout(16, true), 64: computeLayout(64, true) };

/**
 * Computes where each part of a frame is, from its second byte alone. RFC 6455 §5.2.
 *
 * This is the only place that defines it: the decoder, the encoder and every figure use these ranges.
 *
 * @param secondByte the mask bit and the 7-bit length field, 0 to 255
 */
export function layoutOf(secondByte: number): FrameLayout {
  const layouts = (secondByte & MASK_BIT) === 0 ? UNMASKED : MASKED;
  const lengthField = secondByte & LENGTH_BITS;
  if (lengthField < LENGTH_IN_16_BITS) return layouts[7];
  return lengthField === LENGTH_IN_16_BITS ? layouts[16] : layouts[64];
}

/** The header's length for each second byte, as in {@link layoutOf}. A reader needs it for each frame, and a table is faster. */
export const HEADER_LENGTHS = Uint8Array.from({ length: 256 }, (_, secondByte) => layoutOf(secondByte).headerLength);

/**
 * The 7-bit length field for a payload whose length is written in the shortest form. RFC 6455 §5.2: "the minimal number of
 * bytes MUST be used".
 *
 * @param payloadLength in bytes, 0 to 2^53 - 1
 */
export function minimalLengthField(payloadLength: number): number {
  if (payloadLength < LENGTH_IN_16_BITS) return payloadLength;
  return payloadLength <= 0xffff ? LENGTH_IN_16_BITS : LENGTH_IN_64_BITS;
}
