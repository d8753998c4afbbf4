import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parametersOfStream, streamOfParameters } from './address.ts';
import { STREAM_EXAMPLES } from './examples.ts';
import { changeStream, EXAMPLE_STREAM, exampleOf, presentStream, readsOf, type StreamState } from './model.ts';
import { NAIVE_READERS, type NaiveName } from './naive-readers.ts';

const arbitraryState = fc
  .record({
    example: fc.constantFrom(...STREAM_EXAMPLES.map(({ name }) => name)),
    naive: fc.constantFrom(...(Object.keys(NAIVE_READERS) as NaiveName[])),
    cut: fc.nat(40),
    single: fc.boolean(),
  })
  .map((state): StreamState => changeStream(EXAMPLE_STREAM, state));

const present = (change: Partial<StreamState>) => presentStream(changeStream(EXAMPLE_STREAM, change));

test('ours finds every message, wherever the stream is cut', () => {
  fc.assert(
    fc.property(arbitraryState, (state) => {
      const { ours, sent } = presentStream(state);
      expect(ours.tone).toBe('ok');
      expect(sent.length).toBeGreaterThan(0);
    }),
  );
});

test('the reads are the stream, and its bytes say where reads and frames begin', () => {
  fc.assert(
    fc.property(arbitraryState, (state) => {
      const reads = readsOf(state);
      expect(reads.flatMap((read) => [...read])).toEqual([...exampleOf(state).bytes]);
      const { bytes } = presentStream(state);
      expect(bytes.filter(({ beginsRead }) => beginsRead)).toHaveLength(reads.length);
      expect(bytes.map(({ index }) => index)).toEqual([...bytes.keys()]);
    }),
  );
});

describe('one read for one frame', () => {
  test('two frames in one read: the second is thrown away', () => {
    const { naive, rows, sent } = present({});
    expect(sent).toEqual(['“Hi”', '“Grüße”']);
    expect(naive).toEqual({ sentence: '1 of 2 messages right. Lost: “Grüße”.', tone: 'danger' });
    expect(rows[0]?.naive.said).toBe('Delivers “Hi”. 13 bytes dropped after it.');
    expect(rows[0]?.ours.said).toBe('Delivers “Hi”. Delivers “Grüße”.');
  });

  test('cut between the frames it looks right, and nowhere else', () => {
    const right = Array.from({ length: 21 }, (_, cut) => cut).filter((cut) => present({ cut }).naive.tone === 'ok');
    expect(right).toEqual([8]);
  });

  test('cut inside the ü, a replacement character is delivered', () => {
    expect(present({ cut: 17 }).naive.sentence).toBe('1 of 2 messages right. Lost: “Grüße”.');
    expect(present({ example: 'inside' }).rows[0]?.naive.said).toContain('“Gr\ufffd”');
  });

  test('byte by byte nothing is ever found', () => {
    const { naive, rows } = present({ single: true });
    expect(naive.sentence).toBe('0 of 2 messages right. Lost: “Hi”, “Grüße”.');
    expect(rows.map(({ title }) => title)).toEqual(['reads 1 to 7', 'read 8', 'reads 9 to 20', 'read 21']);
    expect(rows[0]?.naive.said).toBe('Each time: Finds no frame and drops 1 byte.');
    expect(rows[0]?.ours.said).toMatch(/^Keeps 1 byte of a header\. … Keeps 1 of 2 bytes of payload\.$/);
  });
});

describe('at most one frame per read', () => {
  test('two frames in one read: the second waits', () => {
    expect(present({ naive: '2011' }).naive.sentence).toBe('1 of 2 messages right. Still waiting for bytes: “Grüße”.');
  });

  test('the first fragment is delivered as a message, the rest is dropped', () => {
    const { naive, rows } = present({ naive: '2011', example: 'fragments', cut: 9 });
    expect(rows.map(({ naive: each }) => each.said)).toEqual([
      'Delivers “Hel”.',
      'Drops a frame with opcode 9, ping. 8 bytes left in its buffer.',
    ]);
    expect(naive.sentence).toContain('Delivered but never sent: “Hel”.');
  });

  test('a character cut between fragments kills the connection', () => {
    const { rows } = present({ naive: '2011', example: 'inside', cut: 9 });
    expect(rows.map(({ naive: each }) => each.said)).toEqual([
      'Raises an exception: it is not UTF-8. The connection dies.',
      'The connection is dead.',
    ]);
  });
});

test('byte by byte, an exception has a row of its own, and what died waits for nothing', () => {
  const { naive, rows } = present({ naive: '2011', example: 'inside', single: true });
  expect(rows.map(({ title }) => title)).toEqual(['reads 1 to 8', 'read 9', 'reads 10 to 18', 'read 19']);
  expect(rows[1]?.naive.said).toContain('exception');
  expect(naive.sentence).toBe('0 of 1 message right. Lost: “Grüße”.');
});

test('ours answers a ping between fragments before the message is whole', () => {
  expect(present({ example: 'fragments' }).rows[0]?.ours.said).toBe(
    'Keeps a fragment: FIN is 0. Answers a ping at once. Delivers “Hello”.',
  );
});

test('the state goes through the address and comes back; nonsense becomes something that can be shown', () => {
  fc.assert(
    fc.property(arbitraryState, (state) => {
      const expected = state.single ? { ...state, cut: 0 } : state;
      expect(streamOfParameters(new URLSearchParams(parametersOfStream(state)))).toEqual(expected);
    }),
  );
  expect(streamOfParameters(new URLSearchParams('check=1'))).toBeUndefined();
  const odd = streamOfParameters(new URLSearchParams('stream=none&stream-cut=x&stream-parser=toString'));
  expect(odd).toEqual(EXAMPLE_STREAM);
});
