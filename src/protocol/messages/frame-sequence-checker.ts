import type { Extension } from '../extensions/extension.ts';
import type { FramePart } from '../framing/frame-reader.ts';
import { endOfLength, type FrameHeader } from '../framing/header.ts';
import { LegalHeaders } from '../framing/legal-headers.ts';
import { isControlOpcode, OPCODE } from '../framing/opcode.ts';
import { checkHeader, type HeaderContext } from '../framing/rules.ts';
import type { Limits } from '../limits.ts';
import type { FrameRule } from '../rule.ts';
import { type Violation, violationOf } from '../violation.ts';
import { MESSAGE_RULES } from './rules.ts';

/**
 * Checks the headers of one direction, one after the other: each by itself, and whether it may follow those before it.
 * RFC 6455 §5.4. Needs no payload: a frame that breaks a rule is known before its payload arrives.
 */
export class FrameSequenceChecker {
  readonly #context: HeaderContext;
  readonly #knownLegal: LegalHeaders;
  readonly #limits: Limits;
  // How long a message in one frame may be.
  readonly #maxFrameBytes: number;
  #closed = false;
  #inMessage = false;
  #fragments = 0;
  #messageBytes = 0;
  // By an extension: then how long the message is on the wire says nothing.
  #isChanged = false;

  constructor(sender: HeaderContext['sender'], limits: Limits, extensions: readonly Extension[] = []) {
    this.#context = extensions.length === 0 ? CONTEXTS[sender] : { sender, extensions };
    // Extensions only make more headers legal.
    this.#knownLegal = LEGAL[sender];
    this.#limits = limits;
    this.#maxFrameBytes = limits.maxFragments > 0 ? limits.maxMessageBytes : -1;
  }

  /** @returns the rule that this part's header breaks, and the bytes within its frame; undefined if it breaks none */
  check(part: FramePart): Violation | undefined {
    if (!part.begins) return undefined;
    const control = isControlOpcode(part.opcode);
    if (this.#closed && !control) return inFirstByte(MESSAGE_RULES.dataFrameAfterClose);
    const violation = this.#knownLegal.has(part) ? undefined : checkHeader(part, this.#context);
    if (violation !== undefined) return violation;
    if (!control) return this.#checkOrder(part);
    if (part.opcode === OPCODE.close) this.#closed = true;
    return undefined;
  }

  /**
   * Whether {@link check} has nothing to say of a frame, and learns nothing from it, because it is a whole message: none is
   * open before it, and it is legal by itself and not too long.
   */
  isPlainMessage(part: FramePart): boolean {
    if (this.#inMessage || this.#closed || !part.fin) return false;
    const isMessage = part.opcode === OPCODE.text || part.opcode === OPCODE.binary;
    return isMessage && part.payloadLength <= this.#maxFrameBytes && this.#knownLegal.has(part);
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
    this.#fragments++;
    this.#messageBytes += header.payloadLength;
    if (!this.#isChanged && this.#messageBytes > this.#limits.maxMessageBytes) {
      return violationOf(MESSAGE_RULES.messageTooLong, 1, endOfLength(header));
    }
    return this.#fragments > this.#limits.maxFragments ? inFirstByte(MESSAGE_RULES.tooManyFragments) : undefined;
  }
}

/** One for all connections: many of them are idle, and each byte of theirs counts. */
const CONTEXTS = { client: { sender: 'client' }, server: { sender: 'server' } } as const;
const LEGAL = { client: new LegalHeaders(CONTEXTS.client), server: new LegalHeaders(CONTEXTS.server) };

function inFirstByte(rule: FrameRule): Violation {
  return violationOf(rule, 0, 1);
}
