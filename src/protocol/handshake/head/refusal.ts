import { quoteText } from '../../../text/quote-text.ts';
import type { HandshakeRule } from '../../rule.ts';
import type { Header } from './head.ts';

/** Why a head is refused, as a value: bytes from a peer never cause an exception. */
export interface Refusal {
  /** The name of the rule that was broken. */
  readonly rule: string;
  /** Of RFC 6455, such as `4.2.1`; a section of another RFC is written out. */
  readonly section: string;
  /** The status of a server's answer. A client does not answer: for its refusals this is 400. */
  readonly httpStatus: number;
  /** Says the mistake, its place, and how to fix it. */
  readonly sentence: string;
  /** The headers that an answer with this status must have. */
  readonly headers: readonly Header[];
  /** The header that breaks the rule, if it is one. */
  readonly headerName?: string;
}

const REQUIRED_HEADERS = new Map<number, readonly Header[]>([
  [405, [{ name: 'Allow', value: 'GET' }]],
  [
    426,
    [
      { name: 'Upgrade', value: 'websocket' },
      { name: 'Connection', value: 'Upgrade' },
      { name: 'Sec-WebSocket-Version', value: '13' },
    ],
  ],
]);

/**
 * The refusal of a head that breaks `rule`.
 *
 * @param sentence the mistake in this very head, and how to fix it
 * @param headerName the header, if the rule does not name it
 */
export function refuse(rule: HandshakeRule, sentence: string, headerName = rule.headerName): Refusal {
  const httpStatus = rule.httpStatus ?? 400;
  return {
    rule: rule.name,
    section: rule.section,
    httpStatus,
    sentence,
    headers: REQUIRED_HEADERS.get(httpStatus) ?? [],
    ...(headerName === undefined ? {} : { headerName }),
  };
}

const MAX_QUOTE_LENGTH = 80;

/** Quotes the peer's text within a sentence: long text is cut, invisible characters are escaped. */
export function quote(text: string): string {
  return quoteText(text.length <= MAX_QUOTE_LENGTH ? text : `${text.slice(0, MAX_QUOTE_LENGTH - 1)}…`);
}
