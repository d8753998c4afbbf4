import { leftoverKey } from './leftover-mask.ts';
import { type Payload, payloadByteLength, startOf } from './payload.ts';

/**
 * The number of bytes that are kept of a payload. It is a multiple of the length of every repeated pattern, and of four
 * times that, so a right answer repeats with this period even if the mask is still on.
 */
const BLOCK_LENGTH = 65_520;

/** The memory that one payload takes at most, in bytes. */
export const MAX_KEPT_BYTES_OF_PAYLOAD = BLOCK_LENGTH;

const NOTHING = new Uint8Array(0);

/** The first byte that differs from the expected payload. */
export interface Difference {
  /** From 0. */
  readonly at: number;
  readonly is: number;
  readonly expected: number;
}

/**
 * The payload of a message that came back, in bounded memory: its first 65,520 bytes, and the place where it stops
 * repeating them.
 */
export class ReceivedPayload {
  #block: Uint8Array = NOTHING;
  #byteLength = 0;
  /** The first byte that differs from the byte one block earlier. */
  #deviation: { readonly at: number; readonly is: number } | undefined;

  static of(bytes: Uint8Array): ReceivedPayload {
    const payload = new ReceivedPayload();
    payload.append(bytes);
    return payload;
  }

  get byteLength(): number {
    return this.#byteLength;
  }

  /** The memory that it takes, in bytes. */
  get keptBytes(): number {
    return this.#block.length;
  }

  /** Its first 65,520 bytes, or all of them if it is shorter. */
  get firstBytes(): Uint8Array {
    return this.#block.subarray(0, Math.min(this.#byteLength, BLOCK_LENGTH));
  }

  /** @param bytes are copied if they are kept */
  append(bytes: Uint8Array): void {
    const kept = bytes.subarray(0, Math.max(0, BLOCK_LENGTH - this.#byteLength));
    if (kept.length > 0) this.#keep(kept);
    const rest = bytes.subarray(kept.length);
    if (this.#deviation === undefined && rest.length > 0) this.#compare(rest, this.#byteLength + kept.length);
    this.#byteLength += bytes.length;
  }

  /** Whether these are exactly the expected bytes. */
  equals(right: Payload): boolean {
    return this.#byteLength === payloadByteLength(right) && this.differenceFrom(right) === undefined;
  }

  /**
   * @param right of the same length
   * @throws RangeError if it is longer than 65,520 bytes and does not repeat a pattern whose length divides 65,520
   */
  differenceFrom(right: Payload): Difference | undefined {
    const [came, wanted] = [this.firstBytes, startOf(right, BLOCK_LENGTH)];
    for (let at = 0; at < came.length; at++) {
      if (came[at] !== wanted[at]) return { at, is: came[at] as number, expected: wanted[at] as number };
    }
    if (this.#byteLength <= BLOCK_LENGTH) return undefined;
    if (!('repeated' in right) || BLOCK_LENGTH % (right.repeated.length / 2) !== 0) {
      throw new RangeError(`a payload of ${this.#byteLength} bytes can only be compared with a short repeated pattern`);
    }
    const deviation = this.#deviation;
    return deviation && { ...deviation, expected: wanted[deviation.at % BLOCK_LENGTH] as number };
  }

  /**
   * The masking key that turns the expected payload into this one: then the mask is still on. RFC 6455 §5.3.
   *
   * @returns eight hexadecimal digits; undefined if there is no such key
   */
  leftoverKey(right: Payload): string | undefined {
    if (this.#byteLength !== payloadByteLength(right) || this.#deviation !== undefined) return undefined;
    return leftoverKey(startOf(right, BLOCK_LENGTH), this.firstBytes);
  }

  #keep(bytes: Uint8Array): void {
    const needed = this.#byteLength + bytes.length;
    if (needed > this.#block.length) {
      const length = this.#byteLength === 0 ? needed : Math.min(BLOCK_LENGTH, Math.max(needed, 2 * this.#block.length));
      const grown = new Uint8Array(length);
      grown.set(this.#block);
      this.#block = grown;
    }
    this.#block.set(bytes, this.#byteLength);
  }

  #compare(bytes: Uint8Array, start: number): void {
    const block = this.#block;
    let inBlock = start % BLOCK_LENGTH;
    for (let i = 0; i < bytes.length; i++) {
      if (bytes[i] !== block[inBlock]) {
        this.#deviation = { at: start + i, is: bytes[i] as number };
        return;
      }
      inBlock++;
      if (inBlock === BLOCK_LENGTH) inBlock = 0;
    }
  }
}
