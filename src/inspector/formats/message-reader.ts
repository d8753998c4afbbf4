import { GrowingBytes } from '../../bytes/growing-bytes.ts';
import type { DeflateAgreement } from '../../protocol/extensions/permessage-deflate/parameters.ts';
import { decodeHeader } from '../../protocol/framing/header.ts';
import { mask } from '../../protocol/framing/masking.ts';
import { isControlOpcode, OPCODE } from '../../protocol/framing/opcode.ts';
import { type Inflated, inflate } from '../deflate/inflate.ts';
import { MAX_WINDOW_BYTES } from '../deflate/inflated-bytes.ts';

/** A compressed message, inflated. */
export interface InflatedMessage extends Inflated {
  /** The length of the compressed payload, of all its frames together. */
  readonly packedBytes: number;
}

const TAIL = Uint8Array.of(0x00, 0x00, 0xff, 0xff);

/**
 * Inflates the compressed messages of one direction, frame by frame. RFC 7692 §7.2.2. After a message that cannot be inflated, the
 * window is unknown: bytes that later messages copy from it are reported as unknown, not guessed.
 */
export class MessageReader {
  readonly #keepsContext: boolean;
  #window: Uint8Array | 'unknown';
  #payload = new GrowingBytes();
  #isCompressed = false;

  /** @param isBegun whether the first message is the connection's first; if it is not, the window is unknown */
  constructor(sender: 'client' | 'server', agreement: DeflateAgreement, isBegun: boolean) {
    this.#keepsContext = !(sender === 'client' ? agreement.clientNoContextTakeover : agreement.serverNoContextTakeover);
    this.#window = isBegun || !this.#keepsContext ? new Uint8Array(0) : 'unknown';
  }

  /**
   * Takes the next frame, which must be complete.
   *
   * @param bytes the frame from its first byte on; more may follow
   * @returns the message that ends with it, if it was compressed
   */
  take(bytes: Uint8Array): InflatedMessage | undefined {
    const header = decodeHeader(bytes);
    if (header === undefined || isControlOpcode(header.opcode)) return undefined;
    if (header.opcode !== OPCODE.continuation) {
      this.#isCompressed = header.rsv1;
      this.#payload = new GrowingBytes();
    }
    if (!this.#isCompressed) return undefined;
    const payload = bytes.slice(header.headerLength, header.headerLength + header.payloadLength);
    if (header.masked) mask(payload, header.maskingKey);
    this.#payload.append(payload);
    return header.fin ? this.#inflate() : undefined;
  }

  #inflate(): InflatedMessage {
    const packedBytes = this.#payload.length;
    this.#payload.append(TAIL);
    const inflated = inflate(this.#payload.take(), { window: this.#window });
    this.#isCompressed = false;
    if (this.#keepsContext) this.#window = windowAfter(this.#window, inflated);
    return { ...inflated, packedBytes };
  }
}

function windowAfter(before: Uint8Array | 'unknown', { ending, output, unknown }: Inflated): Uint8Array | 'unknown' {
  if (ending !== 'complete' || (before === 'unknown' && output.length < MAX_WINDOW_BYTES) || unknown.length > 0)
    return 'unknown';
  if (before === 'unknown') return output.slice(-MAX_WINDOW_BYTES);
  const kept = new Uint8Array(Math.min(MAX_WINDOW_BYTES, before.length + output.length));
  const fromOutput = output.subarray(-kept.length);
  kept.set(fromOutput, kept.length - fromOutput.length);
  kept.set(before.subarray(before.length - (kept.length - fromOutput.length)), 0);
  return kept;
}
