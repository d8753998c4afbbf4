import { headerValues, type RequestHead } from '../head/head.ts';
import { parseTarget } from './request-line-checks.ts';

/** The addresses in a request: the server, the origin, the path and the query. RFC 6455 §4.2.1. */
export interface RequestAddress {
  /** Name or address, with the port if the client gave one; empty if it gave neither. */
  readonly host: string;
  readonly origin: string | undefined;
  /** The target up to its question mark; empty if the target is malformed. */
  readonly path: string;
  /** The part after the question mark; empty if there is none. */
  readonly query: string;
}

/** Reads the addresses and checks nothing. If a header that must not repeat does, the first one counts. */
export function readAddress(head: RequestHead): RequestAddress {
  const { authority, path = '', query = '' } = parseTarget(head.target) ?? {};
  return {
    // If the target is a whole address, its host counts and the Host header does not. RFC 9112 §3.2.2.
    host: authority ?? headerValues(head, 'Host')[0] ?? '',
    origin: headerValues(head, 'Origin')[0],
    path,
    query,
  };
}
