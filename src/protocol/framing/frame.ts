import { FreshMemory } from '../../bytes/memory/fresh-memory.ts';
import type { Memory } from '../../bytes/memory/memory.ts';
import { firstByteOf, writeHeader } from './header.ts';
import { HEADER_LENGTHS, MASK_BIT, minimalLengthField } from './layout.ts';
import { maskInPlace } from './masking.ts';

/** A frame to send. RFC 6455 §5.2. */
export interface Frame {
  /** True unless more fragments follow. */
  readonly fin?: boolean;
  readonly rsv1?: boolean;
  readonly rsv2?: boolean;
  readonly rsv3?: boolean;
  /** 0 to 15. */
  readonly opcode: number;
  /** Not changed. */
  readonly payload: Uint8Array;
  /** The four bytes as one 32-bit number in network order; undefined leaves the frame unmasked. */
  readonly maskingKey?: number | undefined;
  /** 126 or 127 to force a longer form than the payload needs, to show how peers react to it. */
  readonly lengthField?: number;
}

/** The memory for frames if the caller gives no other. */
export const FRAMES: Memory = new FreshMemory(64 * 1024);

/**
 * Encodes one frame, legal or not. RFC 6455 §5.2.
 *
 * Frames that are encoded one after the other are neighbors in memory, so that all answers to one read can go out in one
 * write without a copy. The result is the caller's, and its memory is not used again.
 *
 * @throws RangeError if a field does not fit its bits
 */
export function encodeFrame(frame: Frame): Uint8Array<ArrayBuffer> {
  const { payload, maskingKey } = frame;
  const lengthField = lengthFieldOf(frame);
  return writeFrame(FRAMES, firstOf(frame), lengthField, payload, maskingKey);
}

/**
 * Encodes the header of a frame alone. RFC 6455 §5.2. For an unmasked payload that is so long that copying it costs more
 * than a second write, right after these bytes.
 *
 * @throws RangeError if a field does not fit its bits
 */
export function encodeFrameHeader(frame: Frame): Uint8Array<ArrayBuffer> {
  const lengthField = lengthFieldOf(frame);
  return writeFrameHeader(FRAMES, firstOf(frame), lengthField, frame.payload.length, frame.maskingKey);
}

/** In bytes. Up to this length a loop copies faster than set(). */
const FEW = 8;

/**
 * As {@link encodeFrame}, for a sender: its fields always fit, and it chooses the memory.
 *
 * @param first FIN, RSV1-3 and opcode
 */
export function writeFrame(
  memory: Memory,
  first: number,
  lengthField: number,
  payload: Uint8Array,
  maskingKey: number | undefined,
): Uint8Array<ArrayBuffer> {
  const { length } = payload;
  const second = maskingKey === undefined ? lengthField : lengthField | MASK_BIT;
  const start = HEADER_LENGTHS[second] as number;
  const bytes = memory.take(start + length);
  writeHeader(bytes, 0, first, second, length, maskingKey);
  if (length > FEW) bytes.set(payload, start);
  else for (let i = 0; i < length; i++) bytes[start + i] = payload[i] as number;
  if (maskingKey !== undefined) maskInPlace(bytes.subarray(start), maskingKey);
  return bytes;
}

/** As {@link encodeFrameHeader}, for a sender. */
export function writeFrameHeader(
  memory: Memory,
  first: number,
  lengthField: number,
  payloadLength: number,
  maskingKey: number | undefined,
): Uint8Array<ArrayBuffer> {
  const second = maskingKey === undefined ? lengthField : lengthField | MASK_BIT;
  const bytes = memory.take(HEADER_LENGTHS[second] as number);
  writeHeader(bytes, 0, first, second, payloadLength, maskingKey);
  return bytes;
}

function firstOf({ fin = true, rsv1, rsv2, rsv3, opcode }: Frame): number {
  return firstByteOf({ fin, rsv1: rsv1 === true, rsv2: rsv2 === true, rsv3: rsv3 === true, opcode });
}

/** @throws RangeError if a field does not fit its bits */
function lengthFieldOf(frame: Frame): number {
  const lengthField = frame.lengthField ?? minimalLengthField(frame.payload.length);
  checkFields(frame, lengthField);
  return lengthField;
}

function checkFields(frame: Frame, lengthField: number): void {
  const { opcode, maskingKey, payload } = frame;
  if (!(Number.isInteger(opcode) && opcode >= 0 && opcode <= 0xf)) {
    throw new RangeError(`opcode is ${opcode}: it must be an integer from 0 to 15, it has four bits`);
  }
  if (maskingKey !== undefined && maskingKey >>> 0 !== maskingKey) {
    throw new RangeError(`maskingKey is ${maskingKey}: it must be an integer from 0 to 2^32 - 1`);
  }
  const fits =
    lengthField === payload.length || (lengthField === 126 && payload.length <= 0xffff) || lengthField === 127;
  if (!fits || lengthField > 127) {
    throw new RangeError(`lengthField is ${lengthField}: it cannot state a payload of ${payload.length} bytes`);
  }
}
