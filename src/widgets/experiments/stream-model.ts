import { bytesOfHex } from '../../bytes/hex.ts';
import { dumpFrame, type FrameDump } from '../../inspector/frame/frame-dump.ts';
import type { WireMessage } from '../../inspector/wire/wire.ts';
import { OPCODE } from '../../protocol/framing/opcode.ts';
import { appendToLog, EMPTY_LOG, entryOf, type Log } from '../base/log/log.ts';

/** Older rows are dropped and counted. */
export const MAX_STREAM_ROWS = 2000;

export interface StreamState {
  readonly log: Log;
  readonly openId: number | undefined;
  /** What waits while the list is paused. */
  readonly held: readonly WireMessage[] | undefined;
}

export type StreamAction =
  | { readonly type: 'heard'; readonly messages: readonly WireMessage[] }
  | { readonly type: 'open'; readonly id: number }
  | { readonly type: 'togglePause' }
  | { readonly type: 'clear' };

export const EMPTY_STREAM: StreamState = { log: EMPTY_LOG, openId: undefined, held: undefined };

export function reduceStream(state: StreamState, action: StreamAction): StreamState {
  switch (action.type) {
    case 'heard':
      return state.held === undefined || state.held.length > MAX_STREAM_ROWS
        ? take({ ...state, held: undefined }, [...(state.held ?? []), ...action.messages])
        : { ...state, held: [...state.held, ...action.messages] };
    case 'open':
      return { ...state, openId: action.id };
    case 'togglePause':
      return state.held === undefined ? { ...state, held: [] } : take({ ...state, held: undefined }, state.held);
    case 'clear':
      return { ...state, log: { ...state.log, entries: [], dropped: 0 }, openId: undefined };
  }
}

function take(state: StreamState, messages: readonly WireMessage[]): StreamState {
  const log = appendToLog(
    state.log,
    messages.map((message) => ({ type: 'wire', message })),
  );
  const surplus = Math.max(0, log.entries.length - MAX_STREAM_ROWS);
  return { ...state, log: { ...log, entries: log.entries.slice(surplus), dropped: log.dropped + surplus } };
}

/** The frame of the open row. */
export function openDump({ log, openId }: StreamState): FrameDump | undefined {
  const entry = openId === undefined ? undefined : entryOf(log, openId);
  if (entry?.kind !== 'frame') return undefined;
  const messageOpcode = entry.text ? OPCODE.text : undefined;
  return dumpFrame(bytesOfHex(entry.hex), { messageOpcode, violations: entry.violations });
}
