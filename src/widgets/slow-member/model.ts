import { LAB_MEMBER, MAX_ROOM_UNSENT_BYTES, type RoomState } from '../../companion/lab/members.ts';
import { countBytes, countNoun } from '../../text/count.ts';
import { escapeText } from '../../text/escape-text.ts';

/** The length of each message, in bytes: long enough to fill what the system keeps. */
export const MESSAGE_BYTES = 64 * 1024;
/** A run ends at the latest after so many messages: 25 MiB. */
export const MAX_MESSAGES = 400;

/** The member that can stop reading. */
export const SLOW = 'C';

export interface SlowState {
  readonly members: readonly MemberRow[];
  readonly maxUnsentBytes: number;
  /** Whether all three are there. */
  readonly complete: boolean;
  /** Whether C was told to stop. */
  readonly stopped: boolean;
  readonly sending: boolean;
  readonly sent: number;
  /** How many messages B has received. */
  readonly received: number;
  /** The most bytes that waited for C at a time. */
  readonly mostUnsent: number;
}

export interface MemberRow {
  readonly name: string;
  readonly unsentBytes: number;
  readonly closed: string | undefined;
  /** Whether its TCP connection is gone. */
  readonly gone: boolean;
}

export type SlowAction =
  | { readonly type: 'room'; readonly room: RoomState }
  | { readonly type: 'begin' }
  | { readonly type: 'reading'; readonly stopped: boolean }
  | { readonly type: 'sending'; readonly sending: boolean }
  | { readonly type: 'sent' }
  | { readonly type: 'received' };

const row = (name: string): MemberRow => ({ name, unsentBytes: 0, closed: undefined, gone: false });

export const INITIAL_SLOW: SlowState = {
  members: ['A', 'B', SLOW].map(row),
  maxUnsentBytes: MAX_ROOM_UNSENT_BYTES,
  complete: false,
  stopped: false,
  sending: false,
  sent: 0,
  received: 0,
  mostUnsent: 0,
};

export function reduceSlow(state: SlowState, action: SlowAction): SlowState {
  switch (action.type) {
    case 'room':
      return withRoom(state, action.room);
    case 'begin':
      return INITIAL_SLOW;
    case 'reading':
      return { ...state, stopped: action.stopped };
    case 'sending':
      return { ...state, sending: action.sending };
    case 'sent':
      return { ...state, sent: state.sent + 1 };
    case 'received':
      return { ...state, received: state.received + 1 };
  }
}

/** A member that was closed stays in the list when its connection is gone. */
function withRoom(state: SlowState, { members, maxUnsentBytes }: RoomState): SlowState {
  const rows = state.members.map((before): MemberRow => {
    const now = members.find(({ name }) => nameOf(name) === before.name);
    if (now === undefined) return { ...before, unsentBytes: 0, gone: before.closed !== undefined };
    const { statusCode, reason = '' } = now.closed ?? {};
    const closed = now.closed && `${statusCode ?? 'no code'}: ${escapeText(reason)}`;
    return { name: before.name, unsentBytes: now.unsentBytes, closed: closed ?? before.closed, gone: false };
  });
  const slow = rows.find(({ name }) => name === SLOW);
  return {
    ...state,
    members: rows,
    maxUnsentBytes,
    complete:
      state.complete || state.members.every((before) => members.some(({ name }) => nameOf(name) === before.name)),
    mostUnsent: Math.max(state.mostUnsent, slow?.unsentBytes ?? 0),
  };
}

function nameOf(name: string): string {
  return name === LAB_MEMBER ? SLOW : name;
}

/** Whether C was closed by the server. */
export function isSlowClosed({ members }: SlowState): boolean {
  return members.some(({ name, closed }) => name === SLOW && closed !== undefined);
}

/** What is to be seen, in a sentence or two. */
export function summarizeSlow(state: SlowState): string {
  const { stopped, sent, received, mostUnsent, members } = state;
  const slow = members.find(({ name }) => name === SLOW);
  const others = `B has received ${countNoun(received, 'message')} of ${sent}.`;
  if (slow?.closed !== undefined)
    return `The server has closed C with ${slow.closed}. ${slow.gone ? 'C read no close frame either, so the server ended TCP, and its memory is free.' : 'The close frame waits behind the other bytes.'} ${others}`;
  if (sent === 0) return stopped ? 'C reads no more. Now send.' : 'All three read. Let C stop, then send.';
  if (!stopped) return `Everybody reads, nothing waits. ${others}`;
  if (mostUnsent === 0)
    return `${countBytes(sent * MESSAGE_BYTES)} are sent, and nothing waits in the server yet: the system keeps the bytes of C. ${others}`;
  return `The system takes no more for C: ${countBytes(slow?.unsentBytes ?? 0)} wait in the server. ${others}`;
}
