import type { Memory } from '../../bytes/memory/memory.ts';
import type { IsUtf8 } from '../../text/utf8.ts';
import { checkCloseBody } from '../closing/close-body.ts';
import { type FramePart, FrameReader } from '../framing/frame-reader.ts';
import { type MessageOpcode, OPCODE } from '../framing/opcode.ts';
import type { Limits } from '../limits.ts';
import { moveViolation, type Violation } from '../violation.ts';
import { type AssembledMessage, MessageAssembler } from './assembler.ts';
import type { ExtensionStep } from './extension-step.ts';
import { FrameSequenceChecker } from './frame-sequence-checker.ts';
import { TextChecker } from './text-checker.ts';

/** The options of a receiver. */
export interface ReceiverOptions {
  /** Memory in which the parts of a message are joined. */
  readonly memory?: Memory | undefined;
  /** False: a message in several parts gets an empty payload and is not kept, for callers that look at each part. */
  readonly joinsMessages?: boolean | undefined;
  /** Replaces the core's own function and gives the same result: a platform may have a faster one. */
  readonly isUtf8?: IsUtf8 | undefined;
  /** Undoes the changes of the negotiated extensions. RFC 6455 §9. Without this option, no code for extensions is loaded. */
  readonly extensionStep?: ExtensionStep | undefined;
  /**
   * Called for each legal part of a frame, in order, with the message or control frame that the part completes: for
   * callers that show each step. The part is the frame reader itself, unless an extension has changed it: copy the fields
   * that you keep.
   */
  readonly onPart?: ((part: FramePart, completes: AssembledMessage | undefined) => void) | undefined;
}

/**
 * Receives from a peer after the opening handshake: decodes its frames, checks them, and joins them into messages.
 * RFC 6455 §6.2.
 */
export class Receiver {
  readonly #reader = new FrameReader();
  readonly #sequence: FrameSequenceChecker;
  readonly #extensionStep: ExtensionStep | undefined;
  readonly #text: TextChecker;
  readonly #assembler: MessageAssembler;
  readonly #onPart: ReceiverOptions['onPart'];
  // Whether the middle of a frame may skip the checks. (A number, not a boolean: see FrameReader.)
  readonly #shortcuts: number;

  constructor(peer: 'client' | 'server', limits: Limits, options: ReceiverOptions = {}) {
    const { memory, joinsMessages, isUtf8, extensionStep, onPart } = options;
    this.#sequence = new FrameSequenceChecker(peer, limits, extensionStep?.extensions);
    this.#extensionStep = extensionStep;
    this.#text = new TextChecker(isUtf8);
    this.#assembler = new MessageAssembler(memory, joinsMessages);
    this.#onPart = onPart;
    this.#shortcuts = onPart === undefined && extensionStep === undefined ? ALLOWED : 0;
  }

  /**
   * Takes the next bytes from TCP. Call {@link next} until it returns undefined before you feed the next bytes.
   *
   * @param chunk the receiver's from now on: payloads are unmasked in place. A plain `Uint8Array`, not a Node `Buffer`
   */
  feed(chunk: Uint8Array): void {
    this.#reader.feed(chunk);
  }

  /**
   * @returns the next complete message or control frame; or the rule that the next bytes break, after which the rest of
   *   the stream has no meaning; undefined if the chunk is used up
   */
  next(): AssembledMessage | Violation | undefined {
    const reader = this.#reader;
    // "=== true", because V8 takes ten instructions to test whether a value of any type counts as true.
    while (reader.next() === true) {
      if (reader.ends) {
        // Most parts are a whole message, binary or ASCII. #take would only return the part's own opcode and payload:
        // without it, a small message takes a third less time.
        const needsNoTextCheck = reader.opcode === OPCODE.binary || reader.ascii;
        if (needsNoTextCheck && reader.begins && this.#onPart === undefined && this.#sequence.isPlainMessage(reader)) {
          return { opcode: reader.opcode as MessageOpcode, payload: reader.payload };
        }
      } else if (this.#isPlainMiddle(reader)) {
        this.#assembler.append(reader.opcode, reader.payload, reader.payloadLeft);
        // A part that does not end its frame is the last of its chunk.
        reader.forgetChunk();
        return undefined;
      }
      const found = this.#take(reader);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Decodes, checks and joins one part of a frame. */
  #take(reader: FrameReader): AssembledMessage | Violation | undefined {
    const wrongHeader = this.#sequence.check(reader);
    if (wrongHeader !== undefined) return wrongHeader;
    let part: FramePart = reader;
    if (this.#extensionStep !== undefined) {
      const decoded = this.#extensionStep.decode(reader);
      if ('rule' in decoded) return decoded;
      part = decoded;
    }
    const wrongText = this.#text.check(part);
    if (wrongText !== undefined) return wrongText;
    const whole = this.#assembler.push(part);
    const wrongBody = whole?.opcode === OPCODE.close ? checkCloseFrame(whole, part) : undefined;
    if (wrongBody !== undefined) return wrongBody;
    this.#onPart?.(part, whole);
    return whole;
  }

  /** Whether {@link #take} would only join the part to the message. That is true of most parts of a long frame. */
  #isPlainMiddle(part: FrameReader): boolean {
    return !part.begins && this.#shortcuts === ALLOWED && this.#text.trusts(part);
  }

  /** Gives up an unfinished message, and what the extensions keep: no more bytes will arrive. */
  end(): void {
    this.#assembler.end();
    this.#extensionStep?.end();
  }

  /** How much memory an unfinished message takes, and what the extensions keep between messages, in bytes. */
  get heldBytes(): number {
    const { heldBytes } = this.#assembler;
    return this.#extensionStep === undefined ? heldBytes : heldBytes + this.#extensionStep.heldBytes;
  }

  /** Whether the bytes so far end between two frames. */
  get atFrameBoundary(): boolean {
    return this.#reader.atFrameBoundary;
  }

  /** How many bytes of an incomplete header are held. */
  get heldHeaderBytes(): number {
    return this.#reader.heldHeaderBytes;
  }
}

const ALLOWED = 1;

/** Moves the violation's range, which starts at the close body, to start at the frame. */
function checkCloseFrame({ payload }: AssembledMessage, { headerLength }: FramePart): Violation | undefined {
  const violation = checkCloseBody(payload);
  return violation && moveViolation(violation, headerLength);
}
