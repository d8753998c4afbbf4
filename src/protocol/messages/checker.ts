import type { IsUtf8 } from '../../text/utf8.ts';
import type { FramePart } from '../framing/frame-reader.ts';
import type { HeaderContext } from '../framing/rules.ts';
import type { Limits } from '../limits.ts';
import type { Violation } from '../violation.ts';
import { FrameSequenceChecker } from './frame-sequence-checker.ts';
import { TextChecker } from './text-checker.ts';

/**
 * Checks one direction of a connection, one frame part at a time: each header by itself, the order of the frames, and the
 * text in them. RFC 6455 §5.4, §8.1. For observers, which do not join messages. A receiver runs the same checks.
 *
 * Each part is checked as soon as it arrives, so a broken rule is found before the rest of the frame arrives. After the
 * first violation the rest of the stream has no meaning.
 */
export class MessageChecker {
  readonly #sequence: FrameSequenceChecker;
  readonly #text: TextChecker;

  constructor(sender: HeaderContext['sender'], limits: Limits, isUtf8?: IsUtf8) {
    this.#sequence = new FrameSequenceChecker(sender, limits);
    this.#text = new TextChecker(isUtf8);
  }

  /** @returns the rule that this part breaks and the bytes within its frame, or undefined */
  check(part: FramePart): Violation | undefined {
    return this.#sequence.check(part) ?? this.#text.check(part);
  }
}
