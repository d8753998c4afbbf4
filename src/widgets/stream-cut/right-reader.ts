import type { FramePart } from '../../protocol/framing/frame-reader.ts';
import { isControlOpcode, OPCODES } from '../../protocol/framing/opcode.ts';
import { DEFAULT_LIMITS } from '../../protocol/limits.ts';
import { Receiver } from '../../protocol/messages/receiver.ts';
import { countBytes } from '../../text/count.ts';
import { type Outcome, quoteMessage } from './outcome.ts';

/** The receiver of this project, as the server has it, and what it does with each read. RFC 6455 §6.2. */
export class RightReader {
  readonly #receiver = new Receiver('client', DEFAULT_LIMITS, {
    onPart: (part, completes) => {
      if (completes === undefined) this.#said.push(describePart(part));
    },
  });
  #said: string[] = [];

  /** @param chunk left as it is */
  read(chunk: Uint8Array): Outcome {
    const receiver = this.#receiver;
    const messages: string[] = [];
    this.#said = [];
    receiver.feed(chunk.slice());
    for (let received = receiver.next(); received !== undefined; received = receiver.next()) {
      if ('rule' in received) return { said: `Closes with ${received.statusCode}.`, messages, tone: 'danger' };
      const { opcode, payload } = received;
      if (isControlOpcode(opcode)) this.#said.push(`Answers a ${OPCODES[opcode]?.name} at once.`);
      else {
        const message = quoteMessage(opcode, payload);
        messages.push(message);
        this.#said.push(`Delivers ${message}.`);
      }
    }
    const held = receiver.heldHeaderBytes;
    if (held > 0) this.#said.push(`Keeps ${countBytes(held)} of a header.`);
    return { said: this.#said.join(' '), messages, tone: messages.length > 0 ? 'ok' : 'none' };
  }

  get waits(): boolean {
    return !this.#receiver.atFrameBoundary;
  }
}

function describePart({ payloadLength, payload, payloadOffset, ends }: FramePart): string {
  if (ends) return 'Keeps a fragment: FIN is 0.';
  return `Keeps ${payloadOffset + payload.length} of ${countBytes(payloadLength)} of payload.`;
}
