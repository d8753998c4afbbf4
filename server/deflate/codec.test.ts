import { constants, createDeflateRaw, deflateRawSync, inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FreshMemory } from '../../src/bytes/memory/fresh-memory.ts';
import type { DeflateCodec } from '../../src/protocol/extensions/permessage-deflate/codec.ts';
import { createCodec } from './codec.ts';
import { hasEngines } from './engine.ts';
import { EngineDeflaters } from './engine-deflaters.ts';
import { EngineInflaters } from './engine-inflater.ts';
import { ONE_SHOT } from './one-shot.ts';

const ROOM = 1 << 24;
const TAIL = [0x00, 0x00, 0xff, 0xff];
const scarce = new EngineDeflaters({ level: 6, memLevel: 8, maxBytes: 300_000 });
const inflaters = new EngineInflaters(new FreshMemory());
const CODECS: [string, DeflateCodec][] = [
  ['engines', createCodec(new FreshMemory())],
  [
    'engines, with room for one window',
    { createDeflater: (bits) => scarce.create(bits), createInflater: (bits) => inflaters.create(bits) },
  ],
  ['one-shot calls', ONE_SHOT],
];

const hex = (text: string) => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const text = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString();
/** Text-like bytes, so that there is something to refer back to. */
const arbitraryBytes = fc
  .record({
    words: fc.array(fc.nat(40), { maxLength: 400 }),
    noise: fc.uint8Array({ maxLength: 40 }),
    times: fc.nat(30),
  })
  .map(({ words, noise, times }) =>
    Buffer.concat([Buffer.from(words.map((word) => `word${word} `).join('')), ...Array(times).fill(noise)]),
  );
const arbitraryBits = fc.integer({ min: 8, max: 15 });

test('this platform has engines that can be called directly', () => {
  expect(hasEngines()).toBe(true);
});

