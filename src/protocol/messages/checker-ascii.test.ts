import fc from 'fast-check';
import { expect, test } from 'vitest';
import { joined } from '../../../tests/bytes.ts';
import { encodeFrame } from '../framing/frame.ts';
import { FrameReader } from '../framing/frame-reader.ts';
import { OPCODE } from '../framing/opcode.ts';
import { DEFAULT_LIMITS } from '../limits.ts';
import { MessageChecker } from './checker.ts';

const text = fc.oneof(
  fc.uint8Array({ maxLength: 8 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }).map((value) => new TextEncoder().encode(value)),
);
const fragments = fc.array(text, { minLength: 1, maxLength: 5 });

/** The violation in a masked text message in fragments. `trustsAscii`: with the reader's `ascii`, or always false. */
function verdictOn(pieces: readonly Uint8Array[], chunkLength: number, trustsAscii: boolean) {
  const frames = pieces.map((payload, i) =>
    encodeFrame({
      opcode: i === 0 ? OPCODE.text : OPCODE.continuation,
      payload,
      fin: i === pieces.length - 1,
      maskingKey: 0x37fa213d + i,
    }),
  );
  const bytes = joined(...frames);
  const reader = new FrameReader();
  const checker = new MessageChecker('client', DEFAULT_LIMITS);
  for (let at = 0; at < bytes.length; at += chunkLength) {
    for (const part of reader.push(bytes.slice(at, at + chunkLength))) {
      const violation = checker.check(trustsAscii ? part : { ...part, ascii: false });
      if (violation !== undefined) return violation;
    }
  }
  return undefined;
}

test('bytes that unmasking found to be ASCII need no second check: the result is the same', () => {
  fc.assert(
    fc.property(fragments, fc.integer({ min: 1, max: 40 }), (pieces, chunkLength) => {
      expect(verdictOn(pieces, chunkLength, true)).toEqual(verdictOn(pieces, chunkLength, false));
    }),
    { numRuns: 1000 },
  );
});

test('a part is reported as ASCII exactly if it is', () => {
  fc.assert(
    fc.property(
      fc.oneof(text, fc.uint8Array({ max: 0x7f, maxLength: 100 })),
      fc.nat(0xffff_ffff),
      (payload, maskingKey) => {
        const [part] = new FrameReader().push(encodeFrame({ opcode: OPCODE.binary, payload, maskingKey }));
        expect(part?.ascii).toBe(payload.every((byte) => byte < 0x80));
      },
    ),
  );
});
