import { checkCloseBody } from '../../protocol/closing/close-body.ts';
import type { Extension } from '../../protocol/extensions/extension.ts';
import type { FramePart } from '../../protocol/framing/frame-reader.ts';
import { type MessageOpcode, OPCODE } from '../../protocol/framing/opcode.ts';
import { checkHeader } from '../../protocol/framing/rules.ts';
import type { Limits } from '../../protocol/limits.ts';
import { MessageChecker } from '../../protocol/messages/checker.ts';
import { FrameSequenceChecker } from '../../protocol/messages/frame-sequence-checker.ts';
import { moveViolation, type Violation } from '../../protocol/violation.ts';

/** For a receiver whose limits are unknown. */
export const NO_LIMITS: Limits = {
  maxMessageBytes: Number.POSITIVE_INFINITY,
  maxFragments: Number.POSITIVE_INFINITY,
};

/**
 * Checks the frames of one direction, like their receiver. A receiver stops at the first violation. This class continues,
 * but then checks each header by itself, because messages are no longer certain. RFC 6455 §5, §7.1.7.
 */
export class FrameJudge {
  readonly #sender: 'client' | 'server';
  readonly #extensions: readonly Extension[];
  readonly #checker: MessageChecker | FrameSequenceChecker;
  #failed = false;
  #messageOpcode: MessageOpcode | undefined;

  /** @param extensions that both ends agreed on: of what they change only the headers are judged, since its text is not on the wire */
  constructor(sender: 'client' | 'server', limits: Limits, extensions: readonly Extension[] = []) {
    this.#sender = sender;
    this.#extensions = extensions;
    this.#checker =
      extensions.length === 0
        ? new MessageChecker(sender, limits)
        : new FrameSequenceChecker(sender, limits, extensions);
  }

  /** The opcode of the message that the latest data frame belongs to. */
  get messageOpcode(): MessageOpcode | undefined {
    return this.#messageOpcode;
  }

  /** From here on, headers are checked by themselves: bytes of a message are missing. */
  giveUp(): void {
    this.#failed = true;
  }

  /** @param part every part, in order. The body of a close frame is checked later, when it is complete */
  check(part: FramePart): Violation | undefined {
    const { opcode, begins } = part;
    if (begins && (opcode === OPCODE.text || opcode === OPCODE.binary)) this.#messageOpcode = opcode;
    if (this.#failed)
      return begins ? checkHeader(part, { sender: this.#sender, extensions: this.#extensions }) : undefined;
    const violation = this.#checker.check(part);
    this.#failed = violation !== undefined;
    return violation;
  }

  /** @param payload of a complete close frame, unmasked */
  checkCloseBody(payload: Uint8Array, headerLength: number): Violation | undefined {
    if (this.#failed) return undefined;
    const violation = checkCloseBody(payload);
    this.#failed = violation !== undefined;
    return violation && moveViolation(violation, headerLength);
  }
}
