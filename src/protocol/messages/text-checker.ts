import { type IsUtf8, Utf8Checker } from '../../text/utf8.ts';
import type { FramePart } from '../framing/frame-reader.ts';
import { isControlOpcode, OPCODE } from '../framing/opcode.ts';
import { type Violation, violationOf } from '../violation.ts';
import { MESSAGE_RULES } from './rules.ts';
import { violationInPart } from './violation-in-part.ts';

/**
 * Checks that text messages are UTF-8, part by part: it finds a wrong byte as soon as the byte arrives. RFC 6455 §8.1.
 * Expects frames in a legal order, and keeps no payload.
 */
export class TextChecker {
  readonly #utf8: Utf8Checker;
  // The opcode of the message that is arriving.
  #opcode = 0;

  constructor(isUtf8?: IsUtf8) {
    this.#utf8 = new Utf8Checker(isUtf8);
  }

  /** @returns the rule that this part breaks, and the bytes within its frame; undefined if it breaks none */
  check(part: FramePart): Violation | undefined {
    const { opcode } = part;
    if (isControlOpcode(opcode)) return undefined;
    if (part.begins && opcode !== OPCODE.continuation) this.#opcode = opcode;
    return this.trusts(part) ? undefined : (this.#checkBytes(part) ?? this.#checkEnd(part));
  }

  /** Whether this part of the message that is arriving needs no check of its bytes. */
  trusts({ ascii }: FramePart): boolean {
    // ASCII is UTF-8 wherever a character may start, and ends with a whole one.
    return this.#opcode !== OPCODE.text || (ascii && this.#utf8.atCharacterBoundary);
  }

  #checkBytes(part: FramePart): Violation | undefined {
    const wrong = this.#utf8.push(part.payload);
    if (wrong === -1) return undefined;
    if (part.wireLength !== undefined) return violationInPart(MESSAGE_RULES.textNotUtf8, part);
    const start = part.headerLength + part.payloadOffset + wrong;
    return violationOf(MESSAGE_RULES.textNotUtf8, start, start + 1);
  }

  #checkEnd({ fin, ends, payloadLength, headerLength }: FramePart): Violation | undefined {
    if (!fin || !ends || this.#utf8.atCharacterBoundary) return undefined;
    // An empty last fragment has no last byte: the wrong byte is the first one, whose FIN bit ends the message.
    if (payloadLength === 0) return violationOf(MESSAGE_RULES.textCutInsideCharacter, 0, 1);
    const end = headerLength + payloadLength;
    return violationOf(MESSAGE_RULES.textCutInsideCharacter, end - 1, end);
  }
}
