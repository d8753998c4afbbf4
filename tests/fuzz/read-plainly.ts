import { checkCloseBody, decodeCloseBody } from '../../src/protocol/closing/close-body.ts';
import { FrameDecoder } from '../../src/protocol/framing/decoder.ts';
import { isControlOpcode, OPCODE } from '../../src/protocol/framing/opcode.ts';
import { MessageAssembler } from '../../src/protocol/messages/assembler.ts';
import { MessageChecker } from '../../src/protocol/messages/checker.ts';
import type { Violation } from '../../src/protocol/violation.ts';
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

/** Decoder, checker and assembler one after the other, over the whole stream as one chunk. */
export function readPlainly({ sender, limits, bytes }: Omit<FrameStream, 'chunkLengths'>): PlainOutcome {
  const [decoder, checker, assembler] = [
    new FrameDecoder(),
    new MessageChecker(sender, limits),
    new MessageAssembler(),
  ];
  const events: string[] = [];
  let [frameStart, nextStart, messageStart] = [0, 0, 0];
  const failed = (violation: Violation): PlainOutcome => {
    const { rule, statusCode } = violation;
    return { events, verdict: { kind: 'failed', statusCode, why: rule }, violation, frameStart, messageStart };
  };
  for (const part of decoder.push(bytes.slice())) {
    const { header } = part;
    if (part.begins) {
      frameStart = nextStart;
      nextStart = frameStart + header.headerLength + header.payloadLength;
      if (!isControlOpcode(header.opcode) && header.opcode !== OPCODE.continuation) messageStart = frameStart;
    }
    const violation = checker.check(part);
    if (violation !== undefined) return failed(violation);
    const whole = assembler.push(part);
    if (whole?.opcode === OPCODE.close) {
      const wrongBody = checkCloseBody(whole.payload, header.headerLength);
      if (wrongBody !== undefined) return failed(wrongBody);
      const verdict = { kind: 'closed', ...decodeCloseBody(whole.payload) } as const;
      return { events, verdict, violation: undefined, frameStart, messageStart };
    }
    if (whole !== undefined) events.push(`${EVENT_NAMES[whole.opcode]} ${hex(whole.payload)}`);
  }
  if (nextStart <= bytes.length) frameStart = nextStart;
  return { events, verdict: { kind: 'waits' }, violation: undefined, frameStart, messageStart };
}
