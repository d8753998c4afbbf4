import type { RequestHead } from '../../protocol/handshake/head/head.ts';
import { type RequestAddress, readAddress } from '../../protocol/handshake/request/request-address.ts';
import { WATCH_PARAMETER, WATCH_TOKEN } from '../paths.ts';

/** A request for a WebSocket: its head, and what the companion's own decisions need of it, read once. */
export interface UpgradeRequest extends RequestAddress {
  readonly head: RequestHead;
  /** The token that a tap may watch the connection by. */
  readonly watchToken: string | undefined;
}

/** Reads who asks for what. Nothing is checked here. */
export function upgradeRequestOf(head: RequestHead): UpgradeRequest {
  const { path, query, host, origin } = readAddress(head);
  return { head, path, query, host, origin, watchToken: watchTokenOf(query) };
}

/** The token in a request's query by which a tap finds the connections it watches; undefined if there is none. */
export function watchTokenOf(query: string): string | undefined {
  if (query === '') return undefined;
  return new URLSearchParams(query).get(WATCH_PARAMETER) ?? undefined;
}

/** What is wrong with a token, in one sentence; undefined if nothing is. */
export function checkWatchToken(token: string): string | undefined {
  if (WATCH_TOKEN.test(token)) return undefined;
  return `The ${WATCH_PARAMETER} token must be 16 to 64 of A-Z, a-z, 0-9, "_" and "-"; this one is not.`;
}
