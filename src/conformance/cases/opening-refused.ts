import { HANDSHAKE_RULES } from '../../protocol/handshake/rules.ts';
import type { HandshakeRule } from '../../protocol/rule.ts';
import type { ConformanceCase, RefusalHeader } from '../case.ts';
import { openingRequest, REQUEST_LINES } from '../opening-request.ts';
import { describedBy } from './forms.ts';
import { OLD_VERSION, OPENING_VARIANTS } from './opening-variants.ts';

/** The headers that HTTP requires with a status. */
const HEADERS_OF_STATUS: Readonly<Record<number, readonly RefusalHeader[]>> = {
  405: [{ name: 'Allow', token: 'GET', section: 'RFC 9110 §15.5.6', always: false }],
  426: [{ name: 'Upgrade', token: 'websocket', section: 'RFC 9110 §15.5.22', always: false }],
};

/** The version that the server supports. The RFC requires it with every status. */
const VERSION_HEADER = { name: 'Sec-WebSocket-Version', token: '13', section: 'RFC 6455 §4.4' };

/** Why a server may open a connection although a rule is broken, by the name of the case or of the rule. */
const WHY_OPEN: Readonly<Record<string, string>> = {
  'malformed-line-end': 'RFC 9112 §2.2 lets a reader accept a single LF.',
  'folded-header': 'RFC 9112 §5.2 lets a server replace the line break with spaces.',
  'head-too-large': 'Every server chooses its own limit.',
  'forbidden-character-in-header': 'RFC 9110 §5.5 lets a reader keep or replace such characters.',
  'malformed-header-name': 'No section obliges a server to refuse such a name.',
  'malformed-key': 'RFC 6455 §4.2.2: a server need not decode the key.',
  'malformed-target': 'RFC 9112 §3 says that a server SHOULD refuse it, not that it MUST.',
  'request-with-body': 'RFC 9110 §9.3.1 does not forbid a body in a GET.',
  'repeated-origin': 'RFC 6455 §4.2.1 lets a server ignore Origin.',
  'no-such-path': 'A server may treat every path alike.',
  'repeated-subprotocol': 'RFC 6455 §4.1 binds the client, and does not oblige the server to check.',
  'unsupported-version-8': OLD_VERSION,
};

/** A request that breaks one of these is an ordinary GET. */
const NO_HANDSHAKE: ReadonlySet<string> = new Set([
  'missing-upgrade',
  'upgrade-not-websocket',
  'connection-not-upgrade',
]);

/**
 * Rules that bind only our own server: RFC 9112 §3 lets a reader accept several spaces, and every server chooses its
 * own limit of headers.
 */
const OWN_STRICTNESS: ReadonlySet<string> = new Set(['malformed-request-line', 'too-many-headers']);

type RequiredRule = Pick<HandshakeRule, 'name' | 'section' | 'httpStatus' | 'requirement'>;

const ORIGIN_LINE = 'Origin: http://example.com\r\n';

/** Replaces the examples of rules that do not suit a test of other servers. */
const OWN_EXAMPLES: Readonly<Record<string, string>> = {
  'folded-header': openingRequest({ lines: [...REQUEST_LINES, 'X-Folded: one,', ' two'] }).head,
  'malformed-subprotocols': openingRequest({ lines: [...REQUEST_LINES, 'Sec-WebSocket-Protocol: chat, super@chat'] })
    .head,
};

/** One case for each rule of the opening handshake, with the example of the rule. */
const BY_RULE = HANDSHAKE_RULES.filter(({ brokenBy, name }) => brokenBy !== 'server' && !OWN_STRICTNESS.has(name)).map(
  (rule) =>
    refusedCase(
      rule.name === 'unsupported-version' ? 'unsupported-version-8' : rule.name,
      `A request that breaks the rule ${rule.name}`,
      rule,
      OWN_EXAMPLES[rule.name] ?? forTarget(rule.example),
    ),
);

/** Requests that a server must refuse. RFC 6455 §4.2.1, §4.2.2, §4.4. */
export const OPENING_REFUSED: readonly ConformanceCase[] = [
  ...BY_RULE,
  ...OPENING_VARIANTS.map(({ rule, variant, title, head, requirement, mayOpen, opensAsWell }) => {
    const required = requirement === undefined ? ruleOf(rule) : { ...ruleOf(rule), requirement };
    const reason = mayOpen === undefined ? whyOpen(`${rule}-${variant}`, rule) : (mayOpen ?? undefined);
    return refusedCase(`${rule}-${variant}`, title, required, head, { mayOpen: reason, opensAsWell });
  }),
  refusedCase(
    'nonsense',
    'Two words that are not a request',
    {
      name: 'malformed-request-line',
      section: 'RFC 9112 §3',
      httpStatus: 400,
      requirement: 'A server answers bytes that are not a request with 400, or closes the TCP connection.',
    },
    'HELLO SERVER\r\n\r\n',
  ),
  refusedCase(
    'no-such-path',
    'A path that does not exist',
    {
      name: 'no-such-path',
      section: '4.2.2',
      httpStatus: 404,
      requirement: 'If the requested service is not available, the server answers with an error such as 404.',
    },
    openingRequest({ lines: ['GET /framelight-no-such-path HTTP/1.1', ...REQUEST_LINES.slice(1)] }).head,
  ),
];

interface Opening {
  readonly mayOpen?: string | undefined;
  readonly opensAsWell?: boolean | undefined;
}

function whyOpen(name: string, rule: string): string | undefined {
  return WHY_OPEN[name] ?? WHY_OPEN[rule];
}

function refusedCase(
  name: string,
  title: string,
  rule: RequiredRule,
  head: string,
  { mayOpen = whyOpen(name, rule.name), opensAsWell = false }: Opening = {},
): ConformanceCase {
  const httpStatus = rule.httpStatus ?? 400;
  const asksForVersion = rule.name.endsWith('-version');
  const text = describedBy({
    id: `4.2.1-refuses-${name}`,
    title,
    section: rule.section,
    requirement: rule.requirement,
    opening: openingRequest({ head: withBody(head) }),
  });
  return {
    ...text,
    rule: rule.name,
    steps: [],
    expectation: {
      type: 'refusal',
      httpStatus,
      headers: [
        ...(HEADERS_OF_STATUS[httpStatus] ?? []),
        ...(asksForVersion ? [{ ...VERSION_HEADER, always: rule.name === 'unsupported-version' }] : []),
      ],
      mayOpen,
      opensAsWell,
      mayServe: NO_HANDSHAKE.has(rule.name),
    },
  };
}

/**
 * The example of a rule is the RFC's own request with one change. That request names the server of the RFC, has its
 * Origin and offers subprotocols, which would be more reasons to refuse.
 */
function forTarget(example: string): string {
  const repeatsOrigin = example.split(ORIGIN_LINE).length > 2;
  return example
    .replace('Sec-WebSocket-Protocol: chat, superchat\r\n', '')
    .replaceAll(ORIGIN_LINE, repeatsOrigin ? 'Origin: http://{host}\r\n' : '')
    .replaceAll('server.example.com', '{host}')
    .replace('/chat HTTP/', '{target} HTTP/');
}

/** A server may wait for the announced body, so it must be sent. */
function withBody(head: string): string {
  return head + 'x'.repeat(Number(/^Content-Length: (\d+)\r$/m.exec(head)?.[1] ?? 0));
}

function ruleOf(name: string): RequiredRule {
  const rule = HANDSHAKE_RULES.find((known) => known.name === name);
  if (rule === undefined) throw new RangeError(`the opening handshake has no rule named ${name}`);
  return rule;
}
