import { ECHO_PATH, WATCH_PARAMETER, WATCH_TOKEN } from '../../companion/paths.ts';
import { readHashParameters, writeHashParameters } from '../base/address/hash-parameters.ts';

/** The token in the address of the page; undefined where there is none, or one that the server would refuse. */
export function tokenOfHash(hash: string): string | undefined {
  const token = readHashParameters(hash).get(WATCH_PARAMETER) ?? '';
  return WATCH_TOKEN.test(token) ? token : undefined;
}

/** `#watch=…`: with it, a reload goes on watching. */
export function hashOfToken(token: string): string {
  return writeHashParameters('', { [WATCH_PARAMETER]: token });
}

/** Where the reader's client connects. */
export function watchedAddress(origin: { readonly protocol: string; readonly host: string }, token: string): string {
  const scheme = origin.protocol === 'https:' ? 'wss' : 'ws';
  return `${scheme}://${origin.host}${ECHO_PATH}?${WATCH_PARAMETER}=${token}`;
}
