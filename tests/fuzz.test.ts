import { expect, test } from 'vitest';
import { compareFrames } from './fuzz/compare-frames.ts';
import { frameStream } from './fuzz/frame-stream.ts';
import { KNOWN_FRAME_DIFFERENCES } from './fuzz/known-frame-differences.ts';
import { Random } from './fuzz/random.ts';
import { readByEndpoint } from './fuzz/read-by-endpoint.ts';
import { readByWs } from './fuzz/read-by-ws.ts';
import { readPlainly } from './fuzz/read-plainly.ts';
import { run } from './fuzz/run.ts';

test('a short run finds nothing', async () => {
  const { failures, frames, heads } = await run({ seed: 1, first: 0, streams: 1000 });
  expect(failures).toEqual([]);
  expect([frames, heads]).toEqual([900, 100]);
});

test('a planted bug is found, with its seed and how to repeat it', async () => {
  const endpoint: typeof readByEndpoint = (stream) => ({ ...readByEndpoint(stream), replies: [] });
  const frames: typeof compareFrames = (stream) =>
    compareFrames(stream, { plain: readPlainly, endpoint, ws: readByWs });
  const { failures } = await run({ seed: 1, first: 0, streams: 1000, compare: { frames } });
  expect(failures[0]).toMatch(/^Seed 1, stream \d+/);
  expect(failures[0]).toMatch(/again: npm run fuzz -- --seed 1 --first \d+ --streams 1$/);
});

test('the same seed makes the same streams', () => {
  expect(frameStream(new Random(7, 3))).toEqual(frameStream(new Random(7, 3)));
});

test.each(KNOWN_FRAME_DIFFERENCES)('the known difference is needed: $name', ({ name, example, limits }) => {
  const bytes = new Uint8Array(Buffer.from(example, 'hex'));
  const stream = {
    sender: 'client' as const,
    limits: limits ?? { maxMessageBytes: 1000, maxFragments: 10 },
    bytes,
    chunkLengths: [bytes.length],
  };
  expect(compareFrames(stream)).toEqual({ known: expect.arrayContaining([name]) });
  const others = KNOWN_FRAME_DIFFERENCES.filter((difference) => difference.name !== name);
  expect(compareFrames(stream, undefined, others)).toHaveProperty('report');
});
