import { decodeFrames } from '../../inspector/decode-stream.ts';
import { Naive2011 } from '../../inspector/naive-2011.ts';
import { encodeFrame } from '../../protocol/framing/frame.ts';
import { OPCODE } from '../../protocol/framing/opcode.ts';
import { encodeText } from '../../protocol/utf8.ts';

/** One unmasked frame of a client, as the 2011 listing takes it and as the rules do. */
export interface UnmaskedTaken {
  readonly bytes: number;
  readonly listing: string;
  readonly rules: string;
}

/** Gives an unmasked text to both. RFC 6455 §5.1. */
export function unmaskedToListing(text: string): UnmaskedTaken {
  const frame = encodeFrame({ opcode: OPCODE.text, payload: encodeText(text) });
  const outcome = new Naive2011().read(frame);
  const [violation] = decodeFrames(frame, 'client').frames[0]?.dump.violations ?? [];
  return {
    bytes: frame.length,
    listing:
      outcome.kind === 'waits'
        ? `waits until ${outcome.neededBytes} bytes are there`
        : outcome.kind === 'dispatches'
          ? `hands “${String(outcome.data)}” to the handler`
          : outcome.kind,
    rules: violation === undefined ? 'takes it' : `fails the connection with ${violation.statusCode}`,
  };
}
