import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesOfHex } from '../../../../bytes/hex.ts';
import { HpackDecoder } from './hpack.ts';
import { decodeHuffman } from './huffman.ts';

const block = (hex: string) => bytesOfHex(hex.replaceAll(' ', ''));

// RFC 7541 appendix C: what each block decodes to, and what the next one refers to.

const REQUESTS = [
  [
    [':method', 'GET'],
    [':scheme', 'http'],
    [':path', '/'],
    [':authority', 'www.example.com'],
  ],
  [
    [':method', 'GET'],
    [':scheme', 'http'],
    [':path', '/'],
    [':authority', 'www.example.com'],
    ['cache-control', 'no-cache'],
  ],
  [
    [':method', 'GET'],
    [':scheme', 'https'],
    [':path', '/index.html'],
    [':authority', 'www.example.com'],
    ['custom-key', 'custom-value'],
  ],
];

test.each([
  ['400a 6375 7374 6f6d 2d6b 6579 0d63 7573 746f 6d2d 6865 6164 6572', 'custom-key', 'custom-header'],
  ['040c 2f73 616d 706c 652f 7061 7468', ':path', '/sample/path'],
  ['1008 7061 7373 776f 7264 0673 6563 7265 74', 'password', 'secret'],
  ['82', ':method', 'GET'],
])('the field of RFC 7541 C.2: %s', (hex, name, value) => {
  expect(new HpackDecoder().decode(block(hex))).toEqual([[name, value]]);
});

test.each([
  [
    'plain (C.3)',
    [
      '8286 8441 0f77 7777 2e65 7861 6d70 6c65 2e63 6f6d',
      '8286 84be 5808 6e6f 2d63 6163 6865',
      '8287 85bf 400a 6375 7374 6f6d 2d6b 6579 0c63 7573 746f 6d2d 7661 6c75 65',
    ],
  ],
  [
    'packed (C.4)',
    [
      '8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff',
      '8286 84be 5886 a8eb 1064 9cbf',
      '8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf',
    ],
  ],
])('the three requests of RFC 7541, %s', (_, blocks) => {
  const decoder = new HpackDecoder();
  expect(blocks.map((hex) => decoder.decode(block(hex)))).toEqual(REQUESTS);
});

test('the table forgets its oldest entries when it is full (C.6, with a table of 256 bytes)', () => {
  const decoder = new HpackDecoder();
  decoder.decode(block('3fe101'));
  const first = decoder.decode(
    block(
      '4882 6402 5885 aec3 771a 4b61 96d0 7abe 9410 54d4 44a8 2005 9504 0b81 66e0 82a6 2d1b ff6e 919d 29ad 1718 63c7 8f0b 97c8 e9ae 82ae 43d3',
    ),
  );
  expect(first).toEqual([
    [':status', '302'],
    ['cache-control', 'private'],
    ['date', 'Mon, 21 Oct 2013 20:13:21 GMT'],
    ['location', 'https://www.example.com'],
  ]);
  // The status 307 puts the status 302 out of the table.
  expect(decoder.decode(block('4883 640e ffc1 c0bf'))?.map(([, value]) => value)).toEqual([
    '307',
    'private',
    'Mon, 21 Oct 2013 20:13:21 GMT',
    'https://www.example.com',
  ]);
});

test.each([
  ['the index 0', '80'],
  ['an index of no entry', 'be'],
  ['a number without end', 'ffffffffffffffffff'],
  ['a string longer than the block', '00057061'],
  ['a name without a value', '000170'],
  ['padding of zeros', '000170 8100'],
  ['the end of the string, packed', '000170 84ffffffff'],
])('%s makes a block malformed', (_, hex) => {
  expect(new HpackDecoder().decode(block(hex))).toBeUndefined();
});

test('any bytes are decoded or refused, and never throw', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 5 }), (blocks) => {
      const decoder = new HpackDecoder();
      for (const bytes of blocks) decoder.decode(bytes);
      return true;
    }),
  );
});

test('a packed string of every printable character', () => {
  expect(decodeHuffman(block('f1e3 c2e5 f23a 6ba0 ab90 f4ff'))).toBe('www.example.com');
  expect(decodeHuffman(new Uint8Array(0))).toBe('');
});
