import { LAB_ACT_PATH } from '../paths.ts';

export { LAB_ACT_PATH, LAB_RAW_PATH, LAB_ROOM_PATH } from '../paths.ts';

/** The parameter that names the room: {@link ROOM_NAME}. */
export const ROOM_PARAMETER = 'room';

/** A name that nobody finds by chance: 16 random bytes in hex fit. */
export const ROOM_NAME = /^[A-Za-z0-9_-]{16,64}$/;

/** How long the lab waits for the end of a connection: with `silent-close` the browser may give up before. */
export const ACT_CLOSING_TIMEOUT_MS = 15_000;

/** The parameter that names the act; without it the server waits for orders, which are text messages. */
export const ACT_PARAMETER = 'act';

/** The parameters that say more: a ping's payload in hex, a close frame's reason. */
export const DETAIL_PARAMETERS = ['payload', 'reason'] as const;

/** Where an act is done: path and query, without a watch token. */
export function actTarget(name: string, detail?: { readonly payload: string } | { readonly reason: string }): string {
  const more = Object.entries(detail ?? {}).map(([key, value]) => `&${key}=${encodeURIComponent(value)}`);
  return `${LAB_ACT_PATH}?${ACT_PARAMETER}=${encodeURIComponent(name)}${more.join('')}`;
}
