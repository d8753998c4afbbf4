import { encodeText } from '../../text/utf8.ts';

/** A text, right or wrong, to look at. */
export interface LaneExample {
  readonly name: string;
  readonly title: string;
  readonly bytes: Uint8Array;
}

/** The euro sign: three bytes. */
const EURO = encodeText('€');
/** The two halves of U+1F600 in UTF-16, each written as if it were a character of its own. */
const SURROGATES = [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80];

export const LANE_EXAMPLES: readonly LaneExample[] = [
  { name: 'lengths', title: 'Characters of one, two, three and four bytes', bytes: encodeText('aü€😀') },
  {
    name: 'latin-1',
    title: '“Grüße” in Latin-1, an older encoding',
    bytes: Uint8Array.of(0x47, 0x72, 0xfc, 0xdf, 0x65),
  },
  { name: 'following', title: 'A following byte without a first byte', bytes: Uint8Array.of(0x48, 0x80, 0x69) },
  { name: 'cut', title: 'A euro sign that is cut short', bytes: Uint8Array.of(0x35, ...EURO.subarray(0, 2)) },
  {
    name: 'interrupted',
    title: 'A euro sign with a letter inside',
    bytes: Uint8Array.of(...EURO.subarray(0, 2), 0x35, ...EURO.subarray(2)),
  },
  { name: 'overlong-2', title: 'Overlong: a slash in two bytes', bytes: Uint8Array.of(0x2e, 0x2e, 0xc0, 0xaf) },
  { name: 'overlong-3', title: 'Overlong: a slash in three bytes', bytes: Uint8Array.of(0x2e, 0x2e, 0xe0, 0x80, 0xaf) },
  { name: 'surrogates', title: 'An emoji as two surrogates', bytes: Uint8Array.from(SURROGATES) },
  { name: 'beyond', title: 'Beyond U+10FFFF', bytes: Uint8Array.of(0xf4, 0x90, 0x80, 0x80) },
  { name: 'never', title: 'A byte that is never in UTF-8', bytes: Uint8Array.of(0x48, 0xff, 0x69) },
  { name: 'bom', title: 'A text that begins with U+FEFF', bytes: encodeText('\ufeffHi') },
];
