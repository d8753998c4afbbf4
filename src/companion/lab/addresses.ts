import { LAB_ACT_PATH } from '../paths.ts';

export { LAB_ACT_PATH, LAB_MEMBERS_PATH, LAB_RAW_PATH, LAB_ROOM_PATH } from '../paths.ts';

/** The parameter that names the room: {@link ROOM_NAME}. */
export const ROOM_PARAMETER = 'room';

/** A name that cannot be guessed, such as 16 random bytes in hex. */
export const ROOM_NAME = /^[A-Za-z0-9_-]{16,64}$/;

/** How long the lab waits for a connection to end. With `silent-close`, a browser might give up earlier. */
export const ACT_CLOSING_TIMEOUT_MS = 15_000;

/** The parameter that names the act. Without it, the server waits for orders, which are text messages. */
export const ACT_PARAMETER = 'act';

/** The parameters with a detail of the act: a ping's payload in hex, a close frame's reason. */
export const DETAIL_PARAMETERS = ['payload', 'reason'] as const;

/** Path and query of an act, without a watch token. */
export function actTarget(name: string, detail?: { readonly payload: string } | { readonly reason: string }): string {
  const more = Object.entries(detail ?? {}).map(([key, value]) => `&${key}=${encodeURIComponent(value)}`);
  return `${LAB_ACT_PATH}?${ACT_PARAMETER}=${encodeURIComponent(name)}${more.join('')}`;
}
