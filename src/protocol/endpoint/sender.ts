import type { Memory } from '../../bytes/memory/memory.ts';
import { FRAMES, writeFrame, writeFrameHeader } from '../framing/frame.ts';
import { FIN_BIT, MAX_CONTROL_PAYLOAD_LENGTH, minimalLengthField } from '../framing/layout.ts';
import { type MessageOpcode, OPCODE } from '../framing/opcode.ts';
import type { WriteEffect } from './effects.ts';

/** From this length on, copying a payload costs more than a second write. */
const MIN_SEPARATE_WRITE_BYTES = 16 * 1024;

/** Makes the frames that one endpoint sends. RFC 6455 §5.1: a client masks each with a new key, a server masks none. */
export class Sender {
  readonly #memory: Memory;
  readonly #nextMaskingKey: (() => number) | undefined;

  /**
   * @param memory holds the frames, each until its owner calls `done`
   * @param nextMaskingKey for a client; undefined for a server
   */
  constructor(memory = FRAMES, nextMaskingKey?: () => number) {
    this.#memory = memory;
    this.#nextMaskingKey = nextMaskingKey;
  }

  /** A message in one frame. RFC 6455 §6.1. A long unmasked payload is sent without a copy. */
  message(opcode: MessageOpcode, payload: Uint8Array): WriteEffect[] {
    const first = FIN_BIT | opcode;
    const { length } = payload;
    const lengthField = minimalLengthField(length);
    const maskingKey = this.#nextMaskingKey?.();
    if (maskingKey !== undefined || length < MIN_SEPARATE_WRITE_BYTES) {
      return [{ type: 'write', bytes: writeFrame(this.#memory, first, lengthField, payload, maskingKey) }];
    }
    return [
      { type: 'write', bytes: writeFrameHeader(this.#memory, first, lengthField, length, undefined) },
      { type: 'write', bytes: this.#memory.keep(payload) },
    ];
  }

  /**
   * A message that an extension has changed, in one frame. RFC 6455 §9.2.
   *
   * @param opcode with the reserved bits that mark it
   * @param payload copied
   */
  encoded(opcode: number, payload: Uint8Array): WriteEffect {
    return this.#frame(FIN_BIT | opcode, payload);
  }

  /** A message with one frame for each piece. RFC 6455 §5.4. */
  fragments(opcode: MessageOpcode, pieces: readonly Uint8Array[]): WriteEffect[] {
    const last = pieces.length - 1;
    return pieces.map((piece, i) =>
      this.#frame((i === last ? FIN_BIT : 0) | (i === 0 ? opcode : OPCODE.continuation), piece),
    );
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
    return this.#frame(FIN_BIT | opcode, payload);
  }

  #frame(first: number, payload: Uint8Array): WriteEffect {
    const lengthField = minimalLengthField(payload.length);
    return { type: 'write', bytes: writeFrame(this.#memory, first, lengthField, payload, this.#nextMaskingKey?.()) };
  }
}
