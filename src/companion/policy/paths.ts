import {
  BROADCAST_PATH,
  CONFORMANCE_PATH,
  DOCTOR_PATH,
  DUMP_PATH,
  ECHO_PATH,
  LAB_ACT_PATH,
  LAB_MEMBERS_PATH,
  LAB_RAW_PATH,
  LAB_ROOM_PATH,
  POLLING_PATH,
  PRICES_PATH,
  TAP_PATH,
} from '../paths.ts';
import type { PathPolicy } from './admit.ts';
import { checkRoom } from './room.ts';

const OWN: PathPolicy = { ownPagesOnly: true };

/** Every path that serves WebSockets, and who may open it. The handlers are in server/paths/routes.ts. */
export const PATH_POLICIES = {
  [ECHO_PATH]: {},
  [BROADCAST_PATH]: {},
  [PRICES_PATH]: {},
  [DUMP_PATH]: {},
  [TAP_PATH]: { ownPagesOnly: true, showsAllWithoutToken: true },
  [LAB_ACT_PATH]: OWN,
  [LAB_RAW_PATH]: OWN,
  [LAB_ROOM_PATH]: { ownPagesOnly: true, checkDetails: checkRoom },
  [LAB_MEMBERS_PATH]: { ownPagesOnly: true, checkDetails: checkRoom },
  [CONFORMANCE_PATH]: OWN,
  [DOCTOR_PATH]: OWN,
  [POLLING_PATH]: OWN,
} as const satisfies Record<string, PathPolicy>;

export type ServedPath = keyof typeof PATH_POLICIES;

/**
 * The paths of a server.
 *
 * @param taps if false, the server serves only the paths that every page of this machine may open
 */
export function servedPaths(taps: boolean): ReadonlyMap<string, PathPolicy> {
  const paths = Object.entries<PathPolicy>(PATH_POLICIES);
  return new Map(taps ? paths : paths.filter(([, { ownPagesOnly }]) => ownPagesOnly !== true));
}
