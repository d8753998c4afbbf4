import type { IsUtf8 } from '../../text/utf8.ts';
import type { FramePart } from '../framing/frame-reader.ts';
import type { HeaderContext } from '../framing/rules.ts';
import type { Limits } from '../limits.ts';
import type { Violation } from '../violation.ts';
import { FrameSequenceChecker } from './frame-sequence-checker.ts';
import { TextChecker } from './text-checker.ts';

/**
 * Judges one direction of a connection, frame part by frame part: each header by itself, the order of the frames, and
 * the text in them. RFC 6455 §5.4, §8.1. For those who watch and join nothing; a receiver does the same.
 *
 * Each part is judged as soon as it is there, so a frame that breaks a rule is known before the
 * rest of it arrives. After the first violation nothing more can be known of the stream.
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
