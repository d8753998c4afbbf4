import { decodeHeader, type FrameHeader } from './header.ts';
import { LENGTH_BITS, LENGTH_IN_16_BITS, MAX_HEADER_LENGTH } from './layout.ts';
import { checkHeader, type HeaderContext } from './rules.ts';

/** As the first byte, and as the second, in a header that is legal if its other byte is: a binary message, and no payload. */
const GOOD_FIRST_BYTE = 0x82;

/**
 * Knows of most legal headers that they are legal, by their first two bytes. What it knows are answers of
 * {@link checkHeader}, asked once for each byte: a look at a table takes less time than to check each field.
 */
export class LegalHeaders {
  readonly #firstBytes: Uint8Array;
  readonly #secondBytes: Uint8Array;

  constructor(context: HeaderContext) {
    this.#secondBytes = tableOf((second) => hasShortLength(second) && isLegal(GOOD_FIRST_BYTE, second, context));
    const goodSecondByte = this.#secondBytes.indexOf(1);
    this.#firstBytes = tableOf((first) => isLegal(first, goodSecondByte, context));
  }

  /** @returns false if the header has to be checked */
  has({ firstTwoBytes }: FrameHeader): boolean {
    if (firstTwoBytes === undefined) return false;
    return this.#firstBytes[firstTwoBytes >>> 8] === 1 && this.#secondBytes[firstTwoBytes & 0xff] === 1;
  }
}

/** Of a longer form, more bytes have to be looked at. */
function hasShortLength(second: number): boolean {
  return (second & LENGTH_BITS) < LENGTH_IN_16_BITS;
}

function isLegal(first: number, second: number, context: HeaderContext): boolean {
  const bytes = new Uint8Array(MAX_HEADER_LENGTH);
  bytes[0] = first;
  bytes[1] = second;
  const header = decodeHeader(bytes);
  return header !== undefined && checkHeader(header, context) === undefined;
}

function tableOf(is: (byte: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) => (is(byte) ? 1 : 0));
}
