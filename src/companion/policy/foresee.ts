import { hasHeaderToken, type RequestHead } from '../../protocol/handshake/head/head.ts';
import { checkTarget } from '../../protocol/handshake/request/request-line-checks.ts';
import { checkHost } from '../../protocol/handshake/request/upgrade-checks.ts';
import { admit, type Policy } from './admit.ts';
import { hostName, isLoopbackName } from './host.ts';
import { servedPaths } from './paths.ts';
import { type HttpRefusal, refusal } from './refusal.ts';
import { upgradeRequestOf } from './upgrade-request.ts';

/**
 * The policy that a page assumes if no companion is running: one that was started without options, under the name that
 * the page was loaded from.
 *
 * @param host of the page, with its port
 */
export function companionAt(host: string): Policy {
  const name = hostName(host);
  const reach = { host: name, loopbackOnly: isLoopbackName(name) };
  return { routes: servedPaths(true), allowedOrigins: [], taps: true, listening: () => reach };
}

/**
 * Predicts why a companion refuses a request, without asking it. RFC 6455 §4.2.2.
 *
 * @returns undefined if the companion answers 101
 */
export function foreseeRefusal(head: RequestHead, policy: Policy): HttpRefusal | undefined {
  const request = upgradeRequestOf(head);
  const asks = hasHeaderToken(head, 'Upgrade', 'websocket') && hasHeaderToken(head, 'Connection', 'upgrade');
  if (!asks && !policy.routes.has(request.path)) return foreseeFromSite(head);
  const admitted = admit(request, policy);
  return 'refused' in admitted ? admitted.refused : undefined;
}

/** On other paths, a request that does not ask for a WebSocket goes to the site. A page does not know the site's files. */
function foreseeFromSite(head: RequestHead): HttpRefusal {
  const malformed = checkHost(head) ?? checkTarget(head);
  if (malformed !== undefined) return malformed;
  if (head.method === 'GET' || head.method === 'HEAD') return refusal(404, 'There is no such page.', 'no-such-page');
  const headers = [{ name: 'Allow', value: 'GET, HEAD' }];
  return { ...refusal(405, 'Use GET to read the site.', 'site-is-read-with-get'), headers };
}
