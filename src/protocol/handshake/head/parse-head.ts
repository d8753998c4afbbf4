import { decodeLatin1 } from '../../../text/latin1.ts';
import { findEndOfHead } from './end-of-head.ts';
import { type FirstLineForm, REQUEST_LINE, STATUS_LINE } from './first-line.ts';
import {
  DEFAULT_HEAD_LIMITS,
  type Header,
  type HeadLimits,
  type HttpHead,
  type RequestHead,
  type ResponseHead,
} from './head.ts';
import { parseHeaderLine } from './parse-header-line.ts';
import { type Refusal, refuse } from './refusal.ts';
import { HEAD_RULES } from './rules.ts';

/** The result of parsing; `byteLength` counts the head with its empty line, and frames follow it. */
export type HeadResult<T> =
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'complete'; readonly head: T; readonly byteLength: number };

/**
 * Parses the head of a request. RFC 9112 §2 to §5, but stricter: it repairs no mistakes, because two readers that
 * repair a head in different ways can be made to see different requests in it.
 *
 * @param bytes everything received so far; may end within the head, or continue after it
 * @param searchFrom where to start searching for the end of the head. A caller that tries again with more bytes passes
 *   the number that it had before: then a head that arrives byte by byte takes time in proportion to its length
 */
export function parseRequestHead(
  bytes: Uint8Array,
  limits: HeadLimits = DEFAULT_HEAD_LIMITS,
  searchFrom = 0,
): HeadResult<RequestHead> {
  return parseHead(bytes, limits, searchFrom, REQUEST_LINE);
}

/** Parses the head of a response. RFC 9112 §2 to §5; as {@link parseRequestHead}. */
export function parseResponseHead(
  bytes: Uint8Array,
  limits: HeadLimits = DEFAULT_HEAD_LIMITS,
  searchFrom = 0,
): HeadResult<ResponseHead> {
  return parseHead(bytes, limits, searchFrom, STATUS_LINE);
}

function parseHead<T extends HttpHead>(
  bytes: Uint8Array,
  limits: HeadLimits,
  searchFrom: number,
  firstLine: FirstLineForm<T>,
): HeadResult<T> {
  const refusedOpening = firstLine.checkOpening(bytes);
  if (refusedOpening !== undefined) return { kind: 'refused', refusal: refusedOpening };

  const searched = bytes.length > limits.maxHeadBytes ? bytes.subarray(0, limits.maxHeadBytes) : bytes;
  const byteLength = findEndOfHead(searched, searchFrom);
  if (byteLength < 0) {
    if (bytes.length < limits.maxHeadBytes) return { kind: 'incomplete' };
    const sentence = `The head does not end within ${limits.maxHeadBytes} bytes. Send fewer or shorter headers.`;
    return { kind: 'refused', refusal: refuse(HEAD_RULES.headTooLarge, sentence) };
  }

  const head = parseLines(decodeLatin1(bytes, byteLength), limits, firstLine);
  return 'refusal' in head ? { kind: 'refused', ...head } : { kind: 'complete', ...head, byteLength };
}

const PART_OF_LINE_END = /[\r\n]/;

function parseLines<T extends HttpHead>(
  text: string,
  limits: HeadLimits,
  firstLine: FirstLineForm<T>,
): { head: T } | { refusal: Refusal } {
  const lines = text.split('\r\n');
  const malformed = lines.findIndex((line) => PART_OF_LINE_END.test(line));
  if (malformed >= 0) {
    const sentence = `Line ${malformed + 1} of the head must end with CR LF, and contain neither of them elsewhere.`;
    return { refusal: refuse(HEAD_RULES.malformedLineEnd, sentence) };
  }
  // The last two are the empty line, and the empty text that split() finds after its end.
  const [first = '', ...headerLines] = lines.slice(0, -2);
  if (headerLines.length > limits.maxHeaders) {
    const sentence = `The head has ${headerLines.length} headers; at most ${limits.maxHeaders} are allowed. Send fewer.`;
    return { refusal: refuse(HEAD_RULES.tooManyHeaders, sentence) };
  }
  const headers: Header[] = [];
  const parsed = firstLine.parse(first, headers);
  if ('refusal' in parsed) return parsed;
  for (const [index, line] of headerLines.entries()) {
    const result = parseHeaderLine(line, index + 2);
    if ('refusal' in result) return result;
    headers.push(result.header);
  }
  return parsed;
}
