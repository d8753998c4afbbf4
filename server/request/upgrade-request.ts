import type { IncomingMessage } from 'node:http';
import { type Header, headerValues, type RequestHead } from '../../src/protocol/handshake/head.ts';
import { parseTarget } from '../../src/protocol/handshake/request-line-checks.ts';
import { watchTokenOf } from './watch-token.ts';

/** A request for a WebSocket, and what decides about it apart from the protocol's own rules. */
export interface UpgradeRequest {
  readonly head: RequestHead;
  /** Empty where the target is malformed. */
  readonly path: string;
  /** Name or address as the client wrote it, with its port. */
  readonly host: string;
  readonly origin: string | undefined;
  /** The token that a tap may watch the connection by. */
  readonly watchToken: string | undefined;
}

/** Takes what Node's parser has read: header names keep their case and order. RFC 9112 §3. */
export function requestHeadOf(request: IncomingMessage): RequestHead {
  const { method = '', url = '', httpVersion } = request;
  return { method, target: url, httpVersion, headers: headersOf(request) };
}

/** Takes the request's head apart. */
export function upgradeRequestOf(head: RequestHead): UpgradeRequest {
  const { authority, path = '', query = '' } = parseTarget(head.target) ?? {};
  return {
    head,
    path,
    // Where the target is a whole address, its host counts and the Host header does not. RFC 9112 §3.2.2.
    host: authority ?? headerValues(head, 'Host')[0] ?? '',
    origin: headerValues(head, 'Origin')[0],
    watchToken: watchTokenOf(query),
  };
}

function headersOf({ rawHeaders }: IncomingMessage): Header[] {
  const headers: Header[] = [];
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    headers.push({ name: rawHeaders[i] as string, value: rawHeaders[i + 1] as string });
  }
  return headers;
}
