import { WATCH_PARAMETER, WATCH_TOKEN } from '../../src/companion/paths.ts';

/** The token in a request's query by which a tap finds the connections it watches; undefined where there is none. */
export function watchTokenOf(query: string): string | undefined {
  if (query === '') return undefined;
  return new URLSearchParams(query).get(WATCH_PARAMETER) ?? undefined;
}

/** What is wrong with a token, in one sentence; undefined where nothing is. */
export function checkWatchToken(token: string): string | undefined {
  if (WATCH_TOKEN.test(token)) return undefined;
  return `The ${WATCH_PARAMETER} token must be 16 to 64 of A-Z, a-z, 0-9, "_" and "-"; this one is not.`;
}
