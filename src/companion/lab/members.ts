/** The parameter with which a connection to a room names itself. */
export const MEMBER_PARAMETER = 'member';

const MEMBER_NAME = /^[A-Za-z0-9 -]{1,24}$/;

/** The name that a query gives its connection; empty if it gives none that is allowed. */
export function memberNameOf(query: string): string {
  const name = new URLSearchParams(query).get(MEMBER_PARAMETER) ?? '';
  return MEMBER_NAME.test(name) ? name : '';
}

/** The name of the member that the server itself opens, so that there is one that can stop reading. */
export const LAB_MEMBER = 'the server';

/** A member of a room with more unsent bytes is closed with 1008: less than on other paths, so that it takes a moment only. */
export const MAX_ROOM_UNSENT_BYTES = 512 * 1024;

/** What a page can ask of the member that the server opens. */
export type MemberOrder = 'join' | 'stop-reading' | 'read' | 'leave';

/** One member, as the server sees it. */
export interface RoomMemberState {
  readonly name: string;
  /** The bytes that wait in the server, because the system takes no more for this member. */
  readonly unsentBytes: number;
  /** Why the server closed it, while its TCP connection is still there. */
  readonly closed?: { readonly statusCode?: number; readonly reason: string };
}

/** The members of a room at one moment. */
export interface RoomState {
  readonly type: 'members';
  readonly maxUnsentBytes: number;
  readonly members: readonly RoomMemberState[];
}

/** Reads a message about a room; undefined if it is none. Never throws. */
export function parseRoomState(text: string): RoomState | undefined {
  try {
    const value = JSON.parse(text) as RoomState | null;
    const isRight = value?.type === 'members' && Array.isArray(value.members) && value.members.every(isMember);
    return isRight && typeof value.maxUnsentBytes === 'number' ? value : undefined;
  } catch {
    return undefined;
  }
}

function isMember(value: Partial<RoomMemberState> | null): boolean {
  const closed = value?.closed;
  return (
    typeof value?.name === 'string' &&
    typeof value.unsentBytes === 'number' &&
    (closed === undefined || typeof closed?.reason === 'string')
  );
}
