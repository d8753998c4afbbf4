import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitraryClientFrames } from '../../../tests/arbitrary-frames.ts';
import { bytesOf, joined } from '../../../tests/bytes.ts';
import { decodeFrames } from './decode-stream.ts';
import { describeFrame } from './describe.ts';
import { describeFrameAt, explainLater } from './explain-later.ts';

test('says the same later, and of the header alone what it is, whatever the bytes', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 400 }),
    fc.tuple(arbitraryClientFrames, fc.nat(3)).map(([frames, cut]) => {
      const whole = joined(...frames);
      return whole.subarray(0, Math.max(0, whole.length - cut));
    }),
    fc.constant(joined(bytesOf('82ff0000000000030000' + '00000000'), new Uint8Array(0x30000))),
  );
  fc.assert(
    fc.property(bytes, (all) => {
      const later = decodeFrames(all, undefined, undefined, explainLater(all));
      const frames = later.frames.map(({ offset, violations, dump }) => ({ offset, violations, dump }));
      expect({ ...later, frames }).toEqual(decodeFrames(all));
      for (const { offset, dump } of later.frames) expect(describeFrameAt(all, offset)).toBe(describeFrame(dump));
    }),
  );
});
