import { trimWhiteSpace } from '../../trim-white-space.ts';

/** One header line: the name as it was sent, the value without the white space around it. */
export interface Header {
  readonly name: string;
  readonly value: string;
}

/** The part that a request and a response share: their header lines, in wire order. */
export interface HttpHead {
  readonly headers: readonly Header[];
}

/** The head of a request: `GET /chat HTTP/1.1` and its headers. RFC 9112 §3. */
export interface RequestHead extends HttpHead {
  readonly method: string;
  readonly target: string;
  /** Only the digits: `1.1`. */
  readonly httpVersion: string;
}

/** The head of a response: `HTTP/1.1 101 Switching Protocols` and its headers. RFC 9112 §4. */
export interface ResponseHead extends HttpHead {
  readonly httpVersion: string;
  readonly httpStatus: number;
  readonly reasonPhrase: string;
}

/**
 * Finds the values of all header lines with one name, whose case does not matter. RFC 9110 §5.1.
 *
 * @returns one value per line, in wire order; empty if there is no such line
 */
export function headerValues(head: HttpHead, name: string): string[] {
  const values: string[] = [];
  for (const header of head.headers) {
    // Compare the length first: a request is searched for a dozen names, and most names differ in length.
    if (header.name.length !== name.length) continue;
    if (header.name === name || header.name.toLowerCase() === name.toLowerCase()) values.push(header.value);
  }
  return values;
}

/**
 * Splits a header that is a comma-separated list. Several lines of one name are one list.
 * Empty elements are skipped, as a recipient must. RFC 9110 §5.3, §5.6.1.2.
 *
 * @returns the elements in wire order, their case kept
 */
export function headerTokens(head: HttpHead, name: string): string[] {
  const values = headerValues(head, name);
  if (values.length === 0) return values;
  return values
    .join(',')
    .split(',')
    .map(trimWhiteSpace)
    .filter((element) => element !== '');
}

/** Says whether a list header contains a token; case does not matter. */
export function hasHeaderToken(head: HttpHead, name: string, token: string): boolean {
  return headerTokens(head, name).some((element) => element === token || element.toLowerCase() === token.toLowerCase());
}

/** How large a head may be. A peer that never ends its head would otherwise fill the memory. RFC 6455 §10.4. */
export interface HeadLimits {
  /** Bytes from the first of the head to the end of its empty line. */
  readonly maxHeadBytes: number;
  /** Header lines, without the first line of the head. */
  readonly maxHeaders: number;
}

/** The limits of a parser if the caller gives no others. RFC 6455 §10.4. */
export const DEFAULT_HEAD_LIMITS: HeadLimits = { maxHeadBytes: 16384, maxHeaders: 100 };
