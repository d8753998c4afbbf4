import { quoteText } from '../../quote-text.ts';
import type { HandshakeRule } from '../handshake-rule.ts';
import { REQUEST_RULES } from '../request/rules.ts';
import { RESPONSE_RULES } from '../response/rules.ts';
import type { Header } from './head.ts';
import { HEAD_RULES } from './rules.ts';

export { citeSection, type HandshakeRule } from '../handshake-rule.ts';

const TABLE = [...HEAD_RULES, ...REQUEST_RULES, ...RESPONSE_RULES] as const;

export type HandshakeRuleName = (typeof TABLE)[number]['name'];

/** Every rule of the opening handshake: the form of a head, then the request, then the response. RFC 6455 §4. */
export const HANDSHAKE_RULES: readonly (HandshakeRule & { readonly name: HandshakeRuleName })[] = TABLE;

/** Why a head is refused, as a value: the peer's bytes never throw. */
export interface Refusal {
  readonly rule: HandshakeRuleName;
  /** Of RFC 6455, such as `4.2.1`; of another RFC it is written out. */
  readonly section: string;
  /** What a server answers; 400 where a client refuses, which answers nothing. */
  readonly httpStatus: number;
  /** What was wrong, where, and what to do. */
  readonly sentence: string;
  /** The headers that an answer with this status must have. */
  readonly headers: readonly Header[];
  /** The header that the refusal speaks of, where it is one. */
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

const RULES_BY_NAME = new Map(HANDSHAKE_RULES.map((rule) => [rule.name, rule]));

/**
 * Makes the refusal for a broken rule.
 *
 * @param sentence what was wrong in this very head, and what to do
 * @param headerName the header, where the rule itself does not name it
 * @throws RangeError when there is no such rule
 */
export function refuse(name: HandshakeRuleName, sentence: string, headerName?: string): Refusal {
  const rule = RULES_BY_NAME.get(name);
  if (rule === undefined) throw new RangeError(`No handshake rule is named "${name}".`);
  const httpStatus = rule.httpStatus ?? 400;
  const header = headerName ?? rule.headerName;
  return {
    rule: name,
    section: rule.section,
    httpStatus,
    sentence,
    headers: REQUIRED_HEADERS.get(httpStatus) ?? [],
    ...(header === undefined ? {} : { headerName: header }),
  };
}

const LONGEST_QUOTE = 80;

/** Quotes the peer's text within a sentence: cut when it is long, what cannot be seen escaped. */
export function quote(text: string): string {
  return quoteText(text.length <= LONGEST_QUOTE ? text : `${text.slice(0, LONGEST_QUOTE - 1)}…`);
}
