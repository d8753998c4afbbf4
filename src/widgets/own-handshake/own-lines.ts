import { bytesOfHex, formatHex } from '../../bytes/hex.ts';
import { headLines } from '../base/log/head-lines.ts';
import { lineBytes } from './line-bytes.ts';

export type HeadDirection = 'request' | 'response';

/** One line of a head from the wire, with its explanation. */
export interface OwnLine {
  /** `request.sec-websocket-key`, as in the page's address. */
  readonly id: string;
  /** Empty for the first line and for the last. */
  readonly name: string;
  /** Empty for the last line. */
  readonly value: string;
  readonly sentence: string;
  /** `RFC 6455 §4.1` */
  readonly cited: string | undefined;
  /** The line's bytes, its line end included. */
  readonly bytes: Uint8Array;
  /** The value in the handshake before, if it was different. */
  readonly before: string | undefined;
}

const EMPTY_LINE = {
  request: 'An empty line ends the head. The server answers only after it has arrived.',
  response: 'An empty line ends the head. In both directions, the next byte is the first byte of a frame.',
};

/**
 * Explains a head line by line.
 *
 * @param before the head of the handshake before this one, to see what is new
 */
export function ownLines(hex: string, direction: HeadDirection, before: string | undefined): OwnLine[] {
  const bytes = lineBytes(bytesOfHex(hex));
  const earlier = before === undefined || before === hex ? [] : headLines(before, direction);
  const seen = new Map<string, number>();
  const lines = headLines(hex, direction).map(({ name, value, sentence, section }, i): OwnLine => {
    const place = name === '' ? 'first' : name.toLowerCase();
    const nth = (seen.get(place) ?? 0) + 1;
    seen.set(place, nth);
    const was = earlier.filter((line) => line.name === name)[nth - 1]?.value;
    return {
      id: `${direction}.${place}${nth > 1 ? `-${nth}` : ''}`,
      name,
      value,
      sentence,
      cited: section === undefined || section.startsWith('RFC') ? section : `RFC 6455 §${section}`,
      bytes: bytes[i] ?? new Uint8Array(),
      before: was === value ? undefined : was,
    };
  });
  const last = bytes.at(-1);
  if (last === undefined || formatHex(last) !== CR_LF) return lines;
  const end = { id: `${direction}.end`, name: '', value: '', sentence: EMPTY_LINE[direction], cited: 'RFC 9112 §2.1' };
  return [...lines, { ...end, bytes: last, before: undefined }];
}

const CR_LF = '0d0a';
