import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryClientFrames, arbitraryFrame, arbitraryServerFrames } from '../../../tests/arbitrary-frames.ts';
import { arbitraryCuts, bytesOf, cutAt, cutEverywhere, hexOf, joined, placedAt } from '../../../tests/bytes.ts';
import { EVENT_NAMES, readPlainly } from '../../../tests/fuzz/read-plainly.ts';
import { MessageMemory } from '../../bytes/memory/message-memory.ts';
import { Endpoint } from '../endpoint/endpoint.ts';
import { encodeFrame } from '../framing/frame.ts';
import { OPCODE } from '../framing/opcode.ts';
import { createRequest } from '../handshake/request/request.ts';
import { DEFAULT_LIMITS, type Limits } from '../limits.ts';
import type { Violation } from '../violation.ts';
import { Receiver } from './receiver.ts';

type Peer = 'client' | 'server';

/** Messages and control frames as text up to the close frame, and the violation that ended the stream, if any did. */
type Received = (string | Violation)[];

/** The results of a receiver for the chunks. */
function receive(peer: Peer, chunks: readonly Uint8Array[], limits = DEFAULT_LIMITS): Received {
  const receiver = new Receiver(peer, limits);
  const received: Received = [];
  for (const chunk of chunks) {
    receiver.feed(chunk);
    for (let found = receiver.next(); found !== undefined; found = receiver.next()) {
      if ('rule' in found) return [...received, found];
      if (found.opcode === OPCODE.close) return [...received, 'close'];
      received.push(`${EVENT_NAMES[found.opcode]} ${hexOf(found.payload)}`);
    }
    expect(receiver.next()).toBeUndefined();
  }
  return received;
}

/** The expected results for the stream, whatever the chunks. */
function expected(peer: Peer, bytes: Uint8Array, limits = DEFAULT_LIMITS): Received {
  const { events, verdict, violation } = readPlainly({ sender: peer, limits, bytes });
  return [...events, ...(violation ? [violation] : verdict.kind === 'closed' ? ['close'] : [])];
}

