import { type AcceptedRequest, checkRequest } from '../../protocol/handshake/request/check-request.ts';
import { checkTarget } from '../../protocol/handshake/request/request-line-checks.ts';
import { hostName, isAddress, isLoopbackName } from './host.ts';
import { isOwnOrigin, isWelcomeOrigin } from './origin.ts';
import { type HttpRefusal, refusal } from './refusal.ts';
import { checkWatchToken, type UpgradeRequest } from './upgrade-request.ts';

/** The rules of one path, in addition to those of every path. */
export interface PathPolicy {
  /**
   * Whether only the server's own pages may open the path, and only under the server's own name: it shows traffic, or
   * makes some.
   */
  readonly ownPagesOnly?: boolean;
  /** Whether a request without a watch token sees all traffic: such a request may come from this machine only. */
  readonly showsAllWithoutToken?: boolean;
  /** Checks the query of a request that keeps all rules of the handshake. */
  readonly checkDetails?: (request: AcceptedRequest) => HttpRefusal | undefined;
}

/** Where a server can be reached from. */
export interface Reach {
  /** The name or address that the server was told to listen on, in lower case; IPv6 in brackets. */
  readonly host: string;
  /** Whether only this machine can reach it. */
  readonly loopbackOnly: boolean;
}

/** The companion's own rules, in addition to those of the protocol. */
export interface Policy<Route extends PathPolicy = PathPolicy> {
  /** The paths that serve WebSockets. */
  readonly routes: ReadonlyMap<string, Route>;
  /** Allowed origins in addition to loopback and the server's own. */
  readonly allowedOrigins: readonly string[];
  /** Whether taps can be opened. If so, a watch token must be well-formed. */
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
 * Decides whether a request may become a connection: by the companion's rules and by the protocol's. The server uses it
 * to admit requests, and the page uses it to predict the server's answer. RFC 6455 §4.2.
 *
 * @returns the route of the request's path and the checked request, or the first reason against it
 */
export function admit<Route extends PathPolicy>(request: UpgradeRequest, policy: Policy<Route>): Admission<Route> {
  const malformed = request.path === '' ? checkTarget(request.head) : undefined;
  if (malformed !== undefined) return { refused: malformed };
  const route = policy.routes.get(request.path);
  if (route === undefined) {
    const paths = [...policy.routes.keys()].join(', ');
    return { refused: refusal(404, `There is no WebSocket at this path. Connect to one of ${paths}.`, 'no-such-path') };
  }
  const refused =
    refuseOrigin(request, route, policy) ?? refuseToken(request, policy) ?? refuseName(request, route, policy);
  if (refused !== undefined) return { refused };
  const checked = checkRequest(request.head, request);
  if ('refusal' in checked) return { refused: checked.refusal };
  // Last, because any page can make a browser send an ordinary request with a query of any length.
  const unfit = route.checkDetails?.(checked.request);
  return unfit === undefined ? { route, checked } : { refused: unfit };
}

/** A browser lets a page connect to any server, so the server has to decide. RFC 6455 §10.2. */
function refuseOrigin(
  { origin, host }: UpgradeRequest,
  { ownPagesOnly }: PathPolicy,
  { allowedOrigins, listening }: Policy,
): HttpRefusal | undefined {
  const mayAsk = ownPagesOnly ? isOwnOrigin : isWelcomeOrigin;
  if (mayAsk(origin, couldBeOurs(host, listening) ? host : '', allowedOrigins)) return undefined;
  const sentence =
    'Pages from this origin must not connect. To allow them, start the server with --allow-origin and the origin.';
  return refusal(403, sentence, 'foreign-origin');
}

/**
 * Whether the server could have served a page under the name in this Host header. If the server listens only on
 * loopback, somebody pointed any other name at this machine: DNS rebinding.
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
 * After DNS rebinding, a foreign page has the right Origin for the browser. Its name is still in the Host header.
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
      "The tap and the lab are available only under the server's own name, such as localhost. The Host header has another name.";
    return refusal(403, sentence, 'other-name');
  }
  if (!showsAllWithoutToken || watchToken !== undefined || loopbackOnly) return undefined;
  const sentence =
    'You can watch all connections only while the server listens on loopback. Send a watch token to watch your own.';
  return refusal(403, sentence, 'tap-without-token');
}
