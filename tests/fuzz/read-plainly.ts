import {
  checkCloseBody,
  checkHeader,
  decodeCloseBody,
  decodeHeader,
  endOfLength,
  type FrameHeader,
  type FrameRule,
  isControlOpcode,
  MESSAGE_RULES,
  mask,
  moveViolation,
  OPCODE,
  Utf8Checker,
  type Violation,
  violationOf,
} from '../../src/protocol/index.ts';
import type { FrameStream } from './frame-stream.ts';
import { hex, type Outcome } from './outcome.ts';

/** An outcome, and the places in the stream that it speaks of. */
export interface PlainOutcome extends Outcome {
  readonly violation: Violation | undefined;
  /** Where the last frame starts that was looked at; its header may be cut. */
  readonly frameStart: number;
  /** Where the last message starts. */
  readonly messageStart: number;
}

export const EVENT_NAMES: Readonly<Record<number, string>> = {
  [OPCODE.text]: 'text',
  [OPCODE.binary]: 'binary',
  [OPCODE.ping]: 'ping',
  [OPCODE.pong]: 'pong',
};

/**
 * Reads a whole stream frame by frame, in the simplest way there is: no chunks, no state but what is in this file, a copy
 * of every payload. The receiver has to come to the same events and the same violation, however its chunks are cut.
 */
export function readPlainly(stream: Pick<FrameStream, 'sender' | 'limits' | 'bytes'>): PlainOutcome {
  const reading = new PlainReading(stream);
  let outcome: PlainOutcome | undefined;
  while (outcome === undefined) outcome = reading.readFrame();
  return outcome;
}

class PlainReading {
  readonly #stream: Pick<FrameStream, 'sender' | 'limits' | 'bytes'>;
  readonly #events: string[] = [];
  #frameStart = 0;
  #messageStart = 0;
  /** Of the message that is open. */
  #opcode: number | undefined;
  #fragments = 0;
  #messageBytes = 0;
  #pieces: Uint8Array[] = [];
  #utf8 = new Utf8Checker();

  constructor(stream: Pick<FrameStream, 'sender' | 'limits' | 'bytes'>) {
    this.#stream = stream;
  }

  /** @returns undefined if there is another frame to read */
  readFrame(): PlainOutcome | undefined {
    const { bytes, sender } = this.#stream;
    const header = decodeHeader(bytes, this.#frameStart);
    if (header === undefined) return this.#end({ kind: 'waits' });
    const { opcode, headerLength, payloadLength, maskingKey } = header;
    if (!isControlOpcode(opcode) && opcode !== OPCODE.continuation) this.#messageStart = this.#frameStart;
    const wrongHeader = checkHeader(header, { sender }) ?? this.#checkMessage(header);
    if (wrongHeader !== undefined) return this.#fail(wrongHeader);

    const payloadStart = this.#frameStart + headerLength;
    const payload = mask(bytes.subarray(payloadStart, payloadStart + payloadLength), maskingKey);
    const isWhole = payload.length === payloadLength;
    const wrongText = isControlOpcode(opcode) ? undefined : this.#checkText(header, payload, isWhole);
    if (wrongText !== undefined) return this.#fail(wrongText);
    if (!isWhole) return this.#end({ kind: 'waits' });
    if (opcode === OPCODE.close) return this.#readClose(header, payload);
    if (isControlOpcode(opcode)) this.#events.push(`${EVENT_NAMES[opcode]} ${hex(payload)}`);
    else this.#readFragment(header, payload);
    this.#frameStart = payloadStart + payloadLength;
    return undefined;
  }

  /** §5.4 and §10.4: what the frames before it have to say. */
  #checkMessage(header: FrameHeader): Violation | undefined {
    const { opcode, payloadLength } = header;
    const { maxMessageBytes, maxFragments } = this.#stream.limits;
    if (isControlOpcode(opcode)) return undefined;
    const continues = opcode === OPCODE.continuation;
    if (continues && this.#opcode === undefined) return inFirstByte(MESSAGE_RULES.continuationWithoutMessage);
    if (!continues && this.#opcode !== undefined) return inFirstByte(MESSAGE_RULES.messageInsideMessage);
    if (this.#messageBytes + payloadLength > maxMessageBytes) {
      return violationOf(MESSAGE_RULES.messageTooLong, 1, endOfLength(header));
    }
    if (this.#fragments + 1 > maxFragments) return inFirstByte(MESSAGE_RULES.tooManyFragments);
    this.#opcode ??= opcode;
    return undefined;
  }

  /** §8.1, byte by byte. */
  #checkText(header: FrameHeader, payload: Uint8Array, isWhole: boolean): Violation | undefined {
    if (this.#opcode !== OPCODE.text) return undefined;
    const { headerLength } = header;
    for (let i = 0; i < payload.length; i++) {
      if (this.#utf8.push(payload.subarray(i, i + 1)) === -1) continue;
      return violationOf(MESSAGE_RULES.textNotUtf8, headerLength + i, headerLength + i + 1);
    }
    if (!isWhole || !header.fin || this.#utf8.atCharacterBoundary) return undefined;
    if (payload.length === 0) return inFirstByte(MESSAGE_RULES.textCutInsideCharacter);
    const end = headerLength + payload.length;
    return violationOf(MESSAGE_RULES.textCutInsideCharacter, end - 1, end);
  }

  #readFragment(header: FrameHeader, payload: Uint8Array): void {
    this.#fragments++;
    this.#messageBytes += payload.length;
    this.#pieces.push(payload);
    if (!header.fin) return;
    this.#events.push(`${EVENT_NAMES[this.#opcode ?? 0]} ${this.#pieces.map(hex).join('')}`);
    this.#opcode = undefined;
    this.#fragments = 0;
    this.#messageBytes = 0;
    this.#pieces = [];
    this.#utf8 = new Utf8Checker();
  }

  #readClose(header: FrameHeader, body: Uint8Array): PlainOutcome {
    const wrongBody = checkCloseBody(body);
    if (wrongBody !== undefined) return this.#fail(moveViolation(wrongBody, header.headerLength));
    return this.#end({ kind: 'closed', ...decodeCloseBody(body) });
  }

  #fail(violation: Violation): PlainOutcome {
    return this.#end({ kind: 'failed', statusCode: violation.statusCode, why: violation.rule }, violation);
  }

  #end(verdict: Outcome['verdict'], violation?: Violation): PlainOutcome {
    return {
      events: this.#events,
      verdict,
      violation,
      frameStart: this.#frameStart,
      messageStart: this.#messageStart,
    };
  }
}

function inFirstByte(rule: FrameRule): Violation {
  return violationOf(rule, 0, 1);
}
