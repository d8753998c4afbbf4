import { GrowingBytes } from '../../bytes/growing-bytes.ts';
import type { DeflateAgreement } from '../../protocol/extensions/permessage-deflate/parameters.ts';
import { isControlOpcode, OPCODE } from '../../protocol/framing/opcode.ts';
import { type Inflated, type InflateOptions, inflate } from './inflate.ts';
import { MAX_WINDOW_BYTES, type SeenWindow } from './inflated-bytes.ts';

/** A compressed message, inflated. */
export interface InflatedMessage extends Inflated {
  /** The length of the compressed payload, of all its frames together. */
  readonly packedBytes: number;
  /**
   * What came before it in the window that its matches copy from. `empty`: nothing, because it is the first message or each
   * message begins anew. `unknown`: messages of which some were not seen, or could not be inflated.
   */
  readonly window: WindowState;
}

export type WindowState = 'empty' | 'known' | 'unknown';

/** A frame, or a part of one, as its receiver reads it. */
export interface PayloadPart {
  readonly opcode: number;
  readonly fin: boolean;
  readonly rsv1: boolean;
  /** Whether the frame begins, and ends, with this part. */
  readonly begins: boolean;
  readonly ends: boolean;
  /** Unmasked. */
  readonly payload: Uint8Array;
}

export interface InflaterLimits extends Pick<InflateOptions, 'maxOutputBytes' | 'maxBlocks' | 'maxCodes'> {
  /** In bytes. A message whose compressed payload is longer is not inflated, and the window is unknown after it. */
  readonly maxPackedBytes?: number;
}

const NOTHING = new Uint8Array(0);
const NOTHING_SEEN: SeenWindow = { bytes: NOTHING, isUnknown: NOTHING };

/** What the sender has cut off from the end of each message. RFC 7692 §7.2.1. */
const TAIL = Uint8Array.of(0x00, 0x00, 0xff, 0xff);

/**
 * Inflates the compressed messages of one direction. RFC 7692 §7.2.2. After a message that cannot be inflated, the window is
 * unknown: bytes that later messages copy from it are reported as unknown, not guessed.
 *
 * It keeps the window, at most 32,768 bytes and only if the sender keeps its own, and the compressed bytes of one message.
 */
export class DirectionInflater {
  readonly #limits: InflaterLimits;
  readonly #keepsContext: boolean;
  #window: Uint8Array | SeenWindow;
  readonly #payload = new GrowingBytes();
  #packedBytes = 0;
  #isCompressed = false;

  /** @param isBegun whether the first message is the connection's first; if it is not, the window is unknown */
  constructor(sender: 'client' | 'server', agreement: DeflateAgreement, isBegun: boolean, limits: InflaterLimits = {}) {
    this.#limits = limits;
    this.#keepsContext = !(sender === 'client' ? agreement.clientNoContextTakeover : agreement.serverNoContextTakeover);
    this.#window = isBegun || !this.#keepsContext ? NOTHING : NOTHING_SEEN;
  }

  /** How many bytes it keeps. */
  get heldBytes(): number {
    return this.#payload.heldBytes + (isWhole(this.#window) ? this.#window.length : 2 * this.#window.bytes.length);
  }

  /**
   * Takes the next part of a frame.
   *
   * @param inflates if false, a message that ends here is passed over: the window is unknown after it
   * @returns the message that ends with it, if it was compressed
   */
  take(part: PayloadPart, inflates = true): InflatedMessage | undefined {
    if (isControlOpcode(part.opcode)) return undefined;
    if (part.begins && part.opcode !== OPCODE.continuation) {
      this.#isCompressed = part.rsv1;
      this.#payload.discard();
      this.#packedBytes = 0;
    }
    if (!this.#isCompressed) return undefined;
    this.#packedBytes += part.payload.length;
    const isTooLong = this.#packedBytes > (this.#limits.maxPackedBytes ?? Number.POSITIVE_INFINITY);
    if (isTooLong) this.#payload.discard();
    else this.#payload.append(part.payload);
    if (!part.ends || !part.fin) return undefined;
    this.#isCompressed = false;
    if (inflates) return this.#inflate(isTooLong);
    this.#payload.discard();
    if (this.#keepsContext) this.#window = NOTHING_SEEN;
    return undefined;
  }

  /** Bytes are missing here: the message that they belong to is left out, and the window is unknown after it. */
  lose(): void {
    this.#isCompressed = false;
    this.#payload.discard();
    if (this.#keepsContext) this.#window = NOTHING_SEEN;
  }

  #inflate(isTooLong: boolean): InflatedMessage {
    const before = this.#window;
    if (!isTooLong) this.#payload.append(TAIL);
    const inflated = inflate(this.#payload.take(), { ...this.#limits, window: before });
    const told = isTooLong ? ({ ...inflated, ending: 'too long' } as const) : inflated;
    if (this.#keepsContext) this.#window = windowAfter(before, told);
    const window = !isWhole(before) ? 'unknown' : before.length === 0 ? 'empty' : 'known';
    return { ...told, packedBytes: this.#packedBytes, window };
  }
}

function isWhole(window: Uint8Array | SeenWindow): window is Uint8Array {
  return window instanceof Uint8Array;
}

function windowAfter(before: Uint8Array | SeenWindow, { ending, output, unknown }: Inflated): Uint8Array | SeenWindow {
  if (ending !== 'complete') return NOTHING_SEEN;
  if (isWhole(before)) return lastOf(before, output);
  const marks = new Uint8Array(output.length);
  for (const { start, end } of unknown) marks.fill(1, start, end);
  const bytes = lastOf(before.bytes, output);
  const isUnknown = lastOf(before.isUnknown, marks);
  return bytes.length === MAX_WINDOW_BYTES && !isUnknown.includes(1) ? bytes : { bytes, isUnknown };
}

/** The last bytes of two arrays, one after the other. */
function lastOf(before: Uint8Array, after: Uint8Array): Uint8Array {
  const kept = new Uint8Array(Math.min(MAX_WINDOW_BYTES, before.length + after.length));
  const fromAfter = after.subarray(Math.max(0, after.length - kept.length));
  const fromBefore = before.subarray(before.length - (kept.length - fromAfter.length));
  kept.set(fromBefore);
  kept.set(fromAfter, fromBefore.length);
  return kept;
}
