import { Block } from '../block.ts';
import { encodeHeader } from './header.ts';
import { layoutOf, MASK_BIT, minimalLengthField } from './layout.ts';
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
  /** Left as it is. */
  readonly payload: Uint8Array;
  /** The four bytes as one 32-bit number in network order; undefined leaves the frame unmasked. */
  readonly maskingKey?: number | undefined;
  /** 126 or 127 to force a longer form than the payload needs: for showing what peers do about it. */
  readonly lengthField?: number;
}

/**
 * The bytes of one frame. RFC 6455 §5.2. Encodes what it is told, legal or not.
 *
 * Frames encoded one after the other lie one after the other in memory, so that what one read
 * produced can go out in one write without a copy. The result is the caller's, never written again.
 *
 * @throws RangeError where a field does not fit its bits
 */
export function encodeFrame(frame: Frame): Uint8Array<ArrayBuffer> {
  const { payload, maskingKey } = frame;
  const bytes = startFrame(frame, payload.length);
  const headerLength = bytes.length - payload.length;
  bytes.set(payload, headerLength);
  if (maskingKey !== undefined) maskInPlace(bytes.subarray(headerLength), maskingKey);
  return bytes;
}

/**
 * The bytes of a frame before its payload. RFC 6455 §5.2. For an unmasked payload that is so long
 * that to copy it costs more than to send it from where it lies, right behind these bytes.
 *
 * @throws RangeError where a field does not fit its bits
 */
export function encodeFrameHeader(frame: Frame): Uint8Array<ArrayBuffer> {
  return startFrame(frame, 0);
}

/** @returns a frame that has its header, and room for `room` bytes behind it */
function startFrame(frame: Frame, room: number): Uint8Array<ArrayBuffer> {
  const { payload, maskingKey } = frame;
  const lengthField = frame.lengthField ?? minimalLengthField(payload.length);
  checkFields(frame, lengthField);
  const { headerLength } = layoutOf(lengthField | (maskingKey === undefined ? 0 : MASK_BIT));
  const bytes = frames.take(headerLength + room);
  encodeHeader(
    {
      fin: frame.fin ?? true,
      rsv1: frame.rsv1 === true,
      rsv2: frame.rsv2 === true,
      rsv3: frame.rsv3 === true,
      opcode: frame.opcode,
      lengthField,
      payloadLength: payload.length,
      maskingKey,
    },
    bytes,
  );
  return bytes;
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

const frames = new Block(64 * 1024);
