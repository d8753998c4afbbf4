import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryClientFrames, arbitraryFrame, arbitraryServerFrames } from '../../../tests/arbitrary-frames.ts';
import { arbitraryCuts, bytesOf, cutAt, cutEverywhere, hexOf, joined, placedAt } from '../../../tests/bytes.ts';
import { checkCloseBody } from '../closing/close-body.ts';
import { Endpoint } from '../endpoint/endpoint.ts';
import { FrameDecoder } from '../framing/decoder.ts';
import { encodeFrame } from '../framing/frame.ts';
import { OPCODE } from '../framing/opcode.ts';
import { createRequest } from '../handshake/request.ts';
import { DEFAULT_LIMITS, type Limits } from '../limits.ts';
import { MessageAssembler } from '../messages/assembler.ts';
import { MessageChecker } from '../messages/checker.ts';
import type { Violation } from '../violation.ts';
import { MessageMemory } from './message-memory.ts';
import { QuickReceiver } from './quick-receiver.ts';

type Peer = 'client' | 'server';

/** Messages as text, and the violation that ended the stream, if any did. */
type Received = (string | Violation)[];

const show = (opcode: number, payload: Uint8Array) => `${opcode}: ${hexOf(payload)}`;

/** What the receiver makes of the chunks. */
function receive(peer: Peer, limits: Limits, chunks: readonly Uint8Array[]): Received {
  const receiver = new QuickReceiver(peer, limits);
  const received: Received = [];
  for (const chunk of chunks) {
    receiver.feed(chunk);
    for (let found = receiver.next(); found !== undefined; found = receiver.next()) {
      if ('rule' in found) return [...received, found];
      received.push(show(found.opcode, found.payload));
    }
    expect(receiver.next()).toBeUndefined();
  }
  return received;
}

/** What comes of the stream by the long way: each frame is described, the description judged, and then joined. */
function receiveByParts(peer: Peer, limits: Limits, stream: Uint8Array): Received {
  const [checker, assembler] = [new MessageChecker(peer, limits), new MessageAssembler()];
  const received: Received = [];
  for (const part of new FrameDecoder().push(stream.slice())) {
    const violation = checker.check({ ...part, ascii: false });
    if (violation !== undefined) return [...received, violation];
    const whole = assembler.push(part);
    const wrongBody = whole?.opcode === OPCODE.close && checkCloseBody(whole.payload, part.header.headerLength);
    if (wrongBody) return [...received, wrongBody];
    if (whole !== undefined) received.push(show(whole.opcode, whole.payload));
  }
  return received;
}

const limits = fc.oneof(
  { weight: 3, arbitrary: fc.constant(DEFAULT_LIMITS) },
  fc.record({ maxMessageBytes: fc.nat(300), maxFragments: fc.nat(3) }),
);
/** Text that may be cut anywhere, or wrong anywhere. */
const text = fc
  .record({
    text: fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 90 }),
      fc.nat(900).map((length) => 'x'.repeat(length)),
    ),
    wrong: fc.option(fc.tuple(fc.nat(), fc.nat(0xff)), { freq: 3 }),
    cut: fc.option(fc.nat(), { freq: 3 }),
  })
  .map(({ text: whole, wrong, cut }) => {
    const bytes = new TextEncoder().encode(whole);
    if (wrong !== null && bytes.length > 0) bytes[wrong[0] % bytes.length] = wrong[1];
    return cut === null ? bytes : bytes.slice(0, cut % (bytes.length + 1));
  });
const dataFrame = fc.record({
  fin: fc.boolean(),
  opcode: fc.constantFrom(OPCODE.text, OPCODE.text, OPCODE.binary, OPCODE.continuation),
  payload: text,
});
const controlFrame = fc.record({
  fin: fc.constant(true),
  opcode: fc.constantFrom(OPCODE.ping, OPCODE.close),
  payload: fc.constantFrom(new Uint8Array(0), bytesOf('03e8')),
});
const likelyFrames = fc
  .tuple(
    fc.constantFrom<Peer>('client', 'server'),
    fc.array(fc.oneof({ weight: 5, arbitrary: dataFrame }, controlFrame), { maxLength: 5 }),
    fc.infiniteStream(fc.nat(0xffff_ffff)),
  )
  .map(([from, frames, keys]) => {
    const key = () => (from === 'client' ? (keys.next().value as number) : undefined);
    return { from, frames: frames.map((frame) => encodeFrame({ ...frame, maskingKey: key() })) };
  });
