import { checkCloseBody } from '../closing/close-body.ts';
import { FrameDecoder } from '../framing/decoder.ts';
import { OPCODE } from '../framing/opcode.ts';
import type { BytesSource } from '../growing-bytes.ts';
import type { Limits } from '../limits.ts';
import { type AssembledMessage, MessageAssembler } from '../messages/assembler.ts';
import { MessageChecker } from '../messages/checker.ts';
import type { SkipWholeCharacters } from '../utf8.ts';
import type { Violation } from '../violation.ts';

/** What a receiver may have in place of its own. */
export interface ReceiverParts {
  readonly decoder?: FrameDecoder;
  /** Where a message that comes in several parts is joined. */
  readonly source?: BytesSource | undefined;
  readonly skipWholeCharacters?: SkipWholeCharacters | undefined;
}

/**
 * Receives what a peer sends once the connection is open: decodes its frames, checks them, and
 * joins them to messages. RFC 6455 §6.2. Which of the three found something is seen in the result.
 */
export class Receiver {
  protected readonly decoder: FrameDecoder;
  protected readonly checker: MessageChecker;
  protected readonly assembler: MessageAssembler;

  constructor(peer: 'client' | 'server', limits: Limits, parts: ReceiverParts = {}) {
    this.decoder = parts.decoder ?? new FrameDecoder();
    this.checker = new MessageChecker(peer, limits, parts.skipWholeCharacters);
    this.assembler = new MessageAssembler(parts.source);
  }

  /**
   * Takes the next bytes from TCP; what they hold is fetched with {@link next}.
   *
   * @param chunk given away: payloads are unmasked in place
   */
  feed(chunk: Uint8Array): void {
    this.decoder.feed(chunk);
  }

  /** How much memory is taken by a message that has not come whole, in bytes. */
  get heldBytes(): number {
    return this.assembler.heldBytes;
  }

  /** Nothing more comes: a message that is not whole will never be. */
  end(): void {}

  /**
   * @returns the next message or control frame that is whole and legal, or the rule that the next
   *   bytes break, after which nothing more can be told; undefined where the chunk is used up
   */
  next(): AssembledMessage | Violation | undefined {
    for (let part = this.decoder.next(); part !== undefined; part = this.decoder.next()) {
      const violation = this.checker.check(part);
      if (violation !== undefined) return violation;
      const whole = this.assembler.push(part);
      if (whole?.opcode === OPCODE.close) return checkCloseBody(whole.payload, part.header.headerLength) ?? whole;
      if (whole !== undefined) return whole;
    }
    return undefined;
  }
}
