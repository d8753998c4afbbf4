import { encodeCloseBody } from '../../protocol/closing/close-body.ts';
import { encodeFrame } from '../../protocol/framing/frame.ts';
import { layoutOf } from '../../protocol/framing/layout.ts';
import { OPCODE } from '../../protocol/framing/opcode.ts';

/** The key that the RFC masks its own examples with. RFC 6455 §5.7. */
const EXAMPLE_MASKING_KEY = 0x37fa213d;

/** Bytes that belong together, and the field whose color they wear. */
export interface BytePart {
  readonly field: string;
  readonly bytes: Uint8Array;
}

/**
 * Encodes a frame that a chapter names in words: `text Hello masked`, `ping unmasked Hello`, `close 1000 bye`.
 *
 * The first word is the kind of frame. `masked` or `unmasked` stands right after it or last; without either, the frame
 * is unmasked, as a server's. `unfinished` leaves FIN clear. What remains is the payload.
 *
 * @throws Error when the phrase names no kind of frame
 */
export function encodePhrase(phrase: string): Uint8Array {
  const [kind = '', ...words] = phrase.trim().split(' ');
  const opcode = (OPCODE as Readonly<Record<string, number>>)[kind];
  if (opcode === undefined) {
    throw new Error(`<Bytes of="${phrase}"/> begins with "${kind}": write ${Object.keys(OPCODE).join(', ')}`);
  }
  const masked = takeWord(words, 'masked');
  takeWord(words, 'unmasked');
  const fin = !takeWord(words, 'unfinished');
  const maskingKey = masked ? EXAMPLE_MASKING_KEY : undefined;
  return encodeFrame({ fin, opcode, payload: payloadOf(opcode, words), maskingKey });
}

function takeWord(words: string[], word: string): boolean {
  const index = words[0] === word ? 0 : words.at(-1) === word ? words.length - 1 : -1;
  if (index >= 0) words.splice(index, 1);
  return index >= 0;
}

function payloadOf(opcode: number, words: string[]): Uint8Array {
  if (opcode !== OPCODE.close) return new TextEncoder().encode(words.join(' '));
  const [statusCode, ...reason] = words;
  return encodeCloseBody(statusCode === undefined ? undefined : Number(statusCode), reason.join(' '));
}

/** Cuts a whole frame into the parts that fill bytes of their own; the first two bytes hold several fields each. */
export function cutIntoParts(frame: Uint8Array): BytePart[] {
  const { extendedPayloadLength, maskingKey, headerLength } = layoutOf(frame[1] ?? 0);
  const part = (field: string, start: number, end: number) => ({ field, bytes: frame.subarray(start, end) });
  return [
    part('opcode', 0, 1),
    part('payload-length', 1, 2),
    part('extended-payload-length', extendedPayloadLength.start, extendedPayloadLength.end),
    part('masking-key', maskingKey.start, maskingKey.end),
    part('payload-data', headerLength, frame.length),
  ].filter(({ bytes }) => bytes.length > 0);
}
