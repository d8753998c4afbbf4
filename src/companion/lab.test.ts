import { describe, expect, test } from 'vitest';
import { formatHex } from '../bytes/hex.ts';
import { actTarget, parseRawRequest } from './lab.ts';

describe('parseRawRequest', () => {
  test('takes one piece, or steps', () => {
    expect(parseRawRequest('{"hex":"81 80"}')).toEqual({ steps: [{ bytes: Uint8Array.of(0x81, 0x80) }] });
    expect(parseRawRequest('{"steps":[{"hex":"81"},{"waitMs":5}]}')).toEqual({
      steps: [{ bytes: Uint8Array.of(0x81) }, { waitMs: 5 }],
    });
  });

  test.each([
    ['', 'not JSON'],
    ['null', 'Step 0'],
    ['7', 'Step 0'],
    ['{}', 'Step 0'],
    ['{"hex":"8"}', 'Step 0: "8" is only half a byte'],
    ['{"hex":7}', 'Step 0'],
    ['{"steps":[{"hex":"81"},{"waitMs":"5"}]}', 'Step 1'],
    ['{"steps":[{"waitMs":-1}]}', 'Step 0'],
    ['{"steps":[{"waitMs":6000},{"waitMs":6000}]}', 'The waits add up to 12000 ms'],
    [JSON.stringify({ steps: Array(33).fill({ waitMs: 0 }) }), 'At most 32'],
    [JSON.stringify({ hex: '00'.repeat(1024 * 1024 + 1) }), 'At most 1048576'],
    [
      JSON.stringify({ hex: ' '.repeat(2_162_689) }),
      'The hex has 2162689 characters. At most 2162688 are allowed, for 1048576 bytes',
    ],
    [JSON.stringify({ steps: Array(3).fill({ hex: 'x'.repeat(1_000_000) }) }), 'The hex has 3000000 characters'],
    [
      JSON.stringify({ steps: [{ hex: '00000000: 81\n*\n00100001: 81' }, { hex: 'x' }] }),
      'There are 1048578 bytes. At most 1048576',
    ],
  ])('%.60s is a problem', (text, problem) => {
    expect(parseRawRequest(text)).toEqual({ problem: expect.stringContaining(problem) });
  });
});

test('every byte can be written in an order, in either case', () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  for (const hex of [formatHex(bytes), formatHex(bytes).toUpperCase()]) {
    expect(parseRawRequest(JSON.stringify({ hex }))).toEqual({ steps: [{ bytes }] });
  }
});

test('an act has an address', () => {
  expect(actTarget('rsv1')).toBe('/lab/act?act=rsv1');
  expect(actTarget('close-1000', { reason: 'a & b' })).toBe('/lab/act?act=close-1000&reason=a%20%26%20b');
});
