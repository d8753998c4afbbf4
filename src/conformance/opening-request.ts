import { EXAMPLE_KEY, joinLines } from '../protocol/handshake/head/example-heads.ts';
import { encodeLatin1 } from '../text/latin1.ts';

/** The request with which a case opens its connection, right or wrong. RFC 6455 §4.1. */
export interface OpeningRequest {
  /** The whole head with its empty line; `{target}` and `{host}` stand for the server that is put to the test. */
  readonly head: string;
  /** The key and the subprotocols in it: the response is checked against them. */
  readonly key: string;
  readonly subprotocols: readonly string[];
  /** One write, or one every so many bytes. */
  readonly cut: 'whole' | number;
  /** True to put the first step's bytes into the same write, right behind the head. */
  readonly withFirstStep: boolean;
}

/** The server that is put to the test, as its request names it. */
export interface RequestTarget {
  /** Name or address, with the port. */
  readonly host: string;
  /** Path and query. */
  readonly target: string;
}

/** The lines of a request that keeps every rule. */
export const REQUEST_LINES = [
  'GET {target} HTTP/1.1',
  'Host: {host}',
  'Upgrade: websocket',
  'Connection: Upgrade',
  `Sec-WebSocket-Key: ${EXAMPLE_KEY}`,
  'Sec-WebSocket-Version: 13',
] as const;

/** A request that keeps every rule, with what differs from it. */
export function openingRequest(
  changes: Partial<OpeningRequest> & { readonly lines?: readonly string[] } = {},
): OpeningRequest {
  const { lines = REQUEST_LINES, ...rest } = changes;
  return {
    head: joinLines(...lines),
    key: EXAMPLE_KEY,
    subprotocols: [],
    cut: 'whole',
    withFirstStep: false,
    ...rest,
  };
}

/** The text of the request's head for one server. */
export function formatOpeningRequest({ head }: OpeningRequest, { host, target }: RequestTarget): string {
  return head.replaceAll('{host}', host).replaceAll('{target}', target);
}

/** The bytes of the request's head for one server. */
export function encodeOpeningRequest(request: OpeningRequest, target: RequestTarget): Uint8Array<ArrayBuffer> {
  return encodeLatin1(formatOpeningRequest(request, target));
}