const arbitraryStream = fc
  .oneof(
    { weight: 3, arbitrary: likelyFrames },
    fc.record({ from: fc.constant<Peer>('client'), frames: arbitraryClientFrames }),
    fc.record({ from: fc.constant<Peer>('server'), frames: arbitraryServerFrames }),
    fc.record({ from: fc.constantFrom<Peer>('client', 'server'), frames: fc.array(arbitraryFrame, { maxLength: 3 }) }),
  )
  .map(({ from, frames }) => ({ from, bytes: joined(...frames) }));

describe('the shortcuts come to what the long way comes to', () => {
  test('cut anywhere, at any place in memory, from either side, under any limits', () => {
    fc.assert(
      fc.property(arbitraryStream, arbitraryCuts, fc.nat(7), limits, ({ from, bytes }, cuts, byteOffset, most) => {
        const chunks = cutAt(bytes, cuts).map((chunk) => placedAt(byteOffset, chunk));
        expect(receive(from, most, chunks)).toEqual(receiveByParts(from, most, bytes));
      }),
      { numRuns: 3000 },
    );
  });

  test('cut after every byte', () => {
    fc.assert(
      fc.property(arbitraryStream, ({ from, bytes }) => {
        const expected = receiveByParts(from, DEFAULT_LIMITS, bytes);
        expect(receive(from, DEFAULT_LIMITS, cutEverywhere(bytes))).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  const frame = (opcode: number, text: string, fin = true) =>
    encodeFrame({ opcode, payload: new TextEncoder().encode(text), fin, maskingKey: 0x37fa213d });

  test.each<[string, ...Uint8Array[]]>([
    ['behind a close frame', frame(OPCODE.close, ''), frame(OPCODE.text, 'late')],
    ['inside a message', frame(OPCODE.text, 'first', false), frame(OPCODE.text, 'second')],
    ['behind a whole one', frame(OPCODE.text, 'first'), frame(OPCODE.continuation, 'second')],
    ['that seems to begin within a header', bytesOf('82'), bytesOf('818537fa213d7f9f4d5158')],
    ['with a ping inside', frame(OPCODE.text, 'é', false), frame(OPCODE.ping, ''), frame(OPCODE.continuation, 'é')],
  ])('a message %s', (_, ...chunks) => {
    const expected = receiveByParts('client', DEFAULT_LIMITS, joined(...chunks));
    expect(receive('client', DEFAULT_LIMITS, chunks)).toEqual(expected);
  });

  test.each(['007e', '0005'])('for every first byte, some second bytes, and a length of %s', (length) => {
    const rest = joined(bytesOf(`${length}37fa213d7f9f4d515848656c6c6f`), new Uint8Array(200));
    for (let first = 0; first <= 0xff; first++) {
      for (const second of [0, 1, 5, 0x7d, 0x7e, 0x7f, 0x80, 0x81, 0x85, 0xfd, 0xfe, 0xff]) {
        for (const end of [0, 1, 2, 3, 4, 5, 6, 7, 8, 11, rest.length]) {
          const bytes = joined(Uint8Array.of(first, second), rest.subarray(0, end));
          for (const from of ['client', 'server'] as const) {
            const found = JSON.stringify(receive(from, DEFAULT_LIMITS, [bytes.slice()]));
            const expected = JSON.stringify(receiveByParts(from, DEFAULT_LIMITS, bytes));
            if (found !== expected) expect.fail(`${hexOf(bytes)} from a ${from}: ${found}, not ${expected}`);
          }
        }
      }
    }
  });
});

test('a chunk from the middle of a frame is not kept: it is written over with the next', () => {
  const payload = new TextEncoder().encode('Grüße, Jürgen ❤ '.repeat(200));
  const bytes = encodeFrame({ opcode: OPCODE.text, payload, maskingKey: 0x37fa213d });
  for (const chunkLength of [7, 100]) {
    const receiver = new QuickReceiver('client', DEFAULT_LIMITS);
    const chunk = new Uint8Array(chunkLength);
    const found = [];
    for (let at = 0; at < bytes.length; at += chunkLength) {
      const length = Math.min(chunkLength, bytes.length - at);
      chunk.set(bytes.subarray(at, at + length));
      receiver.feed(chunk.subarray(0, length));
      for (let next = receiver.next(); next !== undefined; next = receiver.next()) found.push(next);
    }
    expect(found).toEqual([{ opcode: OPCODE.text, payload }]);
  }
});

test('long messages that are joined in memory used again are those of the plain receiver, until they are released', () => {
  const long = fc.tuple(fc.integer({ min: 10_000, max: 80_000 }), fc.nat(255)).map(([length, byte]) => ({
    fin: byte > 100,
    opcode: OPCODE.binary,
    payload: new Uint8Array(length).fill(byte),
  }));
  const frames = fc.array(long, { maxLength: 6 }).map((all) => {
    // A fragment that is followed by none is no message.
    const first = (i: number) => i === 0 || all[i - 1]?.fin === true;
    return joined(
      ...all.map(({ fin, opcode, payload }, i) =>
        encodeFrame({ fin, opcode: first(i) ? opcode : OPCODE.continuation, payload, maskingKey: 0x37fa213d }),
      ),
    );
  });
  const keeps = fc.array(fc.boolean(), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(frames, arbitraryCuts, keeps, (stream, cuts, kept) => {
      const memory = new MessageMemory();
      const receiver = new QuickReceiver('client', DEFAULT_LIMITS, { source: memory });
      const expected = receiveByParts('client', DEFAULT_LIMITS, stream);
      const held: { payload: Uint8Array; i: number }[] = [];
      let i = 0;
      // Released at once, or kept to the end, and compared when nobody may have written over it.
      const compare = (found: { payload: Uint8Array; i: number }) =>
        expect(show(OPCODE.binary, found.payload) === expected[found.i]).toBe(true);
      for (const chunk of cutAt(stream, cuts)) {
        receiver.feed(chunk);
        for (let found = receiver.next(); found !== undefined; found = receiver.next()) {
          if ('rule' in found) expect.fail(found.rule);
          const message = { payload: found.payload, i: i++ };
          if (kept[i % kept.length]) held.push(message);
          else {
            compare(message);
            memory.release(found.payload);
          }
        }
      }
      expect(i).toBe(expected.length);
      held.forEach(compare);
    }),
    { numRuns: 50 },
  );
});

test('where TCP ends in the middle of a message, what came of it gives its memory back', () => {
  const held = new Set<ArrayBufferLike>();
  const source = {
    take(byteLength: number) {
      const bytes = new Uint8Array(byteLength);
      held.add(bytes.buffer);
      return bytes;
    },
    release: ({ buffer }: Uint8Array) => held.delete(buffer),
  };
  const createReceiver = (peer: 'client', limits: Limits) => new QuickReceiver(peer, limits, { source });
  const endpoint = new Endpoint({ role: 'server', createReceiver });
  endpoint.acceptRequest(createRequest({ host: 'localhost', target: '/', key: 'dGhlIHNhbXBsZSBub25jZQ==' }));
  const frame = encodeFrame({ opcode: OPCODE.binary, payload: new Uint8Array(40_000), maskingKey: 1 });
  // A few bytes at first, so that the array has to grow.
  for (const chunk of [frame.slice(0, 9), frame.slice(9, 30_000)]) expect([...endpoint.receive(chunk)]).toEqual([]);
  expect(held.size).toBe(1);
  endpoint.receiveEnd();
  expect(held.size).toBe(0);
});
