import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mask } from '../protocol/framing/masking.ts';
import type { ExpectedItem } from './case.ts';
import { type Payload, payloadByteLength, payloadBytes, repeated } from './payload.ts';
import { MAX_KEPT_BYTES_OF_PAYLOAD, ReceivedPayload } from './received-payload.ts';
import { conformanceCases } from './suite.ts';

const PATTERNS = ['2a', 'fe', '00fe23faf0', '4241736437266a683233'];
const byteLength = fc.oneof(fc.nat(300), fc.integer({ min: 65_500, max: 200_000 }));
const payload = fc.record({ pattern: fc.constantFrom(...PATTERNS), byteLength }).map((made) => ({
  right: repeated(made.pattern, made.byteLength),
  bytes: payloadBytes(repeated(made.pattern, made.byteLength)),
}));

function receivedInChunks(bytes: Uint8Array, size: number): ReceivedPayload {
  const received = new ReceivedPayload();
  for (let at = 0; at < bytes.length; at += size) received.append(bytes.subarray(at, at + size));
  return received;
}

const chunkSize = fc.integer({ min: 1000, max: 70_000 });

test('a payload that came as it has to be is equal, in bounded memory, however it was cut', () => {
  fc.assert(
    fc.property(payload, chunkSize, ({ right, bytes }, size) => {
      const received = receivedInChunks(bytes, size);
      expect(received.equals(right)).toBe(true);
      expect(received.equals(repeated(right.repeated, right.byteLength + 1))).toBe(false);
      expect(received.keptBytes).toBeLessThanOrEqual(MAX_KEPT_BYTES_OF_PAYLOAD);
    }),
    { numRuns: 50 },
  );
});

test('the first byte that differs is found, wherever it is', () => {
  fc.assert(
    fc.property(payload, chunkSize, fc.nat(), ({ right, bytes }, size, seed) => {
      fc.pre(bytes.length > 0);
      const at = seed % bytes.length;
      const wrong = bytes.with(at, (bytes[at] as number) ^ 1).fill(7, at + 1);
      const expected = { at, is: (bytes[at] as number) ^ 1, expected: bytes[at] };
      expect(receivedInChunks(wrong, size).differenceFrom(right)).toEqual(expected);
      expect(receivedInChunks(wrong, size).equals(right)).toBe(false);
    }),
    { numRuns: 50 },
  );
});

test('a mask that is still on is found, and nothing else is taken for one', () => {
  fc.assert(
    fc.property(payload, fc.integer({ min: 1, max: 0xffffffff }), ({ right, bytes }, key) => {
      fc.pre(bytes.length > 4);
      const hex = key.toString(16).padStart(8, '0');
      expect(ReceivedPayload.of(mask(bytes, key)).leftoverKey(right)).toBe(hex);
      expect(ReceivedPayload.of(bytes).leftoverKey(right)).toBeUndefined();
    }),
    { numRuns: 50 },
  );
});

test('whatever has to come back in any case can be compared', () => {
  const payloadsOf = (items: readonly ExpectedItem[] = []): Payload[] => items.map((item) => item.payload);
  const payloads = conformanceCases({ maxMessageBytes: 2 ** 20 }).flatMap(({ expectation }) =>
    expectation.type === 'refusal'
      ? []
      : [
          ...payloadsOf(expectation.received),
          ...payloadsOf(expectation.type === 'failure' ? expectation.ifTaken?.received : []),
        ],
  );
  expect(payloads.length).toBeGreaterThan(300);
  for (const each of payloads) expect(ReceivedPayload.of(payloadBytes(each)).equals(each)).toBe(true);
  expect(Math.max(...payloads.map(payloadByteLength))).toBe(16 * 2 ** 20);
});
