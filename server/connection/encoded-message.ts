import type { MessageEncoder } from '../../src/protocol/extensions/extension.ts';
import { encodeFrame } from '../../src/protocol/framing/frame.ts';
import { RSV1_BIT, RSV2_BIT, RSV3_BIT } from '../../src/protocol/framing/layout.ts';
import type { MessageOpcode } from '../../src/protocol/framing/opcode.ts';
import type { SharedMessage } from './handler.ts';

type Frame = Buffer<ArrayBuffer>;

/** A message that is encoded once for all its receivers: a server does not mask. RFC 6455 §5.1. */
export class EncodedMessage implements SharedMessage {
  readonly opcode: MessageOpcode;
  readonly payload: Frame;
  readonly frame: Frame;
  // Most servers have no encoders.
  #frames: Map<string, Frame> | undefined;

  /** @param payload UTF-8 for a text message; copied */
  constructor(opcode: MessageOpcode, payload: Uint8Array) {
    this.opcode = opcode;
    this.frame = asBuffer(encodeFrame({ opcode, payload }));
    this.payload = this.frame.subarray(this.frame.length - payload.length);
  }

  /** It is compressed once for all receivers with the same window: so it must refer to no earlier message. RFC 7692 §7.2.1. */
  frameBy(encoder: MessageEncoder): Frame {
    this.#frames ??= new Map();
    const known = this.#frames.get(encoder.sharedKey);
    if (known !== undefined) return known;
    const encoded = encoder.encodeAlone(this.payload);
    const frame =
      encoded === undefined
        ? this.frame
        : asBuffer(encodeFrame({ opcode: this.opcode, payload: encoded, ...reservedOf(encoder) }));
    this.#frames.set(encoder.sharedKey, frame);
    return frame;
  }
}

function reservedOf({ reservedBits }: MessageEncoder) {
  const isSet = (bit: number) => (reservedBits & bit) !== 0;
  return { rsv1: isSet(RSV1_BIT), rsv2: isSet(RSV2_BIT), rsv3: isSet(RSV3_BIT) };
}

/** A socket converts any other array to a Buffer. Doing it here does it once, not once for each receiver. */
function asBuffer({ buffer, byteOffset, length }: Uint8Array<ArrayBuffer>): Frame {
  return Buffer.from(buffer, byteOffset, length);
}

/** @param payload UTF-8 for a text message; copied */
export function encodeMessage(opcode: MessageOpcode, payload: Uint8Array): EncodedMessage {
  return new EncodedMessage(opcode, payload);
}
