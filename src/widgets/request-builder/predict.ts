import { companionAt, foreseeRefusal } from '../../companion/policy/foresee.ts';
import type { HttpRefusal } from '../../companion/policy/refusal.ts';
import type { Foresee } from '../../lab/simulate-raw.ts';
import type { RequestHead } from '../../protocol/handshake/head/head.ts';
import { parseRequestHead } from '../../protocol/handshake/head/parse-head.ts';
import type { Refusal } from '../../protocol/handshake/head/refusal.ts';
import { checkRequest, REQUEST_CHECKS } from '../../protocol/handshake/request/check-request.ts';
import { acceptRequest, refuseRequest } from '../../protocol/handshake/response/respond.ts';
import { citeSection } from '../../protocol/rule.ts';
import type { PartName } from './parts.ts';
import { type Request, requestBytes } from './request-lines.ts';

/** A rule that the request breaks. */
export interface BrokenRule {
  /** Undefined for what the server decides for itself, such as the paths that it serves. */
  readonly name: string | undefined;
  readonly requirement: string;
  /** `RFC 6455 §4.2.1` */
  readonly cited: string;
  /** What is wrong in this very request, and what to do. */
  readonly sentence: string;
  /** The part to correct; undefined if it is none of these. */
  readonly part: PartName | undefined;
}

/** What the rules say of a request. */
export interface Prediction {
  /** Undefined: the server waits for more bytes. */
  readonly httpStatus: number | undefined;
  /** `426 Upgrade Required` */
  readonly status: string;
  /** The header lines that decide in the answer. */
  readonly headerLines: readonly string[];
  /** The rule that gives the answer, and the others that are broken too. */
  readonly broken: BrokenRule | undefined;
  readonly others: readonly BrokenRule[];
}

/** What each rule of the handshake requires, by its name. The page passes it in, so that its script carries no sentence about a rule. */
export type Requirements = Readonly<Record<string, string>>;

/** What the companion that served this page would refuse. */
export function foresee({ site }: Request): Foresee {
  const policy = companionAt(site.host);
  return (head) => foreseeRefusal(head, policy);
}

/** The answer that a server must or may give to the request: the companion's order of checks. RFC 6455 §4.2. */
export function predict(request: Request, requirements: Requirements): Prediction {
  const parsed = parseRequestHead(requestBytes(request));
  if (parsed.kind === 'incomplete') {
    return { httpStatus: undefined, status: 'no answer yet', headerLines: [], broken: undefined, others: [] };
  }
  if (parsed.kind === 'refused') return refusedBy([fromRefusal(parsed.refusal, requirements)]);
  const { head } = parsed;
  return refusedBy(allBroken(head, foresee(request)(head), requirements)) ?? accepted(head);
}

interface Broken {
  readonly rule: BrokenRule;
  readonly answer: Pick<Refusal, 'httpStatus' | 'sentence' | 'headers'>;
}

function refusedBy(broken: readonly [Broken, ...Broken[]]): Prediction;
function refusedBy(broken: readonly Broken[]): Prediction | undefined;
function refusedBy([first, ...others]: readonly Broken[]): Prediction | undefined {
  if (first === undefined) return undefined;
  const { httpStatus, reasonPhrase } = refuseRequest(first.answer).head;
  return {
    httpStatus,
    status: `${httpStatus} ${reasonPhrase}`,
    headerLines: first.answer.headers.map(({ name, value }) => `${name}: ${value}`),
    broken: first.rule,
    others: others.map(({ rule }) => rule),
  };
}

function accepted(head: RequestHead): Prediction {
  const checked = checkRequest(head);
  if ('refusal' in checked)
    throw new RangeError(`No check refused what checkRequest refuses: ${checked.refusal.rule}.`);
  const { httpStatus, reasonPhrase, headers } = acceptRequest(checked.request, {});
  const headerLines = headers.map(({ name, value }) => `${name}: ${value}`);
  return { httpStatus, status: `${httpStatus} ${reasonPhrase}`, headerLines, broken: undefined, others: [] };
}

/**
 * Every rule that is broken, the one that decides first. Each check looks at one matter: together they find them all.
 *
 * @param answer undefined if the server accepts the request
 */
function allBroken(head: RequestHead, answer: HttpRefusal | undefined, requirements: Requirements): Broken[] {
  const refusals = REQUEST_CHECKS.flatMap((check) => check(head) ?? []);
  const deciding = refusals.find(({ rule }) => rule === answer?.rule);
  const others = refusals
    .filter((refusal) => refusal !== deciding)
    .map((refusal) => fromRefusal(refusal, requirements));
  if (deciding !== undefined) return [fromRefusal(deciding, requirements), ...others];
  return answer === undefined ? others : [ownRefusal(answer), ...others];
}

/** What the server decides for itself. */
function ownRefusal(answer: HttpRefusal): Broken {
  const ofOrigin = answer.rule === 'foreign-origin';
  const rule: BrokenRule = {
    name: undefined,
    requirement: ofOrigin ? 'The origin is one that the server trusts.' : 'The path is one that the server offers.',
    cited: citeSection(ofOrigin ? '10.2' : '4.2.2'),
    sentence: answer.sentence,
    part: ofOrigin ? 'origin' : 'path',
  };
  return { rule, answer };
}

const PARTS_OF_HEADERS: Readonly<Record<string, PartName>> = {
  Host: 'host',
  Upgrade: 'upgrade',
  Connection: 'connection',
  'Sec-WebSocket-Key': 'key',
  'Sec-WebSocket-Version': 'version',
  Origin: 'origin',
  'Sec-WebSocket-Protocol': 'protocol',
};
const PARTS_OF_RULES: Readonly<Record<string, PartName>> = {
  'method-not-get': 'method',
  'http-version-too-low': 'http',
  'malformed-target': 'path',
  'malformed-line-end': 'form',
  'space-before-colon': 'form',
  'folded-header': 'form',
};

function fromRefusal(refusal: Refusal, requirements: Requirements): Broken {
  const { rule: name, section, sentence, headerName } = refusal;
  const requirement = requirements[name] ?? name;
  const part = PARTS_OF_RULES[name] ?? PARTS_OF_HEADERS[headerName ?? ''];
  return { rule: { name, requirement, cited: citeSection(section), sentence, part }, answer: refusal };
}
