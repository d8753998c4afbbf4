import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesOf, cutEverywhere, joined } from '../../../tests/bytes.ts';
import { encodeFrame } from '../../protocol/framing/frame.ts';
import { dumpFrame, MAX_SHOWN_BYTES } from './frame-dump.ts';
import { FrameJudge, NO_LIMITS } from './frame-judge.ts';
import { FrameRecorder } from './frame-recorder.ts';

function newRecorder(offset = 0): FrameRecorder {
  const judge = new FrameJudge('client', NO_LIMITS);
  return new FrameRecorder(offset, () => judge);
}

const frames = fc.array(
  fc
    .record({ opcode: fc.constantFrom(2, 9, 10), payload: fc.uint8Array({ maxLength: 20 }), maskingKey: fc.nat() })
    .map((fields) => encodeFrame(fields)),
  { maxLength: 6 },
);

test('wherever the stream is cut, the same frames come out, each with its offset, and the chunks are not changed', () => {
  fc.assert(
    fc.property(frames, fc.array(fc.nat(150), { maxLength: 5 }), fc.nat(1000), (all, cuts, first) => {
      const stream = joined(...all);
      const untouched = stream.slice();
      const recorder = newRecorder(first);
      const ends = [...new Set([...cuts.filter((cut) => cut < stream.length), stream.length])].sort((a, b) => a - b);
      const recorded = ends.flatMap((end, i) => recorder.push(stream.subarray(ends[i - 1] ?? 0, end)));
      let offset = first;
      const expected = all.map((bytes) => {
        offset += bytes.length;
        return { offset: offset - bytes.length, violations: [], dump: dumpFrame(bytes, { messageOpcode: undefined }) };
      });
      expect(recorded.map(({ offset: at, dump }) => [at, dump.hex])).toEqual(
        expected.map(({ offset: at, dump }) => [at, dump.hex]),
      );
      expect(stream).toEqual(untouched);
      expect(recorder.end()).toBeUndefined();
    }),
  );
});

test('a frame that breaks a rule comes out with its header, and the rest of it is not kept', () => {
  const recorder = newRecorder();
  // Unmasked, and a megabyte is announced.
  const [frame] = recorder.push(bytesOf('827f0000000000100000'));
  expect(frame?.violations.map(({ rule }) => rule)).toEqual(['unmasked-client-frame']);
  expect(recorder.push(new Uint8Array(100_000))).toEqual([]);
  expect(recorder.heldBytes).toBe(0);
  expect(recorder.end()).toBeUndefined();
});

test('of a frame that is still arriving, no more is kept than is shown, and its end shows it as it came', () => {
  const recorder = newRecorder(7);
  recorder.push(bytesOf('82ff000000000010000000000000'));
  for (let i = 0; i < 20; i++) recorder.push(new Uint8Array(10_000));
  expect(recorder.heldBytes).toBe(MAX_SHOWN_BYTES);
  expect(recorder.end()).toMatchObject({
    offset: 7,
    violations: [],
    dump: { truncated: true, payloadLength: 2 ** 20, byteLength: 14 + 2 ** 20 },
  });
});

test('a close body that breaks a rule is found where it is, also if its frame comes byte by byte', () => {
  const close = encodeFrame({ opcode: 8, payload: bytesOf('03ed'), maskingKey: 0x37fa213d });
  const recorder = newRecorder();
  const [frame] = cutEverywhere(close).flatMap((chunk) => recorder.push(chunk));
  expect(frame?.violations).toMatchObject([{ rule: 'close-code-1005', start: 6, end: 8 }]);
});
