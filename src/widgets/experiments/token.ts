import { WATCH_PARAMETER, WATCH_TOKEN } from '../../companion/paths.ts';
import { readHashParameters, writeHashParameters } from '../base/address/hash-parameters.ts';
import { drawToken } from '../base/source/tap.ts';

/** The token that every connection of this page carries. It is kept in the address, and drawn where there is none. */
export function ownToken(): string {
  const found = readHashParameters(location.hash).get(WATCH_PARAMETER) ?? '';
  if (WATCH_TOKEN.test(found)) return found;
  const drawn = drawToken();
  history.replaceState(history.state, '', writeHashParameters(location.hash, { [WATCH_PARAMETER]: drawn }));
  return drawn;
}

/** The address of a path of the companion, for a connection that the stream below shows. */
export function addressOf(path: string): string {
  const url = new URL(path, location.href.replace(/^http/, 'ws'));
  url.hash = '';
  url.searchParams.set(WATCH_PARAMETER, ownToken());
  return url.href;
}
