import { type AcceptedRequest, checkRequest } from '../../src/protocol/handshake/check-request.ts';
import type { Refusal } from '../../src/protocol/handshake/refusal.ts';
import type { Route } from '../paths/routes.ts';
import type { Listening } from '../request/listening.ts';
import { hostName, isAddress, isLoopbackName, isOwnOrigin, isWelcomeOrigin } from '../request/origin.ts';
import type { UpgradeRequest } from '../request/upgrade-request.ts';
import { checkWatchToken } from '../request/watch-token.ts';

/** An answer other than 101. */
export interface HttpRefusal extends Pick<Refusal, 'httpStatus' | 'sentence' | 'headers'> {
  /** The name of the rule that was broken: the protocol's, or one of this server's own. The log counts by it. */
  readonly rule: string;
}

/**
 * @param sentence what was wrong, and what to do
 * @param rule the name of what was broken
 */
export function refusal(httpStatus: number, sentence: string, rule = `refused-${httpStatus}`): HttpRefusal {
  return { httpStatus, sentence, headers: [], rule };
}

/** What this server decides by, beside the protocol's rules. */
export interface AdmissionRules {
  readonly routes: ReadonlyMap<string, Route>;
  /** Origins that are welcome besides loopback and the server's own. */
  readonly allowedOrigins: readonly string[];
  /** Whether taps can be opened: then a token must be one. */
  readonly taps: boolean;
  /** Known once the server listens. */
  readonly listening: () => Listening;
}

/** A request that may become a connection. */
export interface Admitted {
  readonly route: Route;
  readonly checked: { readonly request: AcceptedRequest };
}

/**
 * Decides who may connect where, and whether the request keeps the protocol's rules. RFC 6455 §4.2.
 *
 * @returns the route of the request's path and what the checks found in it, or why not
 */
export function admit(
  request: UpgradeRequest,
  { routes, allowedOrigins, taps, listening }: AdmissionRules,
): Admitted | { readonly refused: HttpRefusal } {
  const { path, origin, host, watchToken } = request;
  const route = routes.get(path);
  if (route === undefined) {
    const paths = [...routes.keys()].join(', ');
    return { refused: refusal(404, `No WebSocket is served at this path. These are: ${paths}.`, 'no-such-path') };
  }
  const mayAsk = route.ownPagesOnly ? isOwnOrigin : isWelcomeOrigin;
  if (!mayAsk(origin, couldBeOurs(host, listening) ? host : '', allowedOrigins)) {
    const sentence = 'Pages from this origin may not connect. Start the server with --allow-origin and the origin.';
    return { refused: refusal(403, sentence, 'foreign-origin') };
  }
  const tokenProblem = taps && watchToken !== undefined ? checkWatchToken(watchToken) : undefined;
  if (tokenProblem !== undefined) return { refused: refusal(400, tokenProblem, 'malformed-watch-token') };
  const refused = route.admit?.(request);
  if (refused !== undefined) return { refused };
  const checked = checkRequest(request.head);
  if ('refusal' in checked) return { refused: checked.refusal };
  // Last: any page can have a browser send a request without an upgrade, and its details are as long as it likes.
  const unfit = route.checkDetails?.(request);
  return unfit === undefined ? { route, checked } : { refused: unfit };
}

/**
 * Whether a page that was loaded under the name in this Host header may be the server's own. While the server listens on
 * loopback, who comes under another name was led here by a name that is not ours: DNS rebinding.
 */
function couldBeOurs(host: string, listening: () => Listening): boolean {
  const name = hostName(host);
  if (isLoopbackName(name) || isAddress(name)) return true;
  const { host: own, loopbackOnly } = listening();
  return name === own || !loopbackOnly;
}
