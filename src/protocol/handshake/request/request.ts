import { checkKey } from '../accept/accept-key.ts';
import { isToken } from '../head/field-grammar.ts';
import type { Header, RequestHead } from '../head/head.ts';
import { WEBSOCKET_VERSION } from './negotiation-checks.ts';

/** The content of a client's request. */
export interface ClientRequest {
  /** Name or address of the server, with the port if it is not the usual one. */
  readonly host: string;
  /** Path and query: `/chat?room=1`. */
  readonly target: string;
  /** 16 random bytes in base64, new for every connection: see `encodeKey`. */
  readonly key: string;
  /** In the client's order of preference. */
  readonly subprotocols?: readonly string[];
  /** The value of Sec-WebSocket-Extensions, if any are offered. RFC 6455 §9.1. */
  readonly extensions?: string | undefined;
  /** A browser always sends it; a program may leave it out. */
  readonly origin?: string;
  /** More headers, such as Cookie, sent after the others. */
  readonly headers?: readonly Header[];
}

/**
 * Makes the request that opens a connection. RFC 6455 §4.1.
 *
 * @throws RangeError if the key is malformed, or a subprotocol is not a token or appears twice
 */
export function createRequest(options: ClientRequest): RequestHead {
  const { subprotocols = [] } = options;
  const problem = checkKey(options.key);
  if (problem !== undefined) throw new RangeError(`The key is malformed. ${problem.sentence}`);
  const unfit = subprotocols.find((name, index) => !isToken(name) || subprotocols.indexOf(name) < index);
  if (unfit !== undefined)
    throw new RangeError(`The subprotocol ${JSON.stringify(unfit)} is not a token or appears twice.`);
  const headers: Header[] = [
    { name: 'Host', value: options.host },
    { name: 'Upgrade', value: 'websocket' },
    { name: 'Connection', value: 'Upgrade' },
    { name: 'Sec-WebSocket-Key', value: options.key },
    { name: 'Sec-WebSocket-Version', value: WEBSOCKET_VERSION },
  ];
  if (options.origin !== undefined) headers.push({ name: 'Origin', value: options.origin });
  if (subprotocols.length > 0) headers.push({ name: 'Sec-WebSocket-Protocol', value: subprotocols.join(', ') });
  if (options.extensions !== undefined) headers.push({ name: 'Sec-WebSocket-Extensions', value: options.extensions });
  headers.push(...(options.headers ?? []));
  return { method: 'GET', target: options.target, httpVersion: '1.1', headers };
}
