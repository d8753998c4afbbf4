import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeHeader } from '../../protocol/framing/header.ts';
import { checkHeader } from '../../protocol/framing/rules.ts';
import {
  type HeaderPart,
  LANDMARKS,
  MAX_LENGTH,
  parseLength,
  presentLength,
  STOPS,
  staircase,
  stopOf,
} from './model.ts';

const lengths = fc.oneof(fc.constantFrom<number>(...LANDMARKS), fc.integer({ min: 0, max: MAX_LENGTH }));
const bytesOf = (parts: readonly HeaderPart[]) =>
  Uint8Array.from(Buffer.from(parts.flatMap(({ bytes }) => bytes).join(''), 'hex'));

test('the header shown states the length, and breaks no rule', () => {
  fc.assert(
    fc.property(lengths, (length) => {
      for (const { sender, parts, headerLength, frameLength } of presentLength(length).headers) {
        const bytes = bytesOf(parts);
        const header = decodeHeader(bytes);
        expect(header).toMatchObject({ payloadLength: length, headerLength, masked: sender === 'client' });
        expect(bytes).toHaveLength(headerLength);
        expect(frameLength).toBe(headerLength + length);
        expect(header && checkHeader(header, { sender })).toBeUndefined();
      }
    }),
  );
});

test('of the three forms one is the shortest, and a longer one breaks the rule that it names', () => {
  fc.assert(
    fc.property(lengths, (length) => {
      const { forms, form } = presentLength(length);
      expect(forms.filter(({ verdict }) => verdict === 'shortest').map(({ bits }) => bits)).toEqual([form]);
      for (const { bits, verdict, header, rule } of forms) {
        expect(verdict).toBe(bits === form ? 'shortest' : bits < form ? 'impossible' : 'forbidden');
        const decoded = header && decodeHeader(bytesOf(header));
        const violation = decoded && checkHeader(decoded, { sender: 'client' });
        expect(violation?.rule).toBe(rule);
        expect(decoded?.payloadLength).toBe(verdict === 'impossible' ? undefined : length);
      }
    }),
  );
});

test.each([
  [0, 7, '100%', '100%'],
  [5, 7, '29%', '55%'],
  [125, 7, '1.6%', '4.6%'],
  [126, 16, '3.1%', '6%'],
  [65_535, 16, '0.0061%', '0.012%'],
  [65_536, 64, '0.015%', '0.021%'],
])(
  '%i bytes take the %i-bit form; %s of a server’s frame is header, %s of a client’s',
  (length, form, server, client) => {
    const view = presentLength(length);
    expect(view.form).toBe(form);
    expect(view.headers.map(({ share }) => share)).toEqual([server, client]);
  },
);

test('the sum of the length’s bytes is said', () => {
  expect(presentLength(5).sum).toBe('The seven bits are the length itself: 0000101 is 5.');
  expect(presentLength(300).sum).toBe('The seven bits say 126, and 2 bytes follow: 1 × 256 + 44 = 300.');
  expect(presentLength(65_536).sum).toBe(
    'The seven bits say 127, and 8 bytes follow: 5 zero bytes, then 1 × 65,536 + 0 × 256 + 0 = 65,536.',
  );
});

test('the slider stops at every landmark, rising, and a length finds its stop', () => {
  for (const landmark of LANDMARKS) expect(STOPS[stopOf(landmark)]).toBe(landmark);
  expect([...STOPS].sort((a, b) => a - b)).toEqual(STOPS);
  expect(new Set(STOPS).size).toBe(STOPS.length);
  expect(STOPS.at(-1)).toBe(MAX_LENGTH);
  fc.assert(fc.property(lengths, (length) => (STOPS[stopOf(length)] as number) <= length));
});

test.each([
  ['300', 300],
  ['65,536', 65_536],
  ['1048577', undefined],
  ['-1', undefined],
  ['1e3', undefined],
  ['', undefined],
])('%j is the length %s', (typed, length) => {
  expect(parseLength(typed)).toBe(length);
});

test('the line climbs in two steps', () => {
  expect(new Set(staircase('server').map(({ y }) => y))).toEqual(new Set([2, 4, 10]));
  expect(new Set(staircase('client').map(({ y }) => y))).toEqual(new Set([6, 8, 14]));
  expect(staircase('client').at(-1)?.x).toBe(1000);
});
