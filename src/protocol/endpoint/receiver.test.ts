import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryClientFrames } from '../../../tests/arbitrary-frames.ts';
import { arbitraryCuts, bytesOf, cutAt, hexOf, joined } from '../../../tests/bytes.ts';
import { DEFAULT_LIMITS } from '../limits.ts';
import { Receiver } from './receiver.ts';

/** What a server receives of the chunks: messages as text, and the rule that is broken, where one is. */
function receive(chunks: readonly Uint8Array[]): string[] {
  const receiver = new Receiver('client', DEFAULT_LIMITS);
  const received: string[] = [];
  for (const chunk of chunks) {
    // Payloads are unmasked in place.
    receiver.feed(chunk.slice());
    for (let found = receiver.next(); found !== undefined; found = receiver.next()) {
      if ('rule' in found) return [...received, found.rule];
      received.push(`${found.opcode} ${hexOf(found.payload)}`);
    }
  }
  return received;
}

const PING = '898037fa213d';
const HELLO = '818537fa213d7f9f4d5158';
const [HEL, LO] = ['018337fa213d7f9f4d', '808237fa213d5b95'];

describe('what a client sends once the connection is open', () => {
  test('gives the same messages however TCP cuts it', () => {
    fc.assert(
      fc.property(arbitraryClientFrames, arbitraryCuts, (frames, cuts) => {
        const stream = joined(...frames);
        expect(receive(cutAt(stream, cuts))).toEqual(receive([stream]));
      }),
    );
  });

  test('is told as messages and control frames, in the order in which they are whole', () => {
    expect(receive([bytesOf(HELLO)])).toEqual(['1 48656c6c6f']);
    expect(receive([bytesOf(HEL + PING + LO)])).toEqual(['9 ', '1 48656c6c6f']);
    expect(receive([bytesOf(HEL)])).toEqual([]);
  });

  test.each([
    ['a frame that is not masked', '810548656c6c6f', 'unmasked-client-frame'],
    ['a continuation of nothing', LO, 'continuation-without-message'],
    ['text that is no UTF-8', '818137fa213dc8', 'text-not-utf8'],
    ['a close body of one byte', '888137fa213d34', 'close-body-of-one-byte'],
  ])('%s ends it, behind what was right', (_, hex, rule) => {
    expect(receive([bytesOf(HELLO + hex + HELLO)])).toEqual(['1 48656c6c6f', rule]);
  });
});
