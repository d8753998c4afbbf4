import type { DeflateOffer } from '../protocol/extensions/permessage-deflate/parameters.ts';
import { EXAMPLE_KEY, joinLines } from '../protocol/handshake/head/example-heads.ts';
import { encodeLatin1 } from '../text/latin1.ts';

/** The request with which a case opens its connection, correct or not. RFC 6455 §4.1. */
export interface OpeningRequest {
  /** The whole head with its empty line; `{target}` and `{host}` stand for those of the server under test. */
  readonly head: string;
  /** The key and the subprotocols in the head. The response is checked against them. */
  readonly key: string;
  readonly subprotocols: readonly string[];
  /** The offers of permessage-deflate in the head that a server may accept; undefined if the head has none at all. */
  readonly deflate?: readonly DeflateOffer[];
  /** All in one write, or N bytes in each write. */
  readonly cut: 'whole' | number;
  /** True to send the first step's bytes together with the head, before the response. */
  readonly withFirstStep: boolean;
}

/** The server under test, as a request names it. */
export interface RequestTarget {
  /** Name or address, with the port. */
  readonly host: string;
  /** Path and query. */
  readonly target: string;
}

/** The lines of a correct request. */
export const REQUEST_LINES = [
  'GET {target} HTTP/1.1',
  'Host: {host}',
  'Upgrade: websocket',
  'Connection: Upgrade',
  `Sec-WebSocket-Key: ${EXAMPLE_KEY}`,
  'Sec-WebSocket-Version: 13',
] as const;

/** A correct request with some changes. */
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

/** The head of the request, as text, for one server. */
export function formatOpeningRequest({ head }: OpeningRequest, { host, target }: RequestTarget): string {
  return head.replaceAll('{host}', host).replaceAll('{target}', target);
}

/** The head of the request, as bytes, for one server. */
export function encodeOpeningRequest(request: OpeningRequest, target: RequestTarget): Uint8Array<ArrayBuffer> {
  return encodeLatin1(formatOpeningRequest(request, target));
}
