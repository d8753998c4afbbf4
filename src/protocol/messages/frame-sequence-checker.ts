import type { Extension } from '../extensions/extension.ts';
import type { FramePart, FrameReader } from '../framing/frame-reader.ts';
import { endOfLength, type FrameHeader } from '../framing/header.ts';
import { FIN_BIT, MASK_BIT, minimalLengthField } from '../framing/layout.ts';
import { isControlOpcode, OPCODE } from '../framing/opcode.ts';
import { checkHeader, type HeaderContext } from '../framing/rules.ts';
import type { Limits } from '../limits.ts';
import type { FrameRule } from '../rule.ts';
import { type Violation, violationOf } from '../violation.ts';
import { MESSAGE_RULES } from './rules.ts';

/**
 * Checks the headers of one direction in order: each by itself, and whether it may follow the ones before it.
 * RFC 6455 §5.4. Needs no payload: it finds a broken rule before the payload arrives.
 */
export class FrameSequenceChecker {
  readonly #context: HeaderContext;
  readonly #maskBit: number;
  readonly #limits: Limits;
  // The maximum length of a message in one frame; NONE if no message may start here.
  #maxPlainBytes: number;
  #closed = false;
  #inMessage = false;
  #fragments = 0;
  #messageBytes = 0;
  // Whether an extension has changed the message: then its length on the wire is not its real length.
  #isChanged = false;

  constructor(sender: HeaderContext['sender'], limits: Limits, extensions: readonly Extension[] = []) {
    this.#context = extensions.length === 0 ? CONTEXTS[sender] : { sender, extensions };
    this.#maskBit = sender === 'client' ? MASK_BIT : 0;
    this.#limits = limits;
    this.#maxPlainBytes = limits.maxFragments > 0 ? limits.maxMessageBytes : NONE;
  }

  /** @returns the rule that this part's header breaks, and the bytes within its frame; undefined if it breaks none */
  check(part: FramePart): Violation | undefined {
    if (!part.begins) return undefined;
    const control = isControlOpcode(part.opcode);
    if (this.#closed && !control) return inFirstByte(MESSAGE_RULES.dataFrameAfterClose);
    const violation = checkHeader(part, this.#context);
    if (violation !== undefined) return violation;
    if (!control) return this.#checkOrder(part);
    if (part.opcode === OPCODE.close) {
      this.#closed = true;
      this.#maxPlainBytes = NONE;
    }
    return undefined;
  }

  /**
   * Whether a frame is a whole, legal message, as most are. Then {@link check} would return undefined and remember
   * nothing, so it need not be called. This test takes a tenth of its time.
   */
  isPlainMessage({ firstByte, secondByte, payloadLength }: FrameReader): boolean {
    return (
      (firstByte === TEXT_MESSAGE || firstByte === BINARY_MESSAGE) &&
      secondByte === (this.#maskBit | minimalLengthField(payloadLength)) &&
      payloadLength <= this.#maxPlainBytes
    );
  }

  #checkOrder(header: FrameHeader): Violation | undefined {
    const continues = header.opcode === OPCODE.continuation;
    if (continues && !this.#inMessage) return inFirstByte(MESSAGE_RULES.continuationWithoutMessage);
    if (!continues && this.#inMessage) return inFirstByte(MESSAGE_RULES.messageInsideMessage);
    if (!continues) {
      this.#fragments = 0;
      this.#messageBytes = 0;
      this.#isChanged = header.rsv1 || header.rsv2 || header.rsv3;
    }
    this.#inMessage = !header.fin;
    this.#maxPlainBytes = header.fin && this.#limits.maxFragments > 0 ? this.#limits.maxMessageBytes : NONE;
    this.#fragments++;
    this.#messageBytes += header.payloadLength;
    if (!this.#isChanged && this.#messageBytes > this.#limits.maxMessageBytes) {
      return violationOf(MESSAGE_RULES.messageTooLong, 1, endOfLength(header));
    }
    return this.#fragments > this.#limits.maxFragments ? inFirstByte(MESSAGE_RULES.tooManyFragments) : undefined;
  }
}

const TEXT_MESSAGE = FIN_BIT | OPCODE.text;
const BINARY_MESSAGE = FIN_BIT | OPCODE.binary;
const NONE = -1;

/** Shared by all connections, to save memory: many of them are idle. */
const CONTEXTS = { client: { sender: 'client' }, server: { sender: 'server' } } as const;

function inFirstByte(rule: FrameRule): Violation {
  return violationOf(rule, 0, 1);
}
