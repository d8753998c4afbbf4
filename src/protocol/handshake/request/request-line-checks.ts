import { isHost } from '../head/field-grammar.ts';
import type { RequestHead } from '../head/head.ts';
import { quote, type Refusal, refuse } from '../head/refusal.ts';
import { REQUEST_RULES } from './rules.ts';

/** The method is GET. RFC 6455 §4.2.1, item 1. */
export function checkMethod({ method }: RequestHead): Refusal | undefined {
  // Methods are compared with their case: "get" is another one. RFC 9110 §9.1.
  if (method === 'GET') return undefined;
  return refuse(
    REQUEST_RULES.methodNotGet,
    `The method is ${quote(method)}. Send the opening handshake as a GET request.`,
  );
}

/** The HTTP version is 1.1 or higher. RFC 6455 §4.2.1, item 1. */
export function checkHttpVersion({ httpVersion }: RequestHead): Refusal | undefined {
  if (Number(httpVersion) >= 1.1) return undefined;
  return refuse(REQUEST_RULES.httpVersionTooLow, `The HTTP version is ${quote(httpVersion)}. Send HTTP/1.1.`);
}

/** The target is a path or a whole address. RFC 6455 §4.2.1, item 1. */
export function checkTarget({ target }: RequestHead): Refusal | undefined {
  if (parseTarget(target) !== undefined) return undefined;
  const fault = target.includes('#') ? 'has a "#", which never leaves the client' : 'is neither a path nor an address';
  return refuse(
    REQUEST_RULES.malformedTarget,
    `The target ${quote(target)} ${fault}. Send a path that begins with "/".`,
  );
}

const SCHEME = /^(?:https?|wss?):\/\//i;

/**
 * Takes a target apart: `/chat?room=1`, or `ws://server.example.com/chat?room=1`. RFC 9112 §3.2.
 *
 * Characters that browsers do not escape in a path or query, such as `|` and `{`, are kept as they are.
 *
 * @returns undefined if it has another form, or contains a `#`
 */
export function parseTarget(
  target: string,
): { authority: string | undefined; path: string; query: string } | undefined {
  if (target.includes('#')) return undefined;
  const queryMark = target.indexOf('?');
  const beforeQuery = queryMark === -1 ? target : target.slice(0, queryMark);
  const query = queryMark === -1 ? '' : target.slice(queryMark + 1);
  if (target.startsWith('/')) return { authority: undefined, path: beforeQuery, query };
  const [scheme] = SCHEME.exec(beforeQuery) ?? [];
  if (scheme === undefined) return undefined;
  const slash = beforeQuery.indexOf('/', scheme.length);
  const authority = beforeQuery.slice(scheme.length, slash === -1 ? undefined : slash);
  return isHost(authority) ? { authority, path: slash === -1 ? '/' : beforeQuery.slice(slash), query } : undefined;
}
