import type { Memory } from '../../bytes/memory/memory.ts';
import { checkCloseBody } from '../closing/close-body.ts';
import { FrameReader } from '../framing/frame-reader.ts';
import { OPCODE } from '../framing/opcode.ts';
import type { Limits } from '../limits.ts';
import type { IsUtf8 } from '../utf8.ts';
import type { Violation } from '../violation.ts';
import { type AssembledMessage, MessageAssembler } from './assembler.ts';
import { FrameSequenceChecker } from './frame-sequence-checker.ts';
import { TextChecker } from './text-checker.ts';

/** What a platform may do better than the core does by itself, to the same result. */
export interface ReceiverOptions {
  /** Where a message that comes in several parts is joined. */
  readonly memory?: Memory | undefined;
  readonly isUtf8?: IsUtf8 | undefined;
}

/**
 * Receives what a peer sends once the connection is open: decodes its frames, checks them, and
 * joins them to messages. RFC 6455 §6.2. Which of the three found something is seen in the result.
 */
export class Receiver {
  readonly #reader = new FrameReader();
  readonly #sequence: FrameSequenceChecker;
  readonly #text: TextChecker;
  readonly #assembler: MessageAssembler;

  constructor(peer: 'client' | 'server', limits: Limits, { memory, isUtf8 }: ReceiverOptions = {}) {
    this.#sequence = new FrameSequenceChecker(peer, limits);
    this.#text = new TextChecker(isUtf8);
    this.#assembler = new MessageAssembler(memory);
  }

  /**
   * Takes the next bytes from TCP; what they hold is fetched with {@link next}.
   *
   * @param chunk given away: payloads are unmasked in place
   */
  feed(chunk: Uint8Array): void {
    this.#reader.feed(chunk);
  }

  /** Nothing more comes: a message that is not whole will never be. */
  end(): void {
    this.#assembler.end();
  }

  /**
   * @returns the next message or control frame that is whole and legal, or the rule that the next
   *   bytes break, after which nothing more can be known; undefined if the chunk is used up
   */
  next(): AssembledMessage | Violation | undefined {
    const reader = this.#reader;
    while (reader.next()) {
      const violation = this.#sequence.check(reader) ?? this.#text.check(reader);
      if (violation !== undefined) return violation;
      const whole = this.#assembler.push(reader);
      if (whole === undefined) continue;
      if (whole.opcode !== OPCODE.close) return whole;
      return checkCloseBody(whole.payload, reader.headerLength) ?? whole;
    }
    return undefined;
  }
}
