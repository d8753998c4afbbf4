import { describe, expect, test } from 'vitest';
import { matchers } from './index.ts';

expect.extend(matchers);

const MASKED = Uint8Array.of(0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58);

describe('toBeFrame', () => {
  test('compares what is given', () => {
    expect(MASKED).toBeFrame();
    expect(MASKED).toBeFrame({ opcode: 'text', fin: true, masked: true, payload: 'Hello' });
    expect(Buffer.from(MASKED)).toBeFrame({ opcode: 1, payload: new TextEncoder().encode('Hello') });
    expect(MASKED).not.toBeFrame({ opcode: 'binary' });
    expect(MASKED).not.toBeFrame({ masked: false });
    expect(MASKED).not.toBeFrame({ payload: 'hello' });
    expect(Uint8Array.of(0x88, 2, 3, 0xe8)).toBeFrame({ opcode: 'close', payload: Uint8Array.of(3, 0xe8) });
  });

  test.each<[string, () => void, string]>([
    [
      'another frame',
      () => expect(MASKED).toBeFrame({ opcode: 'ping' }),
      'opcode is 1, not 9. The frame: text, masked, 5 bytes, final.',
    ],
    ['half a frame', () => expect(MASKED.subarray(0, 4)).toBeFrame(), 'These bytes are not one whole frame: 818537fa.'],
    ['two frames', () => expect(Uint8Array.of(0x8a, 0, 0x8a, 0)).toBeFrame(), 'There are 2 frames.'],
    ['no bytes', () => expect(new Uint8Array(0)).toBeFrame(), 'There are 0 frames.'],
    ['a frame that should not be', () => expect(MASKED).not.toBeFrame({ payload: 'Hello' }), 'should be another one'],
    [
      'no bytes at all',
      () => expect('81').toBeFrame(),
      'toBeFrame needs a Uint8Array or a Buffer; it was given string.',
    ],
    [
      'no such opcode',
      () => expect(MASKED).toBeFrame({ opcode: 'pung' }),
      '"pung" is no opcode. The names are: continuation, text,',
    ],
  ])('says what is wrong with %s', (_, run, words) => {
    expect(run).toThrow(words);
  });
});

describe('toBreakRule', () => {
  const reserved = Uint8Array.of(0x83, 0x80, 0, 0, 0, 0);

  test('finds a rule by its name, and any rule without one', () => {
    expect(reserved).toBreakRule('reserved-data-opcode');
    expect(reserved).toBreakRule();
    expect(reserved).not.toBreakRule('rsv1-set');
    expect(MASKED).not.toBreakRule();
    // Nobody can know that a frame should be masked without its sender.
    expect(Uint8Array.of(0x81, 0)).not.toBreakRule();
    expect(Uint8Array.of(0x81, 0)).toBreakRule(undefined, { from: 'client' });
  });

  test('says which rules are broken', () => {
    expect(() => expect(reserved).toBreakRule('rsv1-set')).toThrow(
      'These bytes break only reserved-data-opcode: 838000000000',
    );
    expect(() => expect(MASKED).toBreakRule()).toThrow('These bytes break no rule');
    expect(() => expect(reserved).not.toBreakRule()).toThrow(/should not break the rule.*\nByte 1, opcode: /);
  });
});
