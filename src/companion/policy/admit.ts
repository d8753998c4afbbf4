import { type AcceptedRequest, checkRequest } from '../../protocol/handshake/request/check-request.ts';
import { checkTarget } from '../../protocol/handshake/request/request-line-checks.ts';
import { hostName, isAddress, isLoopbackName } from './host.ts';
import { isOwnOrigin, isWelcomeOrigin } from './origin.ts';
import { type HttpRefusal, refusal } from './refusal.ts';
import { checkWatchToken, type UpgradeRequest } from './upgrade-request.ts';

/** Who may open a path, beyond what holds for every path. */
export interface PathPolicy {
  /**
   * Whether only the server's own pages may open the path, and only under the server's own name: it shows traffic, or
   * makes some.
   */
  readonly ownPagesOnly?: boolean;
  /** Whether a request without a watch token sees all traffic: such a request may come from this machine only. */
  readonly showsAllWithoutToken?: boolean;
  /** What is wrong with a query. Called for a request that keeps all rules of the handshake. */
  readonly checkDetails?: (request: AcceptedRequest) => HttpRefusal | undefined;
}

/** Where a server can be reached. */
export interface Reach {
  /** The name or address that the server was told to listen on, in lower case; IPv6 in brackets. */
  readonly host: string;
  /** Whether only this machine can reach it. */
  readonly loopbackOnly: boolean;
}

/** What a companion decides by, beside the protocol's rules. */
export interface Policy<Route extends PathPolicy = PathPolicy> {
  /** The paths that serve WebSockets. */
  readonly routes: ReadonlyMap<string, Route>;
  /** Origins that are welcome besides loopback and the server's own. */
  readonly allowedOrigins: readonly string[];
  /** Whether taps can be opened: then a watch token must be well-formed. */
  readonly taps: boolean;
  /** Known once the server listens. */
  readonly listening: () => Reach;
}

/** A request that may become a connection. */
export interface Admitted<Route> {
  readonly route: Route;
  readonly checked: { readonly request: AcceptedRequest };
}

export type Admission<Route> = Admitted<Route> | { readonly refused: HttpRefusal };

/**
 * Decides who may connect where, and whether the request keeps the protocol's rules. The server admits by it, and the
 * page predicts by it. RFC 6455 §4.2.
 *
 * @returns the route of the request's path and what the checks read in the request, or the first reason against it
 */
export function admit<Route extends PathPolicy>(request: UpgradeRequest, policy: Policy<Route>): Admission<Route> {
  const malformed = request.path === '' ? checkTarget(request.head) : undefined;
  if (malformed !== undefined) return { refused: malformed };
  const route = policy.routes.get(request.path);
  if (route === undefined) {
    const paths = [...policy.routes.keys()].join(', ');
    return { refused: refusal(404, `No WebSocket is served at this path. These are: ${paths}.`, 'no-such-path') };
  }
  const refused =
    refuseOrigin(request, route, policy) ?? refuseToken(request, policy) ?? refuseName(request, route, policy);
  if (refused !== undefined) return { refused };
  const checked = checkRequest(request.head, request);
  if ('refusal' in checked) return { refused: checked.refusal };
  // Last: any page can make a browser send a request without an upgrade, with a query as long as the page likes.
  const unfit = route.checkDetails?.(checked.request);
  return unfit === undefined ? { route, checked } : { refused: unfit };
}

/** A browser lets a page connect anywhere: the server decides. RFC 6455 §10.2. */
function refuseOrigin(
  { origin, host }: UpgradeRequest,
  { ownPagesOnly }: PathPolicy,
  { allowedOrigins, listening }: Policy,
): HttpRefusal | undefined {
  const mayAsk = ownPagesOnly ? isOwnOrigin : isWelcomeOrigin;
  if (mayAsk(origin, couldBeOurs(host, listening) ? host : '', allowedOrigins)) return undefined;
  const sentence = 'Pages from this origin may not connect. Start the server with --allow-origin and the origin.';
  return refusal(403, sentence, 'foreign-origin');
}

/**
 * Whether the server itself may have served a page under the name in this Host header. If the server listens on loopback
 * only, any other name was made to lead here: DNS rebinding.
 */
function couldBeOurs(host: string, listening: () => Reach): boolean {
  const name = hostName(host);
  if (isLoopbackName(name) || isAddress(name)) return true;
  const { host: own, loopbackOnly } = listening();
  return name === own || !loopbackOnly;
}

function refuseToken({ watchToken }: UpgradeRequest, { taps }: Policy): HttpRefusal | undefined {
  const problem = taps && watchToken !== undefined ? checkWatchToken(watchToken) : undefined;
  return problem === undefined ? undefined : refusal(400, problem, 'malformed-watch-token');
}

/**
 * A page whose name was made to lead to this machine has the right Origin in a browser's eyes, but the name still stands
 * in its Host header.
 */
function refuseName(
  { host, watchToken }: UpgradeRequest,
  { ownPagesOnly, showsAllWithoutToken }: PathPolicy,
  { listening }: Policy,
): HttpRefusal | undefined {
  if (!ownPagesOnly) return undefined;
  const { host: own, loopbackOnly } = listening();
  const name = hostName(host);
  if (!isLoopbackName(name) && name !== own) {
    const sentence =
      "The tap and the lab are open only under the server's own name, such as localhost. The Host header has another name.";
    return refusal(403, sentence, 'other-name');
  }
  if (!showsAllWithoutToken || watchToken !== undefined || loopbackOnly) return undefined;
  const sentence = 'A tap of all connections is open only while the server listens on loopback. Send a watch token.';
  return refusal(403, sentence, 'tap-without-token');
}
