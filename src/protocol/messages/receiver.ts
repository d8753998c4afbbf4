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

/** What a receiver may use, and whom it may tell. */
export interface ReceiverOptions {
  /** Where a message that comes in several parts is joined. */
  readonly memory?: Memory | undefined;
  /** False: a message that comes in several parts has an empty payload, and nothing of it is kept: for those who look at each part. */
  readonly joinsMessages?: boolean | undefined;
  /** In place of the core's own, and to the same result: a platform may have one that is faster. */
  readonly isUtf8?: IsUtf8 | undefined;
  /** Undoes what the extensions did that both ends agreed on. RFC 6455 §9. Without one, no code for extensions is loaded. */
  readonly extensionStep?: ExtensionStep | undefined;
  /**
   * Called for each part of a frame that breaks no rule, in order, with what that part completes: for those who narrate.
   * The part is the frame reader itself, unless an extension has changed it: copy what is to stay.
   */
  readonly onPart?: ((part: FramePart, completes: AssembledMessage | undefined) => void) | undefined;
}

/**
 * Receives what a peer sends once the connection is open: decodes its frames, checks them, and
 * joins them to messages. RFC 6455 §6.2.
 */
export class Receiver {
  readonly #reader = new FrameReader();
  readonly #sequence: FrameSequenceChecker;
  readonly #extensionStep: ExtensionStep | undefined;
  readonly #text: TextChecker;
  readonly #assembler: MessageAssembler;
  readonly #onPart: ReceiverOptions['onPart'];
  // Whether the middle of a frame may be joined without another look. (A number: see FrameReader.)
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
   * Takes the next bytes from TCP. {@link next} gives what they hold, and has to be called until it returns undefined
   * before the next bytes are fed.
   *
   * @param chunk given away: payloads are unmasked in place. A plain `Uint8Array`, not a Node `Buffer`
   */
  feed(chunk: Uint8Array): void {
    this.#reader.feed(chunk);
  }

  /**
   * @returns the next message or control frame that is whole and legal, or the rule that the next
   *   bytes break, after which nothing more can be known; undefined if the chunk is used up
   */
  next(): AssembledMessage | Violation | undefined {
    const reader = this.#reader;
    // "=== true", because V8 takes ten instructions to find out whether a value of any type counts as true.
    while (reader.next() === true) {
      if (reader.ends) {
        if (this.#isPlainMessage(reader)) return { opcode: reader.opcode as MessageOpcode, payload: reader.payload };
      } else if (this.#isPlainMiddle(reader)) {
        this.#assembler.append(reader.opcode, reader.payload, reader.payloadLeft);
        // A part that does not end its frame ends the chunk.
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

  /**
   * Whether {@link #take} would only give back what the part holds: a whole message, binary or known to be ASCII. Most
   * parts are, and checking that first saves a third of the time of a small message.
   */
  #isPlainMessage(part: FrameReader): boolean {
    if (!part.begins || this.#onPart !== undefined) return false;
    return (part.opcode === OPCODE.binary || part.ascii) && this.#sequence.isPlainMessage(part);
  }

  /** Whether {@link #take} would only join a part that does not end its frame: of a long frame, most parts are like this. */
  #isPlainMiddle(part: FrameReader): boolean {
    return !part.begins && this.#shortcuts === ALLOWED && this.#text.trusts(part);
  }

  /** Nothing more comes: a message that is not whole will never be. */
  end(): void {
    this.#assembler.end();
  }

  /** How much memory is taken by a message that has not come whole, in bytes. */
  get heldBytes(): number {
    return this.#assembler.heldBytes;
  }

  /** Whether the bytes so far end between two frames. */
  get atFrameBoundary(): boolean {
    return this.#reader.atFrameBoundary;
  }

  /** How many bytes it holds of a header that is not whole. */
  get heldHeaderBytes(): number {
    return this.#reader.heldHeaderBytes;
  }
}

const ALLOWED = 1;

/** A close body's bytes are counted from its own first, a violation's from its frame's first. */
function checkCloseFrame({ payload }: AssembledMessage, { headerLength }: FramePart): Violation | undefined {
  const violation = checkCloseBody(payload);
  return violation && moveViolation(violation, headerLength);
}
