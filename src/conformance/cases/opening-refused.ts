import { HANDSHAKE_RULES, type HandshakeRule } from '../../protocol/handshake/head/refusal.ts';
import { HANDSHAKE_EXAMPLES } from '../../protocol/handshake/rule-examples.ts';
import { HANDSHAKE_REQUIREMENTS } from '../../protocol/handshake/rule-requirements.ts';
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

/** Rules of ours that HTTP, or the RFC, lets another server be milder about. */
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
  // The example has an element too many that is empty: HTTP has its readers skip such (RFC 9110 §5.6.1.2).
  'malformed-subprotocols',
  // That they differ is asked of the client (§4.1), and not repeated where the RFC says what a server looks for.
  'repeated-subprotocol',
  // The example asks for version 8, which servers of its time knew and some still do.
  'unsupported-version-8',
]);

/** Who breaks these asks for no WebSocket: the request is a GET like another. */
const NO_HANDSHAKE: ReadonlySet<string> = new Set([
  'missing-upgrade',
  'upgrade-not-websocket',
  'connection-not-upgrade',
]);

/**
 * Rules of ours that bind nobody else: RFC 9112 §3 lets a reader take several spaces for one, and
 * how many headers are too many is for each server to say.
 */
const OWN_STRICTNESS: ReadonlySet<string> = new Set(['malformed-request-line', 'too-many-headers']);

type RequiredRule = Pick<HandshakeRule, 'name' | 'section' | 'httpStatus'> & { readonly requirement: string };

const RULES = HANDSHAKE_RULES.map((rule) => ({ ...rule, requirement: HANDSHAKE_REQUIREMENTS[rule.name] }));

const ORIGIN_LINE = 'Origin: http://example.com\r\n';

/** Where the rule's own example would be refused for another reason by some. */
const OWN_EXAMPLES: Readonly<Record<string, string>> = {
  'folded-header': openingRequest({ lines: [...REQUEST_LINES, 'X-Folded: one,', ' two'] }).head,
};

/** One case for each rule of the opening handshake, with the rule's own example. */
const BY_RULE = RULES.filter(({ refusedBy, name }) => refusedBy === 'server' && !OWN_STRICTNESS.has(name)).map((rule) =>
  refusedCase(
    rule.name === 'unsupported-version' ? 'unsupported-version-8' : rule.name,
    `A request that breaks the rule ${rule.name}`,
    rule,
    OWN_EXAMPLES[rule.name] ?? forTarget(HANDSHAKE_EXAMPLES[rule.name]),
  ),
);

/** Requests that a server has to refuse. RFC 6455 §4.2.1, §4.2.2, §4.4. */
export const OPENING_REFUSED: readonly ConformanceCase[] = [
  ...BY_RULE,
  ...OPENING_VARIANTS.map(({ rule, variant, title, head, mayOpen }) =>
    refusedCase(`${rule}-${variant}`, title, ruleOf(rule), head, mayOpen),
  ),
  refusedCase(
    'nonsense',
    'Two words that are no request',
    {
      name: 'malformed-request-line',
      section: 'RFC 9112 §3',
      httpStatus: 400,
      requirement: 'What is no request at all is answered with 400, or with the end of TCP.',
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
      requirement: 'Where the service that was asked for is not there, the server answers with an error such as 404.',
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

/** Who takes a body for one waits for it: what the head has announced has to come. */
function withBody(head: string): string {
  return head + 'x'.repeat(Number(/^Content-Length: (\d+)\r$/m.exec(head)?.[1] ?? 0));
}

function ruleOf(name: string): RequiredRule {
  const rule = RULES.find((known) => known.name === name);
  if (rule === undefined) throw new RangeError(`no rule of the opening handshake is named ${name}`);
  return rule;
}
