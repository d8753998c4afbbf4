import { encodeFrame, encodeFrameHeader } from '../framing/frame.ts';
import { MAX_CONTROL_PAYLOAD_LENGTH } from '../framing/layout.ts';
import { type MessageOpcode, OPCODE } from '../framing/opcode.ts';
import type { WriteEffect } from './effects.ts';

/** In bytes. To copy so much costs more than a second write. */
export const LONG = 16 * 1024;

/** Makes the frames that one end sends. RFC 6455 §5.1: a client masks each of them anew, a server none. */
export class Sender {
  readonly #nextMaskingKey: (() => number) | undefined;

  /** @param nextMaskingKey a client's; undefined for a server */
  constructor(nextMaskingKey: (() => number) | undefined) {
    this.#nextMaskingKey = nextMaskingKey;
  }

  /** A message in one frame. RFC 6455 §6.1. A long unmasked payload goes out from where it lies. */
  message(opcode: MessageOpcode, payload: Uint8Array): WriteEffect[] {
    if (this.#nextMaskingKey !== undefined || payload.length < LONG) return [this.#frame(opcode, payload, true)];
    return [
      { type: 'write', bytes: encodeFrameHeader({ opcode, payload }) },
      { type: 'write', bytes: payload as Uint8Array<ArrayBuffer> },
    ];
  }

  /** A message in as many frames as there are pieces. RFC 6455 §5.4. */
  fragments(opcode: MessageOpcode, pieces: readonly Uint8Array[]): WriteEffect[] {
    const last = pieces.length - 1;
    return pieces.map((piece, i) => this.#frame(i === 0 ? opcode : OPCODE.continuation, piece, i === last));
  }

  /**
   * A control frame. RFC 6455 §5.5.
   *
   * @throws RangeError for a payload of more than 125 bytes
   */
  control(opcode: typeof OPCODE.close | typeof OPCODE.ping | typeof OPCODE.pong, payload: Uint8Array): WriteEffect {
    const { length } = payload;
    if (length > MAX_CONTROL_PAYLOAD_LENGTH) {
      throw new RangeError(`a control frame takes ${MAX_CONTROL_PAYLOAD_LENGTH} bytes of payload, not ${length}`);
    }
    return this.#frame(opcode, payload, true);
  }

  #frame(opcode: number, payload: Uint8Array, fin: boolean): WriteEffect {
    return { type: 'write', bytes: encodeFrame({ fin, opcode, payload, maskingKey: this.#nextMaskingKey?.() }) };
  }
}
