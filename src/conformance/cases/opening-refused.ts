import { HANDSHAKE_RULES } from '../../protocol/handshake/rules.ts';
import type { HandshakeRule } from '../../protocol/rule.ts';
import type { ConformanceCase, RefusalHeader } from '../case.ts';
import { openingRequest, REQUEST_LINES } from '../opening-request.ts';
import { describedBy } from './forms.ts';
import { OPENING_VARIANTS } from './opening-variants.ts';

/** What an answer with this status has to carry by the rules of HTTP. */
const HEADERS_OF_STATUS: Readonly<Record<number, readonly RefusalHeader[]>> = {
  405: [{ name: 'Allow', token: 'GET', section: 'RFC 9110 §15.5.6', always: false }],
  426: [{ name: 'Upgrade', token: 'websocket', section: 'RFC 9110 §15.5.22', always: false }],
};

/** The version that the server knows; the RFC demands it whatever the status. */
const VERSION_HEADER = { name: 'Sec-WebSocket-Version', token: '13', section: 'RFC 6455 §4.4' };

/** Rules of ours that HTTP or the RFC does not force on every server. */
const MAY_OPEN: ReadonlySet<string> = new Set([
  'malformed-line-end',
  'folded-header',
  'head-too-large',
  'forbidden-character-in-header',
  'malformed-header-name',
  'malformed-host',
  'malformed-key',
  'malformed-target',
  'request-with-body',
  'repeated-origin',
  'no-such-path',
  // Our case sends a list of empty elements, which a reader skips (RFC 9110 §5.6.1.2). Then nothing is left to refuse.
  'malformed-subprotocols',
  // The RFC demands this of the client (§4.1), and does not say that the server must check it.
  'repeated-subprotocol',
  // The example asks for version 8, which servers of its time knew and some still do.
  'unsupported-version-8',
]);

/** Breaking one of these makes the request an ordinary GET. */
const NO_HANDSHAKE: ReadonlySet<string> = new Set([
  'missing-upgrade',
  'upgrade-not-websocket',
  'connection-not-upgrade',
]);

/**
 * Rules of ours that bind no other server: RFC 9112 §3 lets a reader treat several spaces as one, and each server
 * chooses its own limit of headers.
 */
const OWN_STRICTNESS: ReadonlySet<string> = new Set(['malformed-request-line', 'too-many-headers']);

type RequiredRule = Pick<HandshakeRule, 'name' | 'section' | 'httpStatus' | 'requirement'>;

const ORIGIN_LINE = 'Origin: http://example.com\r\n';

/** For rules whose own example some servers would refuse for another reason. */
const OWN_EXAMPLES: Readonly<Record<string, string>> = {
  'folded-header': openingRequest({ lines: [...REQUEST_LINES, 'X-Folded: one,', ' two'] }).head,
  'malformed-subprotocols': openingRequest({ lines: [...REQUEST_LINES, 'Sec-WebSocket-Protocol: ,, ,'] }).head,
};

/** One case for each rule of the opening handshake, with the rule's own example. */
const BY_RULE = HANDSHAKE_RULES.filter(({ brokenBy, name }) => brokenBy !== 'server' && !OWN_STRICTNESS.has(name)).map(
  (rule) =>
    refusedCase(
      rule.name === 'unsupported-version' ? 'unsupported-version-8' : rule.name,
      `A request that breaks the rule ${rule.name}`,
      rule,
      OWN_EXAMPLES[rule.name] ?? forTarget(rule.example),
    ),
);

/** Requests that a server has to refuse. RFC 6455 §4.2.1, §4.2.2, §4.4. */
export const OPENING_REFUSED: readonly ConformanceCase[] = [
  ...BY_RULE,
  ...OPENING_VARIANTS.map(({ rule, variant, title, head, mayOpen, eitherIsRight }) =>
    refusedCase(`${rule}-${variant}`, title, ruleOf(rule), head, mayOpen, eitherIsRight),
  ),
  refusedCase(
    'nonsense',
    'Two words that are no request',
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
    'A path that nothing answers at',
    {
      name: 'no-such-path',
      section: '4.2.2',
      httpStatus: 404,
      requirement: 'If the requested service is not available, the server answers with an error such as 404.',
    },
    openingRequest({ lines: ['GET /framelight-no-such-path HTTP/1.1', ...REQUEST_LINES.slice(1)] }).head,
  ),
];

function refusedCase(
  name: string,
  title: string,
  rule: RequiredRule,
  head: string,
  mayOpen = name === 'nonsense' || MAY_OPEN.has(rule.name) || MAY_OPEN.has(name),
  eitherIsRight = false,
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
      ...(eitherIsRight ? { eitherIsRight } : {}),
      mayServe: NO_HANDSHAKE.has(rule.name),
    },
  };
}

/**
 * The examples of the rules are the RFC's own request with one thing changed: it names the server of the RFC, and offers
 * subprotocols. A foreign Origin, or a subprotocol that nobody knows, would be a second reason to refuse.
 */
function forTarget(example: string): string {
  const repeatsOrigin = example.split(ORIGIN_LINE).length > 2;
  return example
    .replace('Sec-WebSocket-Protocol: chat, superchat\r\n', '')
    .replaceAll(ORIGIN_LINE, repeatsOrigin ? 'Origin: http://{host}\r\n' : '')
    .replaceAll('server.example.com', '{host}')
    .replace('/chat HTTP/', '{target} HTTP/');
}

/** A server that takes the body as announced waits for it, so it has to be sent. */
function withBody(head: string): string {
  return head + 'x'.repeat(Number(/^Content-Length: (\d+)\r$/m.exec(head)?.[1] ?? 0));
}

function ruleOf(name: string): RequiredRule {
  const rule = HANDSHAKE_RULES.find((known) => known.name === name);
  if (rule === undefined) throw new RangeError(`no rule of the opening handshake is named ${name}`);
  return rule;
}
