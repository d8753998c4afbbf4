import { Receiver, type ReceiverParts } from '../endpoint/receiver.ts';
import { OPCODE } from '../framing/opcode.ts';
import type { BytesSource } from '../growing-bytes.ts';
import type { Limits } from '../limits.ts';
import type { AssembledMessage } from '../messages/assembler.ts';
import type { Violation } from '../violation.ts';
import { QuickDecoder } from './quick-decoder.ts';

/**
 * A receiver with shortcuts for what nearly all chunks hold: a message in one frame, or the middle of a
 * long one. It comes to what the plain one comes to, which takes all that is not ordinary.
 */
export class QuickReceiver extends Receiver {
  readonly #decoder: QuickDecoder;
  readonly #source: BytesSource | undefined;
  // Of a message in one frame: whether it is masked, and how long it may be.
  readonly #masked: boolean;
  readonly #maxBytes: number;

  constructor(peer: 'client' | 'server', limits: Limits, parts: Omit<ReceiverParts, 'decoder'> = {}) {
    const decoder = new QuickDecoder();
    super(peer, limits, { ...parts, decoder });
    this.#decoder = decoder;
    this.#source = parts.source;
    this.#masked = peer === 'client';
    this.#maxBytes = limits.maxFragments >= 1 ? limits.maxMessageBytes : -1;
  }

  override end(): void {
    this.#source?.release?.(this.assembler.message.take());
  }

  override next(): AssembledMessage | Violation | undefined {
    const { message } = this.assembler;
    const start = message.length;
    const ascii = this.#decoder.nextMiddle(message);
    if (ascii !== undefined) return this.checker.looksAt(ascii) ? this.#checkMiddle(start) : undefined;
    if (this.checker.awaitsMessage) {
      const found = this.#nextWhole();
      if (found !== undefined) return found;
    }
    return super.next();
  }

  /** Nothing can be wrong with what was appended from `start` on but its text. */
  #checkMiddle(start: number): Violation | undefined {
    const { message } = this.assembler;
    return this.checker.check(this.#decoder.describeMiddle(message.room.subarray(start, message.length)));
  }

  #nextWhole(): AssembledMessage | Violation | undefined {
    const whole = this.#decoder.nextWhole(this.#masked, this.#maxBytes);
    if (whole === undefined) return undefined;
    const { opcode, ascii } = whole;
    const mayBeWrong = opcode === OPCODE.text && !ascii;
    const violation = mayBeWrong ? this.checker.check(this.#decoder.describeWhole(whole)) : undefined;
    return violation ?? whole;
  }
}
