/**
 * How many bits the code of each byte has, and that of the end of the string: one digit in base 36 for each. RFC 7541
 * appendix B. The codes follow from it: they are given out by length, then by byte.
 */
const CODE_LENGTHS = [
  'dnsssssssoussussssssssusssssssss6aacd68baa8b8666555666666678f6ca',
  'd67777777777777777777777878djde6f56565666577666567655677777fbeds',
  'kmkkmmmnmnnnnnonoomnonnnnlmnmnnomlkmmnnlnmmolmnnllmlnmnnkmmmnmmn',
  'qqkjmnmpqqqrrqopjlqrrqrollqqsrrrkoklmllnmmppooqnqrqqrrrrrsrrrrrq',
  'u',
].join('');

const END_OF_STRING = 256;
const MAX_CODE_LENGTH = 30;
/** A string is filled up to a whole byte with the first bits of the end's code, which are ones. RFC 7541 §5.2. */
const MAX_PADDING = 7;

interface Codes {
  /** The symbols in the order of their codes. */
  readonly symbols: readonly number[];
  /** By length: the first code of that length, the index of its symbol, and how many codes there are. */
  readonly first: readonly number[];
  readonly index: readonly number[];
  readonly count: readonly number[];
}

const CODES = makeCodes();

function makeCodes(): Codes {
  const symbols: number[] = [];
  const first: number[] = [];
  const index: number[] = [];
  const count: number[] = [];
  let code = 0;
  for (let length = 0; length <= MAX_CODE_LENGTH; length++) {
    code *= 2;
    first.push(code);
    index.push(symbols.length);
    for (let symbol = 0; symbol <= END_OF_STRING; symbol++) {
      if (Number.parseInt(CODE_LENGTHS[symbol] ?? '', 36) === length) symbols.push(symbol);
    }
    count.push(symbols.length - (index[length] ?? 0));
    code += count[length] ?? 0;
  }
  return { symbols, first, index, count };
}

/** Decodes a string that HPACK has packed. @returns its characters, one for each byte; undefined if it is malformed. RFC 7541 §5.2 */
export function decodeHuffman(bytes: Uint8Array): string | undefined {
  const { symbols, first, index, count } = CODES;
  let text = '';
  let [code, length] = [0, 0];
  for (const byte of bytes) {
    for (let bit = 7; bit >= 0; bit--) {
      code = code * 2 + ((byte >> bit) & 1);
      length++;
      const nth = code - (first[length] ?? 0);
      if (nth >= (count[length] ?? 0)) {
        if (length === MAX_CODE_LENGTH) return undefined;
        continue;
      }
      const symbol = symbols[(index[length] ?? 0) + nth] as number;
      if (symbol === END_OF_STRING) return undefined;
      text += String.fromCharCode(symbol);
      [code, length] = [0, 0];
    }
  }
  return length <= MAX_PADDING && code === 2 ** length - 1 ? text : undefined;
}
