import { constants, deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hexOf } from '../../../tests/bytes.ts';
import { packingOfParameters, parametersOfPacking } from './address.ts';
import { PACKING_EXAMPLES } from './examples.ts';
import {
  EXAMPLE_REQUEST,
  initialPacking,
  MAX_MESSAGES,
  messagesOf,
  type PackingRequest,
  presentPacking,
  reducePacking,
  unpack,
  WINDOW_BITS,
} from './model.ts';
import { packMessages } from './pack.ts';

const request = (text: string, part: Partial<PackingRequest> = {}): PackingRequest => ({
  ...EXAMPLE_REQUEST,
  text,
  ...part,
});
async function shown(asked: PackingRequest, at = -1) {
  const unpacked = unpack(await packMessages(messagesOf(asked), asked), asked);
  return { ...unpacked, view: presentPacking(unpacked, at) };
}

describe('the compressor', () => {
  test('writes the bytes that zlib writes', async () => {
    const property = fc.asyncProperty(
      fc.array(fc.constantFrom('{"price":', '101', 'ü', 'a', ' the '), { minLength: 1, maxLength: 60 }),
      fc.constantFrom(...WINDOW_BITS),
      async (words, windowBits) => {
        const text = words.join('');
        const [packed = new Uint8Array()] = await packMessages([text], { windowBits, forgets: true });
        const expected = deflateRawSync(text, { windowBits, finishFlush: constants.Z_SYNC_FLUSH });
        expect(`${hexOf(packed)}0000ffff`).toBe(hexOf(expected));
      },
    );
    await fc.assert(property, { numRuns: 100 });
  });

  test('keeps the window from message to message unless it forgets', async () => {
    const text = 'Hello, hello, hello\nHello, hello, hello';
    const lengths = async (forgets: boolean) => {
      const packed = await packMessages(messagesOf(request(text)), { windowBits: 15, forgets });
      return packed.map(({ length }) => length);
    };
    const [first = 0, second = 0] = await lengths(false);
    expect(second).toBeLessThan(first / 2);
    expect(await lengths(true)).toEqual([first, first]);
  });
});

describe('what is shown', () => {
  test('every byte of every message comes from one code, and the text is whole', async () => {
    const property = fc.asyncProperty(
      fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }), { minLength: 1, maxLength: 4 }),
      fc.boolean(),
      async (lines, forgets) => {
        const asked = request(lines.join('\n'), { forgets });
        const { codes, messages, view } = await shown(asked);
        let at = 0;
        for (const code of codes) {
          expect(code.start).toBe(at);
          if (code.source !== undefined) expect(code.source).toBeLessThan(code.start);
          at += code.length;
        }
        expect(messages.map(({ bytes }) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes))).toEqual(
          messagesOf(asked).map((line) => line.toWellFormed()),
        );
        expect(view.rows.map(({ packedLength }) => packedLength)).toEqual(messages.map(({ packed }) => packed.length));
      },
    );
    await fc.assert(property, { numRuns: 100 });
  });

  test('at first, the longest copy from an earlier message', async () => {
    const { view } = await shown(EXAMPLE_REQUEST);
    expect(view.said).toMatch(/in message 2: copy \d+ bytes from \d+ back, in message 1\./);
    expect(view.rows[0]?.runs.some(({ part }) => part === 'source')).toBe(true);
    expect(view.rows[1]?.runs.some(({ part }) => part === 'at')).toBe(true);
    expect(view.rows.some(({ longer }) => longer)).toBe(false);
  });

  test('a byte as it is', async () => {
    const { view } = await shown(EXAMPLE_REQUEST, 0);
    expect(view.said).toMatch(/^Code 1 of \d+, in message 1: the byte 7b itself, written with \d+ bits\.$/);
    expect(view.rows[0]?.bytes[0]).toMatchObject({ at: true });
  });

  test('a small window does not reach the text before', async () => {
    const far = PACKING_EXAMPLES.find(({ name }) => name === 'far');
    const last = async (windowBits: number) =>
      (await shown(request(far?.text ?? '', { windowBits }))).view.rows.at(-1)?.packedLength ?? 0;
    expect(await last(15)).toBeLessThan(8);
    expect(await last(9)).toBeGreaterThan(15);
  });

  test('a message without a pattern is longer', async () => {
    const { view } = await shown(request('x'));
    expect(view.rows[0]).toMatchObject({ longer: true, plainLength: 1 });
  });

  test('nothing', async () => {
    expect((await shown(request(''))).view).toMatchObject({ rows: [], codeCount: 0, said: 'Write a message.' });
  });
});

test('lines are messages, empty ones are none, and there are only so many', () => {
  expect(messagesOf(request('a\n\nb\n'))).toEqual(['a', 'b']);
  expect(messagesOf(request('a\n'.repeat(99)))).toHaveLength(MAX_MESSAGES);
});

test('an answer to an older request is not shown', () => {
  const state = initialPacking([]);
  const asked = reducePacking(state, { type: 'ask', request: request('a') });
  expect(reducePacking(asked, { type: 'packed', request: request('a'), packed: [new Uint8Array(3)] })).toBe(asked);
  const done = reducePacking(asked, { type: 'packed', request: asked.request, packed: [new Uint8Array(3)] });
  expect(done).toMatchObject({ shown: asked.request, packed: { length: 1 } });
});

test('the address says all that was chosen', () => {
  const asked = request('a=1&b\nüü+', { windowBits: 9, forgets: true });
  expect(packingOfParameters(new URLSearchParams(parametersOfPacking(asked)))).toEqual(asked);
  expect(packingOfParameters(new URLSearchParams('xor=81'))).toBeUndefined();
});
