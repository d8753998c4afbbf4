import type { RequestHead } from '../../protocol/handshake/head/head.ts';
import { type RequestAddress, readAddress } from '../../protocol/handshake/request/request-address.ts';
import { WATCH_PARAMETER, WATCH_TOKEN } from '../paths.ts';

/** A request for a WebSocket: its head, and the parts that the companion's rules need. */
export interface UpgradeRequest extends RequestAddress {
  readonly head: RequestHead;
  /** The token with which a tap can watch the connection. */
  readonly watchToken: string | undefined;
}

/** Reads the parts of a request that the rules need. Checks nothing. */
export function upgradeRequestOf(head: RequestHead): UpgradeRequest {
  const { path, query, host, origin } = readAddress(head);
  return { head, path, query, host, origin, watchToken: watchTokenOf(query) };
}

/** The watch token in a request's query; undefined if there is none. A tap with the same token sees the connection. */
export function watchTokenOf(query: string): string | undefined {
  if (query === '') return undefined;
  return new URLSearchParams(query).get(WATCH_PARAMETER) ?? undefined;
}

/** Checks a watch token. @returns the problem in one sentence, or undefined */
export function checkWatchToken(token: string): string | undefined {
  if (WATCH_TOKEN.test(token)) return undefined;
  return `The ${WATCH_PARAMETER} token must have 16 to 64 characters of A-Z, a-z, 0-9, "_" and "-".`;
}
