import { countBytes } from '../../inspector/field-meaning.ts';
import { type FramePart, FrameReader } from '../../protocol/framing/frame-reader.ts';
import { isControlOpcode, OPCODES } from '../../protocol/framing/opcode.ts';
import { DEFAULT_LIMITS } from '../../protocol/limits.ts';
import { MessageAssembler } from '../../protocol/messages/assembler.ts';
import { MessageChecker } from '../../protocol/messages/checker.ts';
import { type Outcome, quoteMessage } from './outcome.ts';

/** The decoder, the checker and the assembler of this project, as the server has them. RFC 6455 §6.2. */
export class RightReader {
  readonly #reader = new FrameReader();
  readonly #checker = new MessageChecker('client', DEFAULT_LIMITS);
  readonly #assembler = new MessageAssembler();
  #inHeader = 0;

  /** @param chunk left as it is */
  read(chunk: Uint8Array): Outcome {
    const said: string[] = [];
    const messages: string[] = [];
    let decoded = 0;
    for (const part of this.#reader.push(chunk.slice())) {
      decoded += part.payload.length + (part.begins ? part.headerLength - this.#inHeader : 0);
      this.#inHeader = 0;
      const violation = this.#checker.check(part);
      if (violation !== undefined) return { said: `Fails with ${violation.statusCode}.`, messages, tone: 'danger' };
      const whole = this.#assembler.push(part);
      if (whole === undefined) said.push(describePart(part));
      else if (isControlOpcode(whole.opcode)) said.push(`Answers a ${OPCODES[whole.opcode]?.name} at once.`);
      else {
        const message = quoteMessage(whole.opcode, whole.payload);
        messages.push(message);
        said.push(`Delivers ${message}.`);
      }
    }
    const rest = chunk.length - decoded;
    if (rest > 0) {
      this.#inHeader += rest;
      said.push(`Keeps ${countBytes(this.#inHeader)} of a header.`);
    }
    return { said: said.join(' '), messages, tone: messages.length > 0 ? 'ok' : 'none' };
  }

  get waits(): boolean {
    return !this.#reader.atFrameBoundary;
  }
}

function describePart({ payloadLength, payload, payloadOffset, ends }: FramePart): string {
  if (ends) return 'Keeps a fragment: FIN is 0.';
  return `Keeps ${payloadOffset + payload.length} of ${countBytes(payloadLength)} of payload.`;
}
