import type { FramePart } from '../framing/decoder.ts';
import { endOfLength, type FrameHeader } from '../framing/header.ts';
import { isControlOpcode, OPCODE } from '../framing/opcode.ts';
import { checkHeader, type HeaderContext } from '../framing/rules.ts';
import type { Limits } from '../limits.ts';
import { type SkipWholeCharacters, Utf8Checker } from '../utf8.ts';
import { type Rule, type Violation, violationOf } from '../violation.ts';
import { MESSAGE_RULES } from './rules.ts';

/**
 * Judges one direction of a connection, frame part by frame part: each header by itself, and the
 * frames as messages. RFC 6455 §5.4, §8.1. Keeps no payload.
 *
 * Each part is judged as soon as it is there, so a frame that breaks a rule is known before the
 * rest of it arrives. After the first violation nothing more can be told of the stream.
 */
export class MessageChecker {
  readonly #context: HeaderContext;
  readonly #limits: Limits;
  #closed = false;
  #inMessage = false;
  #fragments = 0;
  #messageBytes = 0;
  // Only while a text message is arriving.
  #inText = false;
  readonly #utf8: Utf8Checker;

  constructor(sender: HeaderContext['sender'], limits: Limits, skipWholeCharacters?: SkipWholeCharacters) {
    this.#utf8 = new Utf8Checker(skipWholeCharacters);
    this.#context = CONTEXTS[sender];
    this.#limits = limits;
  }

  /** @returns the rule that this part breaks and the bytes within its frame, or undefined */
  check(part: FramePart): Violation | undefined {
    const { header } = part;
    if (part.begins) {
      if (this.#closed && !isControlOpcode(header.opcode)) return inFirstByte(MESSAGE_RULES.dataFrameAfterClose);
      const violation = checkHeader(header, this.#context);
      if (violation !== undefined) return violation;
      this.#closed ||= header.opcode === OPCODE.close;
    }
    if (isControlOpcode(header.opcode)) return undefined;
    return (part.begins ? this.#beginFrame(header) : undefined) ?? this.#checkText(part) ?? this.#endFrame(part);
  }

  /** Whether a frame that is a whole message breaks no rule by that: none is open, and no close frame has come. */
  get awaitsMessage(): boolean {
    return !this.#inMessage && !this.#closed;
  }

  /** Whether the next payload of the message has to be looked at. ASCII is UTF-8 wherever a character may start. */
  looksAt(ascii: boolean): boolean {
    return this.#inText && !(ascii && this.#utf8.atCharacterBoundary);
  }

  #beginFrame(header: FrameHeader): Violation | undefined {
    const continues = header.opcode === OPCODE.continuation;
    if (continues && !this.#inMessage) return inFirstByte(MESSAGE_RULES.continuationWithoutMessage);
    if (!continues && this.#inMessage) return inFirstByte(MESSAGE_RULES.messageInsideMessage);
    if (!continues) {
      this.#inMessage = true;
      this.#fragments = 0;
      this.#messageBytes = 0;
      this.#inText = header.opcode === OPCODE.text;
    }
    this.#fragments++;
    this.#messageBytes += header.payloadLength;
    if (this.#messageBytes > this.#limits.maxMessageBytes) {
      return violationOf(MESSAGE_RULES.messageTooLong, 1, endOfLength(header));
    }
    return this.#fragments > this.#limits.maxFragments ? inFirstByte(MESSAGE_RULES.tooManyFragments) : undefined;
  }

  #checkText({ header, payload, payloadOffset, ascii }: FramePart): Violation | undefined {
    if (!this.looksAt(ascii)) return undefined;
    const wrong = this.#utf8.push(payload);
    if (wrong === -1) return undefined;
    const start = header.headerLength + payloadOffset + wrong;
    return violationOf(MESSAGE_RULES.textNotUtf8, start, start + 1);
  }

  #endFrame({ header, ends }: FramePart): Violation | undefined {
    if (!ends || !header.fin) return undefined;
    this.#inMessage = false;
    if (!this.#inText || this.#utf8.atCharacterBoundary) return undefined;
    // An empty last fragment has no last byte: what is wrong there is that FIN ends the message.
    if (header.payloadLength === 0) return inFirstByte(MESSAGE_RULES.textCutInsideCharacter);
    const end = header.headerLength + header.payloadLength;
    return violationOf(MESSAGE_RULES.textCutInsideCharacter, end - 1, end);
  }
}

/** One for all connections: many of them are idle, and each byte of theirs counts. */
const CONTEXTS = { client: { sender: 'client' }, server: { sender: 'server' } } as const;

function inFirstByte(rule: Rule): Violation {
  return violationOf(rule, 0, 1);
}
