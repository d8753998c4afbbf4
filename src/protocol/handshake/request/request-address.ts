import { headerValues, type RequestHead } from '../head/head.ts';
import { parseTarget } from './request-line-checks.ts';

/** Who asks which server for what. RFC 6455 §4.2.1. */
export interface RequestAddress {
  /** Name or address, with the port if the client gave one; empty if it gave neither. */
  readonly host: string;
  readonly origin: string | undefined;
  /** The target up to its question mark; empty if the target is malformed. */
  readonly path: string;
  /** What follows the question mark; empty if there is none. */
  readonly query: string;
}

/** Reads who asks for what, and judges nothing: of headers that must not repeat, the first counts. */
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
