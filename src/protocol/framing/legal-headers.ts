import { decodeHeader, type FrameHeader } from './header.ts';
import { LENGTH_BITS, LENGTH_IN_16_BITS, LENGTH_IN_64_BITS, MAX_HEADER_LENGTH, minimalLengthField } from './layout.ts';
import { checkHeader, type HeaderContext } from './rules.ts';

/** A bit for each form of the length that is known here: frames with the longest are few. */
const LENGTH_OF_7_BITS = 1;
const LENGTH_OF_16_BITS = 2;

/** The first byte of a binary message: legal with any second byte that is legal at all. */
const BINARY_MESSAGE = 0x82;

/**
 * Knows of most legal headers that they are legal, by their first two bytes. What it knows are answers of
 * {@link checkHeader}, asked once for each byte: a look at two tables takes less time than to check each field.
 */
export class LegalHeaders {
  // By a header's first byte, the forms of the length with which it is legal; by its second, the form that it has.
  readonly #firstBytes = new Uint8Array(256);
  readonly #secondBytes = new Uint8Array(256);

  constructor(context: HeaderContext) {
    const secondBytes = this.#secondBytes;
    for (let second = 0; second <= 0xff; second++) {
      if (isLegal(BINARY_MESSAGE, second, context)) secondBytes[second] = formOf(second);
    }
    for (const form of [LENGTH_OF_7_BITS, LENGTH_OF_16_BITS]) {
      const second = secondBytes.indexOf(form);
      for (let first = 0; first <= 0xff; first++) {
        if (isLegal(first, second, context)) this.#firstBytes[first] = (this.#firstBytes[first] as number) | form;
      }
    }
  }

  /** @returns false if the header has to be checked */
  has({ firstTwoBytes, lengthField, payloadLength }: FrameHeader): boolean {
    if (firstTwoBytes === undefined) return false;
    const forms = this.#firstBytes[firstTwoBytes >>> 8] as number;
    const form = this.#secondBytes[firstTwoBytes & 0xff] as number;
    return (forms & form) !== 0 && lengthField === minimalLengthField(payloadLength);
  }
}

function formOf(second: number): number {
  const lengthField = second & LENGTH_BITS;
  if (lengthField === LENGTH_IN_64_BITS) return 0;
  return lengthField === LENGTH_IN_16_BITS ? LENGTH_OF_16_BITS : LENGTH_OF_7_BITS;
}

/** With the shortest payload that takes the second byte's form of the length. */
function isLegal(first: number, second: number, context: HeaderContext): boolean {
  const bytes = new Uint8Array(MAX_HEADER_LENGTH);
  bytes[0] = first;
  bytes[1] = second;
  if (formOf(second) === LENGTH_OF_16_BITS) bytes[3] = LENGTH_IN_16_BITS;
  const header = decodeHeader(bytes);
  return header !== undefined && checkHeader(header, context) === undefined;
}
