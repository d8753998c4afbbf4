import {
  clean,
  fails,
  first,
  fragmented,
  frame,
  hex,
  last,
  middle,
  one,
  type PublicCase,
  TEXT,
} from './public-case.ts';

const MIXED = 'Hello-µ@ßöäüàá-UTF-8!!';
const KOSME = 'CEBAE1BDB9CF83CEBCCEB5';
const SURROGATE = hex(`${KOSME} EDA080 656469746564`);

/** 6.1 to 6.3: whole and in fragments. */
const IN_FRAGMENTS = [
  one('6.1.1', [frame(TEXT)], clean([TEXT, ''])),
  one('6.1.2', [first(TEXT), middle(), last()], clean([TEXT, ''])),
  one('6.1.3', [first(TEXT), middle('middle frame payload'), last()], clean([TEXT, 'middle frame payload'])),
  one('6.2.1', [frame(TEXT, MIXED)], clean([TEXT, MIXED])),
  one('6.2.2', [first(TEXT, 'Hello-µ@ßöä'), last('üàá-UTF-8!!')], clean([TEXT, MIXED])),
  one('6.2.3', fragmented(TEXT, Buffer.from(MIXED), 1), clean([TEXT, MIXED])),
  one('6.2.4', fragmented(TEXT, hex(KOSME), 1), clean([TEXT, hex(KOSME)])),
  one('6.3.1', [frame(TEXT, SURROGATE)], fails(1007)),
  one('6.3.2', fragmented(TEXT, SURROGATE, 1), fails(1007)),
];

const M = hex(`${KOSME} F4908080 656469746564`);
const cutInto3 = (at: number, to: number) => [M.subarray(0, at), M.subarray(at, to), M.subarray(to)] as const;
const threeFrames = (at: number, to: number) => {
  const [p1, p2, p3] = cutInto3(at, to);
  return [first(TEXT, p1), middle(p2), last(p3)];
};
const WHOLE = [first(TEXT, M), last()];
/** Each frame has a header and a key of 6 bytes. */
const HEADER = 6;

/** 6.4: fail fast. */
const FAIL_FAST = [
  one('6.4.1', threeFrames(11, 15), fails(1007), { pausesAfter: [HEADER + 11, 2 * HEADER + 15] }),
  one('6.4.2', threeFrames(12, 13), fails(1007), { pausesAfter: [HEADER + 12, 2 * HEADER + 13] }),
  one('6.4.3', WHOLE, fails(1007), { pausesAfter: [HEADER + 11, HEADER + 15] }),
  one('6.4.4', WHOLE, fails(1007), { pausesAfter: [HEADER + 12, HEADER + 13] }),
];

const rising = (from: number, to: number, behind = '') =>
  Array.from({ length: to - from + 1 }, (_, i) => (from + i).toString(16) + behind).join('');
const CUT_SHORT = 'C0 E080 F08080 F8808080 FC80808080 DF EFBF F7BFBF FBBFBFBF FDBFBFBFBF';
const HIGH = ['EDA080', 'EDADBF', 'EDAE80', 'EDAFBF'];
const LOW = ['EDB080', 'EDBFBF'];
/** U+1FFFE and U+1FFFF to U+10FFFE and U+10FFFF. */
const NON_CHARACTERS = Array.from({ length: 16 }, (_, i) => i + 1).flatMap((plane) =>
  [0xfffe, 0xffff].map((low) => Buffer.from(String.fromCodePoint(plane * 0x10000 + low)).toString('hex')),
);

/** 6.5 to 6.23, a payload each, in one frame; what is not UTF-8 is in the second list. */
const GROUPS: readonly [number: number, valid: string, invalid: string][] = [
  [
    5,
    `68656C6C6F24776F726C64 68656C6C6FC2A2776F726C64 68656C6C6FE282AC776F726C64 68656C6C6FF0A4ADA2776F726C64 ${KOSME}`,
    '',
  ],
  [7, '00 C280 E0A080 F0908080', ''],
  [8, '', 'F888808080 FC8480808080'],
  [9, '7F DFBF EFBFBF F48FBFBF', ''],
  [10, '', 'F7BFBFBF FBBFBFBFBF FDBFBFBFBFBF'],
  [11, 'ED9FBF EE8080 EFBFBD F48FBFBF', 'F4908080'],
  [12, '', `80 BF 80BF 80BF80 80BF80BF 80BF80BF80 80BF80BF80BF ${rising(0x80, 0xbe)}`],
  [
    13,
    '',
    [
      rising(0xc0, 0xde, '20'),
      rising(0xe0, 0xee, '20'),
      rising(0xf0, 0xf6, '20'),
      rising(0xf8, 0xfa, '20'),
      'FC20',
    ].join(' '),
  ],
  [14, '', CUT_SHORT],
  [15, '', CUT_SHORT.replaceAll(' ', '')],
  [16, '', 'FE FF FEFEFFFF'],
  [17, '', 'C0AF E080AF F08080AF F8808080AF FC80808080AF'],
  [18, '', 'C1BF E09FBF F08FBFBF F887BFBFBF FC83BFBFBFBF'],
  [19, '', 'C080 E08080 F0808080 F880808080 FC8080808080'],
  [20, '', 'EDA080 EDADBF EDAE80 EDAFBF EDB080 EDBE80 EDBFBF'],
  [21, '', HIGH.flatMap((high) => LOW.map((low) => high + low)).join(' ')],
  [22, ['EFBFBE', 'EFBFBF', ...NON_CHARACTERS].join(' '), ''],
  [23, 'EFBFB9 EFBFBA EFBFBB EFBFBC EFBFBD EFBFBE EFBFBF', ''],
];

const words = (list: string): string[] => list.split(' ').filter((word) => word !== '');
const text = (number: string, payload: Buffer, valid: boolean) =>
  one(number, [frame(TEXT, payload)], valid ? clean([TEXT, payload]) : fails(1007));

const SEQUENCES = GROUPS.flatMap(([group, valid, invalid]) => [
  ...words(valid).map((digits, i) => text(`6.${group}.${i + 1}`, hex(digits), true)),
  ...words(invalid).map((digits, i) => text(`6.${group}.${words(valid).length + i + 1}`, hex(digits), false)),
]);

/** 6.6: a word cut after each of its bytes. */
const PREFIXES = Array.from({ length: 11 }, (_, i) =>
  text(`6.6.${i + 1}`, hex(KOSME).subarray(0, i + 1), [2, 5, 7, 9, 11].includes(i + 1)),
);

/** Section 6 of the public suite. */
export const UTF8: readonly PublicCase[] = [...IN_FRAGMENTS, ...FAIL_FAST, ...SEQUENCES, ...PREFIXES];
