import { checkCloseBody } from '../../protocol/closing/close-body.ts';
import type { Extension } from '../../protocol/extensions/extension.ts';
import type { FramePart } from '../../protocol/framing/frame-reader.ts';
import { type MessageOpcode, OPCODE } from '../../protocol/framing/opcode.ts';
import { checkHeader } from '../../protocol/framing/rules.ts';
import type { Limits } from '../../protocol/limits.ts';
import { MessageChecker } from '../../protocol/messages/checker.ts';
import { FrameSequenceChecker } from '../../protocol/messages/frame-sequence-checker.ts';
import { moveViolation, type Violation } from '../../protocol/violation.ts';

/** The limits of a receiver that nothing is known of. */
export const NO_LIMITS: Limits = {
  maxMessageBytes: Number.POSITIVE_INFINITY,
  maxFragments: Number.POSITIVE_INFINITY,
};

/**
 * Judges one direction as its receiver does, and goes on after the first violation, where a
 * receiver stops: then each header is judged by itself, since of the messages nothing is certain
 * any more. RFC 6455 §5, §7.1.7.
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

  /** Of the message that the latest data frame belongs to. */
  get messageOpcode(): MessageOpcode | undefined {
    return this.#messageOpcode;
  }

  /** @param part all of them in order; a close frame's parts are judged when its payload is whole */
  check(part: FramePart): Violation | undefined {
    const { opcode, begins } = part;
    if (begins && (opcode === OPCODE.text || opcode === OPCODE.binary)) this.#messageOpcode = opcode;
    if (this.#failed)
      return begins ? checkHeader(part, { sender: this.#sender, extensions: this.#extensions }) : undefined;
    const violation = this.#checker.check(part);
    this.#failed = violation !== undefined;
    return violation;
  }

  /** @param payload of a close frame that has come whole, unmasked */
  checkCloseBody(payload: Uint8Array, headerLength: number): Violation | undefined {
    if (this.#failed) return undefined;
    const violation = checkCloseBody(payload);
    this.#failed = violation !== undefined;
    return violation && moveViolation(violation, headerLength);
  }
}