describe.each(CODECS)('%s', (_, codec) => {
  const inflateAll = (payloads: readonly string[], bits = 15) => {
    const inflater = codec.createInflater(bits);
    return payloads.map((payload) => text(inflater.inflate(hex(payload), true, ROOM)?.slice()));
  };

  test('the examples of RFC 7692 §7.2.3', () => {
    const hello = 'f2 48 cd c9 c9 07 00';
    expect(inflateAll([hello])).toEqual(['Hello']);
    // The second refers back to the first.
    expect(inflateAll([hello, 'f2 00 11 00 00'])).toEqual(['Hello', 'Hello']);
    // A block without compression, a final block, and two blocks.
    expect(inflateAll(['00 05 00 fa ff 48 65 6c 6c 6f 00'])).toEqual(['Hello']);
    expect(inflateAll(['f3 48 cd c9 c9 07 00 00'])).toEqual(['Hello']);
    expect(inflateAll(['f2 48 05 00 00 00 ff ff ca c9 c9 07 00'])).toEqual(['Hello']);
    expect(inflateAll(['00', hello, '00'])).toEqual(['', 'Hello', '']);
  });

  test('after a final block the window is as it was', () => {
    const final = 'f3 48 cd c9 c9 07 00 00';
    const back = 'f2 00 11 00 00';
    expect(inflateAll([final, back, final, back])).toEqual(Array(4).fill('Hello'));
    // Without the empty block after it, too.
    expect(inflateAll([final.slice(0, -3), back])).toEqual(['Hello', 'Hello']);
    // Two final blocks in one message, the second of which refers to the first.
    const [first, second] = [deflateRawSync('Hello'), deflateRawSync('Hello', { dictionary: Buffer.from('Hello') })];
    expect(inflateAll([`${first.toString('hex')}${second.toString('hex')}00`, back])).toEqual(['HelloHello', 'Hello']);
  });

  test('an empty message that was compressed to nothing leaves the window as it was', () => {
    expect(inflateAll(['f2 48 cd c9 c9 07 00', '', 'f2 00 11 00 00'])).toEqual(['Hello', '', 'Hello']);
  });

  test.each([
    ['a reserved block type', '07'],
    ['a distance before the window', '02 13 00 00'],
    ['a zlib header', '78 9c f2 48 cd c9 c9 07 00'],
    ['a cut in a stored block', '00 05 00 fa ff 48 65'],
    ['a cut in a block with fixed codes', 'f2 48 cd'],
  ])('%s is not DEFLATE', (_, payload) => {
    expect(inflateAll([payload])).toEqual([undefined]);
  });

  test('what one end compresses, the other inflates, in any pieces, and so does zlib', () => {
    const property = fc.property(
      fc.array(fc.tuple(arbitraryBytes, fc.array(fc.nat(), { maxLength: 4 })), { minLength: 1, maxLength: 6 }),
      arbitraryBits,
      (messages, bits) => {
        const deflater = codec.createDeflater(bits);
        const inflater = codec.createInflater(bits);
        const other = codec.createDeflater(bits);
        for (const [message, cuts] of messages) {
          if (message.length === 0) continue;
          const deflated = Buffer.from(deflater.deflate(message));
          expect([...deflated.subarray(-4)]).toEqual(TAIL);
          const payload = deflated.subarray(0, -4);
          const ends = [...cuts.map((cut) => cut % (payload.length + 1)).sort((a, b) => a - b), payload.length];
          let at = 0;
          const inflated = ends.map((end, i) => {
            const piece = payload.subarray(at, end);
            at = end;
            return Buffer.from(inflater.inflate(piece, i === ends.length - 1, ROOM) ?? expect.unreachable());
          });
          expect(Buffer.concat(inflated).equals(message)).toBe(true);
          // Another connection in between takes the engine away, if there is room for one alone.
          other.deflate(message);
        }
        for (const each of [deflater, inflater, other]) each.end();
      },
    );
    fc.assert(property, { numRuns: 60 });
  });

  test('a window of 2^8 bytes is enough to inflate what was compressed for it', () => {
    const deflater = codec.createDeflater(8);
    const inflater = codec.createInflater(8);
    const random = Buffer.from(Array.from({ length: 2000 }, (_, i) => (i * i * 7919) >>> 5));
    for (let distance = 200; distance < 300; distance++) {
      const message = Buffer.concat([random.subarray(0, distance), random.subarray(0, distance)]);
      const payload = Buffer.from(deflater.deflate(message)).subarray(0, -4);
      expect(Buffer.from(inflater.inflate(payload, true, ROOM) ?? []).equals(message)).toBe(true);
    }
  });

  test('it stops soon after the limit, at no more cost', () => {
    const bomb = deflateRawSync(Buffer.alloc(1 << 28), { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, -4);
    const before = process.memoryUsage().arrayBuffers;
    const inflated = codec.createInflater(15).inflate(bomb, true, 100_000) ?? expect.unreachable();
    expect(inflated.length).toBeGreaterThan(100_000);
    expect(inflated.length).toBeLessThan(300_000);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2_000_000);
    const exact = Buffer.from(codec.createInflater(15).inflate(hex('f2 48 cd c9 c9 07 00'), true, 5) ?? []);
    expect(exact.toString()).toBe('Hello');
    expect(codec.createInflater(15).inflate(hex('f2 48 cd c9 c9 07 00'), true, 4)?.length).toBeGreaterThan(4);
  });

  test('a reset forgets the window', () => {
    const deflater = codec.createDeflater(15);
    const first = Buffer.from(deflater.deflate(Buffer.from('Hello, Hello')));
    expect(deflater.deflate(Buffer.from('Hello, Hello')).length).toBeLessThan(first.length);
    deflater.reset();
    expect(Buffer.from(deflater.deflate(Buffer.from('Hello, Hello')))).toEqual(first);
    const inflater = codec.createInflater(15);
    inflater.inflate(hex('f2 48 cd c9 c9 07 00'), true, ROOM);
    inflater.reset();
    expect(inflater.inflate(hex('f2 00 11 00 00'), true, ROOM)).toBeUndefined();
  });

  test('inflates what zlib’s own stream compresses, in several blocks and flushes', async () => {
    const inflater = codec.createInflater(15);
    const source = createDeflateRaw({ level: 9 });
    const payload: Buffer[] = [];
    source.on('data', (piece) => payload.push(piece));
    const message = Buffer.from('abc'.repeat(50_000));
    for (let at = 0; at < message.length; at += 10_000) {
      source.write(message.subarray(at, at + 10_000));
      const { promise, resolve } = Promise.withResolvers<void>();
      source.flush(constants.Z_SYNC_FLUSH, resolve);
      await promise;
    }
    const all = Buffer.concat(payload);
    expect(Buffer.from(inflater.inflate(all.subarray(0, -4), true, ROOM) ?? []).equals(message)).toBe(true);
    expect(inflateRawSync(all, { finishFlush: constants.Z_SYNC_FLUSH }).equals(message)).toBe(true);
    source.destroy();
  });
});
