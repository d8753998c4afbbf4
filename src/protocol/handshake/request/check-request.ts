import { trimWhiteSpace } from '../../trim-white-space.ts';
import { headerTokens, headerValues, type RequestHead } from '../head/head.ts';
import type { Refusal } from '../head/refusal.ts';
import { checkExtensions, checkKeyHeader, checkSubprotocols, checkVersion } from './negotiation-checks.ts';
import { type RequestAddress, readAddress } from './request-address.ts';
import { checkHttpVersion, checkMethod, checkTarget } from './request-line-checks.ts';
import { checkBody, checkConnection, checkHost, checkOrigin, checkUpgrade } from './upgrade-checks.ts';

/** The values that a server needs from a request that keeps every rule. RFC 6455 §4.2.1. */
export interface AcceptedRequest extends RequestAddress {
  readonly key: string;
  /** The subprotocols offered, the client's favorite first. */
  readonly subprotocols: readonly string[];
  /** The extensions offered, each with its parameters as the client wrote them. */
  readonly extensions: readonly string[];
}

/** The result of checking a request. */
export type CheckedRequest = { readonly refusal: Refusal } | { readonly request: AcceptedRequest };

/**
 * The checks in the order in which they decide. Each covers one matter and leaves the rest to the others, so that a
 * request with one mistake is refused by one check.
 *
 * The first refusal is the answer: whether the client asks for WebSocket at all is checked before the details.
 */
export const REQUEST_CHECKS: readonly ((head: RequestHead) => Refusal | undefined)[] = [
  checkMethod,
  checkHttpVersion,
  checkHost,
  checkUpgrade,
  checkConnection,
  checkKeyHeader,
  checkVersion,
  checkBody,
  checkOrigin,
  checkTarget,
  checkSubprotocols,
  checkExtensions,
];

/**
 * Checks a client's opening handshake as a server must. RFC 6455 §4.2.1.
 *
 * The server then decides whether it knows the path and trusts the origin. RFC 6455 §4.2.2.
 *
 * @param address the address of the request, if it has been read before
 */
export function checkRequest(head: RequestHead, address?: RequestAddress): CheckedRequest {
  for (const check of REQUEST_CHECKS) {
    const refusal = check(head);
    if (refusal !== undefined) return { refusal };
  }
  const { host, origin, path, query } = address ?? readAddress(head);
  const request = {
    key: trimWhiteSpace(headerValues(head, 'Sec-WebSocket-Key')[0] ?? ''),
    subprotocols: headerTokens(head, 'Sec-WebSocket-Protocol'),
    extensions: headerTokens(head, 'Sec-WebSocket-Extensions'),
    host,
    origin,
    path,
    query,
  };
  return { request };
}
