/** Texts that are valid UTF-8 or not, in hexadecimal digits. RFC 3629. */
import { formatHexByte } from '../../bytes/hex.ts';
export interface Utf8Group {
  /** The group in the Autobahn suite. */
  readonly autobahn: string;
  readonly title: string;
  readonly sequences: readonly Utf8Sequence[];
}

export interface Utf8Sequence {
  readonly hex: string;
  readonly valid: boolean;
}

const valid = (...digits: string[]): Utf8Sequence[] => digits.map((hex) => ({ hex, valid: true }));
const invalid = (...digits: string[]): Utf8Sequence[] => digits.map((hex) => ({ hex, valid: false }));
const bytesFrom = (first: number, last: number): string[] =>
  Array.from({ length: last - first + 1 }, (_, i) => formatHexByte(first + i));

/** The Greek word “kosme” with an accent: five characters of two and three bytes. */
export const KOSME = 'cebae1bdb9cf83cebcceb5';
const PREFIXES = Array.from({ length: KOSME.length / 2 }, (_, i) => KOSME.slice(0, 2 * i + 2));
const WHOLE_CHARACTERS = [2, 5, 7, 9, 11];

const CUT_SHORT = ['c0', 'e080', 'f08080', 'f8808080', 'fc80808080', 'df', 'efbf', 'f7bfbf', 'fbbfbfbf', 'fdbfbfbfbf'];
const HIGH_SURROGATES = ['eda080', 'edadbf', 'edae80', 'edafbf'];
const LOW_SURROGATES = ['edb080', 'edbfbf'];

/** U+nFFFE and U+nFFFF of each plane from 1 to 16. No text needs these characters, but UTF-8 can encode them. */
const NON_CHARACTERS = Array.from({ length: 16 }, (_, i) => i + 1).flatMap((plane) =>
  ['be', 'bf'].map(
    (last) => `${formatHexByte(0xf0 | (plane >> 2))}${formatHexByte(0x8f | ((plane & 3) << 4))}bf${last}`,
  ),
);

const spaced = (bytes: readonly string[]): string => bytes.map((lead) => `${lead}20`).join('');

export const UTF8_GROUPS: readonly Utf8Group[] = [
  {
    autobahn: '6.5',
    title: 'characters of each length',
    sequences: valid(
      '68656c6c6f24776f726c64',
      '68656c6c6fc2a2776f726c64',
      '68656c6c6fe282ac776f726c64',
      '68656c6c6ff0a4ada2776f726c64',
      KOSME,
    ),
  },
  {
    autobahn: '6.6',
    title: 'a word cut after each byte',
    sequences: PREFIXES.map((hex) => ({ hex, valid: WHOLE_CHARACTERS.includes(hex.length / 2) })),
  },
  {
    autobahn: '6.7',
    title: 'the first character of each length',
    sequences: valid('00', 'c280', 'e0a080', 'f0908080'),
  },
  { autobahn: '6.8', title: 'five and six bytes', sequences: invalid('f888808080', 'fc8480808080') },
  { autobahn: '6.9', title: 'the last character of each length', sequences: valid('7f', 'dfbf', 'efbfbf', 'f48fbfbf') },
  {
    autobahn: '6.10',
    title: 'characters above the last one',
    sequences: invalid('f7bfbfbf', 'fbbfbfbfbf', 'fdbfbfbfbfbf'),
  },
  {
    autobahn: '6.11',
    title: 'characters next to the surrogates and to the end',
    sequences: [...valid('ed9fbf', 'ee8080', 'efbfbd', 'f48fbfbf'), ...invalid('f4908080')],
  },
  {
    autobahn: '6.12',
    title: 'continuation bytes without a first byte',
    sequences: invalid(
      ...['80', 'bf', '80bf', '80bf80', '80bf80bf', '80bf80bf80', '80bf80bf80bf'],
      bytesFrom(0x80, 0xbe).join(''),
    ),
  },
  {
    autobahn: '6.13',
    title: 'first bytes without a continuation byte',
    sequences: invalid(
      spaced(bytesFrom(0xc0, 0xde)),
      spaced(bytesFrom(0xe0, 0xee)),
      spaced(bytesFrom(0xf0, 0xf6)),
      spaced(bytesFrom(0xf8, 0xfa)),
      spaced(['fc']),
    ),
  },
  { autobahn: '6.14', title: 'characters without their last byte', sequences: invalid(...CUT_SHORT) },
  { autobahn: '6.15', title: 'characters without their last byte, in a row', sequences: invalid(CUT_SHORT.join('')) },
  { autobahn: '6.16', title: 'bytes that never occur in UTF-8', sequences: invalid('fe', 'ff', 'fefeffff') },
  {
    autobahn: '6.17',
    title: 'an overlong slash',
    sequences: invalid('c0af', 'e080af', 'f08080af', 'f8808080af', 'fc80808080af'),
  },
  {
    autobahn: '6.18',
    title: 'the last overlong character of each length',
    sequences: invalid('c1bf', 'e09fbf', 'f08fbfbf', 'f887bfbfbf', 'fc83bfbfbfbf'),
  },
  {
    autobahn: '6.19',
    title: 'an overlong U+0000',
    sequences: invalid('c080', 'e08080', 'f0808080', 'f880808080', 'fc8080808080'),
  },
  {
    autobahn: '6.20',
    title: 'single surrogates',
    sequences: invalid('eda080', 'edadbf', 'edae80', 'edafbf', 'edb080', 'edbe80', 'edbfbf'),
  },
  {
    autobahn: '6.21',
    title: 'pairs of surrogates',
    sequences: invalid(...HIGH_SURROGATES.flatMap((high) => LOW_SURROGATES.map((low) => high + low))),
  },
  { autobahn: '6.22', title: 'non-characters', sequences: valid('efbfbe', 'efbfbf', ...NON_CHARACTERS) },
  {
    autobahn: '6.23',
    title: 'specials',
    sequences: valid('efbfb9', 'efbfba', 'efbfbb', 'efbfbc', 'efbfbd', 'efbfbe', 'efbfbf'),
  },
];
