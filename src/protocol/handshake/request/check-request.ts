import { trimWhiteSpace } from '../head/field-grammar.ts';
import { headerElements, headerTokens, headerValues, type RequestHead } from '../head/head.ts';
import type { Refusal } from '../head/refusal.ts';
import { type RequestAddress, readAddress } from '../request-address.ts';
import { checkExtensions, checkKeyHeader, checkSubprotocols, checkVersion } from './negotiation-checks.ts';
import { checkHttpVersion, checkMethod, checkTarget } from './request-line-checks.ts';
import { checkBody, checkConnection, checkHost, checkOrigin, checkUpgrade } from './upgrade-checks.ts';

/** What a server takes from a request that keeps every rule. RFC 6455 §4.2.1. */
export interface AcceptedRequest extends RequestAddress {
  readonly key: string;
  /** The subprotocols offered, the client's favorite first. */
  readonly subprotocols: readonly string[];
  /** The extensions offered, each with its parameters as they came. */
  readonly extensions: readonly string[];
}

/** What checking a request came to. */
export type CheckedRequest = { readonly refusal: Refusal } | { readonly request: AcceptedRequest };

/**
 * The checks in the order in which they decide. Each looks at one matter and passes where another check decides, so
 * that a request with one mistake is refused by one check.
 *
 * The first refusal is the answer: what is no WebSocket request at all is told so before its details are looked at.
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
 * Whether the path is known and the origin welcome is for the server to decide. RFC 6455 §4.2.2.
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
    subprotocols: headerElements(head, 'Sec-WebSocket-Protocol'),
    extensions: headerTokens(head, 'Sec-WebSocket-Extensions'),
    host,
    origin,
    path,
    query,
  };
  return { request };
}