const arbitraryLimits = fc.oneof<fc.WeightedArbitrary<Limits>[]>(
  { weight: 3, arbitrary: fc.constant(DEFAULT_LIMITS) },
  { weight: 1, arbitrary: fc.record({ maxMessageBytes: fc.nat(300), maxFragments: fc.nat(3) }) },
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
  .map(([peer, frames, keys]) => {
    const key = () => (peer === 'client' ? (keys.next().value as number) : undefined);
    return { peer, frames: frames.map((frame) => encodeFrame({ ...frame, maskingKey: key() })) };
  });
const arbitraryStream = fc
  .oneof(
    { weight: 3, arbitrary: likelyFrames },
    fc.record({ peer: fc.constant<Peer>('client'), frames: arbitraryClientFrames }),
    fc.record({ peer: fc.constant<Peer>('server'), frames: arbitraryServerFrames }),
    fc.record({ peer: fc.constantFrom<Peer>('client', 'server'), frames: fc.array(arbitraryFrame, { maxLength: 3 }) }),
  )
  .map(({ peer, frames }) => ({ peer, bytes: joined(...frames) }));

describe('gives the messages, and the violation, of a parser that reads the stream whole and plainly', () => {
  test('cut anywhere, at any place in memory, from either side, under any limits', () => {
    fc.assert(
      fc.property(arbitraryStream, arbitraryCuts, fc.nat(7), arbitraryLimits, (stream, cuts, byteOffset, limits) => {
        const { peer, bytes } = stream;
        const chunks = cutAt(bytes, cuts).map((chunk) => placedAt(byteOffset, chunk));
        expect(receive(peer, chunks, limits)).toEqual(expected(peer, bytes, limits));
      }),
      { numRuns: 3000 },
    );
  });

  test('cut after every byte', () => {
    fc.assert(
      fc.property(arbitraryStream, ({ peer, bytes }) => {
        expect(receive(peer, cutEverywhere(bytes))).toEqual(expected(peer, bytes));
      }),
      { numRuns: 300 },
    );
  });

  test.each(['007e', '0005'])('for every first byte, some second bytes, and a length of %s', (length) => {
    const rest = joined(bytesOf(`${length}37fa213d7f9f4d515848656c6c6f`), new Uint8Array(200));
    for (let first = 0; first <= 0xff; first++) {
      for (const second of [0, 1, 5, 0x7d, 0x7e, 0x7f, 0x80, 0x81, 0x85, 0xfd, 0xfe, 0xff]) {
        for (const end of [0, 1, 2, 3, 4, 5, 6, 7, 8, 11, rest.length]) {
          const bytes = joined(Uint8Array.of(first, second), rest.subarray(0, end));
          for (const peer of ['client', 'server'] as const) {
            const found = JSON.stringify(receive(peer, [bytes.slice()]));
            const right = JSON.stringify(expected(peer, bytes));
            if (found !== right) expect.fail(`${hexOf(bytes)} from a ${peer}: ${found}, not ${right}`);
          }
        }
      }
    }
  });

  const frame = (opcode: number, payload: string, fin = true) =>
    encodeFrame({ opcode, payload: new TextEncoder().encode(payload), fin, maskingKey: 0x37fa213d });

  test.each<[string, ...Uint8Array[]]>([
    ['inside a message', frame(OPCODE.text, 'first', false), frame(OPCODE.text, 'second')],
    ['after a whole one', frame(OPCODE.text, 'first'), frame(OPCODE.continuation, 'second')],
    ['that seems to begin within a header', bytesOf('82'), bytesOf('818537fa213d7f9f4d5158')],
    ['with a ping inside', frame(OPCODE.text, 'é', false), frame(OPCODE.ping, ''), frame(OPCODE.continuation, 'é')],
  ])('a message %s', (_, ...chunks) => {
    const right = expected('client', joined(...chunks));
    expect(receive('client', chunks)).toEqual(right);
  });
});

describe('what a client sends once the connection is open', () => {
  const PING = '898037fa213d';
  const HELLO = '818537fa213d7f9f4d5158';
  const [HEL, LO] = ['018337fa213d7f9f4d', '808237fa213d5b95'];

  test('is returned as messages and control frames, in the order in which they are complete', () => {
    expect(receive('client', [bytesOf(HELLO)])).toEqual(['text 48656c6c6f']);
    expect(receive('client', [bytesOf(HEL + PING + LO)])).toEqual(['ping ', 'text 48656c6c6f']);
    expect(receive('client', [bytesOf(HEL)])).toEqual([]);
  });

  test.each([
    ['a frame that is not masked', '810548656c6c6f', 'unmasked-client-frame'],
    ['a continuation of nothing', LO, 'continuation-without-message'],
    ['text that is not UTF-8', '818137fa213dc8', 'text-not-utf8'],
    ['a close body of one byte', '888137fa213d34', 'close-body-of-one-byte'],
  ])('%s ends it, after the legal frames', (_, hex, rule) => {
    const received = receive('client', [bytesOf(HELLO + hex + HELLO)]);
    expect(received).toEqual(['text 48656c6c6f', expect.objectContaining({ rule })]);
  });
});

test('a chunk from the middle of a frame is not kept: it can be overwritten with the next', () => {
  const payload = new TextEncoder().encode('Grüße, Jürgen ❤ '.repeat(200));
  const bytes = encodeFrame({ opcode: OPCODE.text, payload, maskingKey: 0x37fa213d });
  for (const chunkLength of [7, 100]) {
    const receiver = new Receiver('client', DEFAULT_LIMITS);
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

test('long messages joined in reused memory do not change until done is called', () => {
  const long = fc.tuple(fc.integer({ min: 10_000, max: 80_000 }), fc.nat(255)).map(([length, byte]) => ({
    fin: byte > 100,
    opcode: OPCODE.binary,
    payload: new Uint8Array(length).fill(byte),
  }));
  const frames = fc.array(long, { maxLength: 6 }).map((all) => {
    const begins = (i: number) => i === 0 || all[i - 1]?.fin === true;
    return joined(
      ...all.map(({ fin, opcode, payload }, i) =>
        encodeFrame({ fin, opcode: begins(i) ? opcode : OPCODE.continuation, payload, maskingKey: 0x37fa213d }),
      ),
    );
  });
  const keeps = fc.array(fc.boolean(), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(frames, arbitraryCuts, keeps, (stream, cuts, kept) => {
      const right = expected('client', stream);
      const memory = new MessageMemory();
      const receiver = new Receiver('client', DEFAULT_LIMITS, { memory });
      const held: { payload: Uint8Array; i: number }[] = [];
      let i = 0;
      // Done at once, or kept to the end, and compared when it must not have been overwritten.
      const compare = (found: { payload: Uint8Array; i: number }) =>
        expect(`binary ${hexOf(found.payload)}` === right[found.i]).toBe(true);
      for (const chunk of cutAt(stream, cuts)) {
        receiver.feed(chunk);
        for (let found = receiver.next(); found !== undefined; found = receiver.next()) {
          if ('rule' in found) expect.fail(found.rule);
          const message = { payload: found.payload, i: i++ };
          if (kept[i % kept.length]) held.push(message);
          else {
            compare(message);
            memory.done(found.payload);
          }
        }
      }
      expect(i).toBe(right.length);
      held.forEach(compare);
    }),
    { numRuns: 50 },
  );
});

test('if TCP ends in the middle of a message, its memory is reused', () => {
  const memory = new MessageMemory();
  const endpoint = new Endpoint({ role: 'server', memory });
  endpoint.acceptRequest(createRequest({ host: 'localhost', target: '/', key: 'dGhlIHNhbXBsZSBub25jZQ==' }));
  const frame = encodeFrame({ opcode: OPCODE.binary, payload: new Uint8Array(40_000), maskingKey: 1 });
  const spare = memory.take(40_000);
  memory.done(spare);
  // A few bytes at first, so that the array has to grow.
  for (const chunk of [frame.slice(0, 9), frame.slice(9, 30_000)]) expect([...endpoint.receive(chunk)]).toEqual([]);
  const meanwhile = memory.take(40_000);
  expect(meanwhile.buffer).not.toBe(spare.buffer);
  endpoint.receiveEnd();
  expect(memory.take(40_000).buffer).toBe(spare.buffer);
});
