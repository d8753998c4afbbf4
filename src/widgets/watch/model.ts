import { bytesOfHex } from '../../bytes/hex.ts';
import { dumpFrame, type FrameDump } from '../../inspector/frame/frame-dump.ts';
import { withInflated } from '../../inspector/frame/with-inflated.ts';
import type { WireMessage } from '../../inspector/wire/wire.ts';
import { OPCODE } from '../../protocol/framing/opcode.ts';
import { formatNumber } from '../../text/count.ts';
import type { Entry, FrameEntry, HandshakeEntry } from '../base/log/entry.ts';
import { appendToLog, EMPTY_LOG, entryOf, type Log } from '../base/log/log.ts';

/** The state of the tap. */
export type WatchLink =
  | { readonly state: 'looking' }
  | { readonly state: 'watching' }
  /** The page tries again after `waitMs`; undefined if it has given up. */
  | { readonly state: 'gone'; readonly why: string; readonly waitMs: number | undefined };

/** One connection of the reader's own client. */
export interface Watched {
  /** Counts the connections of this page from 1. */
  readonly number: number;
  /** The companion's number for it. A new companion counts from the start again. */
  readonly connection: number;
  /** Whether the tap that is open now reports it. */
  readonly current: boolean;
  /** Empty if the companion no longer had its beginning. */
  readonly path: string;
  readonly remote: string;
  /** When this page first heard of it, in milliseconds since 1970. */
  readonly seenAtMs: number;
  readonly log: Log;
  /** The length of all its rows, in hex digits. */
  readonly hexLength: number;
  /** Messages that the companion did not keep. */
  readonly missed: number;
  readonly request: HandshakeEntry | undefined;
  readonly response: HandshakeEntry | undefined;
  /** The sentence of its end. */
  readonly end: string | undefined;
  /** Who ended it, and the likely cause. */
  readonly why: string | undefined;
  readonly openId: number | undefined;
  /** Whether the newest message opens by itself, as it does until the reader picks a row. */
  readonly followsNewest: boolean;
  readonly held: readonly WireMessage[] | undefined;
}

export interface WatchState {
  readonly link: WatchLink;
  /** In the order in which they were seen. */
  readonly connections: readonly Watched[];
  readonly selected: number | undefined;
  /** Whether the newest connection is selected by itself, as it is until the reader selects one. */
  readonly selectsNewest: boolean;
  readonly seen: number;
  /** Connections that are no longer kept. */
  readonly forgotten: number;
}

export type WatchAction =
  | { readonly type: 'link'; readonly link: WatchLink }
  | { readonly type: 'heard'; readonly messages: readonly WireMessage[]; readonly nowMs: number }
  | { readonly type: 'select'; readonly number: number }
  | { readonly type: 'open'; readonly number: number; readonly id: number }
  | { readonly type: 'togglePause'; readonly number: number }
  | { readonly type: 'clear'; readonly number: number }
  | { readonly type: 'forgetEnded' }
  | { readonly type: 'startOver' };

/** Beyond this number of connections, ended ones are forgotten first, from the oldest on. */
export const MAX_CONNECTIONS = 24;
/** The rows that are kept of one connection. */
export const MAX_ROWS = 5000;
/** In hex digits, for all rows of all connections together: 16 MiB as bytes. */
export const MAX_HEX_LENGTH = 32 * 1024 * 1024;
/** A pause ends when it holds back more messages than this. */
export const MAX_HELD = 5000;

export const INITIAL_WATCH: WatchState = {
  link: { state: 'looking' },
  connections: [],
  selected: undefined,
  selectsNewest: true,
  seen: 0,
  forgotten: 0,
};

export function reduceWatch(state: WatchState, action: WatchAction): WatchState {
  switch (action.type) {
    case 'link':
      return changeLink(state, action.link);
    case 'heard':
      return bound(hear(state, action.messages, action.nowMs));
    case 'select':
      return { ...state, selected: action.number, selectsNewest: false };
    case 'open':
      return change(state, action.number, (watched) => ({ ...watched, openId: action.id, followsNewest: false }));
    case 'togglePause':
      return change(state, action.number, (watched) =>
        watched.held === undefined ? { ...watched, held: [] } : take({ ...watched, held: undefined }, watched.held),
      );
    case 'clear':
      return change(state, action.number, (watched) => ({
        ...watched,
        log: { ...watched.log, entries: [], dropped: 0 },
        ...{ hexLength: 0, missed: 0, openId: undefined, followsNewest: true },
      }));
    case 'forgetEnded':
      return keepOnly(state, ({ end, current }) => end === undefined && current, false);
    case 'startOver':
      return { ...INITIAL_WATCH, link: state.link };
  }
}

/** A new tap reports again what the companion kept. The page must not show that twice. */
function changeLink(state: WatchState, link: WatchLink): WatchState {
  if (link.state !== 'watching') return { ...state, link };
  const connections = state.connections.map((watched) => ({ ...watched, current: false }));
  return { ...state, link, connections };
}

function hear(state: WatchState, messages: readonly WireMessage[], nowMs: number): WatchState {
  const byConnection = new Map<number, WireMessage[]>();
  for (const message of messages) {
    const list = byConnection.get(message.connection);
    if (list === undefined) byConnection.set(message.connection, [message]);
    else list.push(message);
  }
  let next = state;
  for (const [connection, list] of byConnection) next = hearOne(next, connection, list, nowMs);
  return next;
}

function hearOne(state: WatchState, connection: number, list: readonly WireMessage[], nowMs: number): WatchState {
  const open = list.find((message) => message.type === 'open');
  const index = state.connections.findLastIndex(
    (watched) => watched.connection === connection && (watched.current || isSame(watched, open)),
  );
  const known = state.connections[index];
  if (known === undefined) {
    const number = state.seen + 1;
    const watched = hold({ ...freshWatched(number, connection, nowMs), ...startOf(open) }, list);
    const selected = state.selectsNewest ? number : state.selected;
    return { ...state, seen: number, selected, connections: [...state.connections, watched] };
  }
  return { ...state, connections: state.connections.with(index, hearAgain(known, list)) };
}

function hearAgain(known: Watched, list: readonly WireMessage[]): Watched {
  if (known.current) return hold(known, list);
  // Its end was seen, so nothing can be missing.
  if (known.end !== undefined) return known;
  const { number, connection, seenAtMs, path, remote, log } = known;
  const nextId = log.nextId;
  const fresh = { ...freshWatched(number, connection, seenAtMs), path, remote, log: { ...EMPTY_LOG, nextId } };
  return hold(fresh, list);
}

/** Whether a connection that an earlier tap reported is the one that this tap reports under the same number. */
function isSame({ remote, end }: Watched, open: Extract<WireMessage, { type: 'open' }> | undefined): boolean {
  return open === undefined ? end === undefined : open.remote === remote;
}

function startOf(open: Extract<WireMessage, { type: 'open' }> | undefined): Pick<Watched, 'path' | 'remote'> {
  return { path: open?.path ?? '', remote: open?.remote ?? '' };
}

function freshWatched(number: number, connection: number, seenAtMs: number): Watched {
  return {
    ...{ number, connection, current: true, path: '', remote: '', seenAtMs },
    ...{ log: EMPTY_LOG, hexLength: 0, missed: 0 },
    ...{ request: undefined, response: undefined, end: undefined, why: undefined },
    ...{ openId: undefined, followsNewest: true, held: undefined },
  };
}

function hold(watched: Watched, messages: readonly WireMessage[]): Watched {
  if (watched.held === undefined) return take(watched, messages);
  const held = [...watched.held, ...messages.filter(({ type }) => type !== 'chunk')];
  return held.length > MAX_HELD ? take({ ...watched, held: undefined }, held) : { ...watched, held };
}

function take(watched: Watched, messages: readonly WireMessage[]): Watched {
  const events = messages.flatMap((message) =>
    message.type === 'dropped' || message.type === 'chunk' ? [] : [{ type: 'wire' as const, message }],
  );
  const dropped = messages.reduce((sum, message) => sum + (message.type === 'dropped' ? message.messages : 0), 0);
  const log = appendToLog(watched.log, events);
  const added = log.entries.slice(Math.max(0, log.entries.length - (log.nextId - watched.log.nextId)));
  const newest = watched.followsNewest ? added.findLast(isMessage) : undefined;
  const end = added.findLast((entry) => entry.kind === 'end');
  return trimRows({
    ...watched,
    // The JavaScript of this page gets no events for these rows, so none of them waits for one.
    log: { ...log, unheard: EMPTY_LOG.unheard },
    hexLength: watched.hexLength + lengthOf(added),
    missed: watched.missed + dropped,
    request:
      watched.request ?? (added.find((entry) => entry.kind === 'handshake' && entry.fromClient) as HandshakeEntry),
    response:
      watched.response ?? (added.find((entry) => entry.kind === 'handshake' && !entry.fromClient) as HandshakeEntry),
    end: end?.sentence ?? watched.end,
    why: messages.findLast((message) => message.type === 'ending')?.sentence ?? watched.why,
    openId: newest?.id ?? watched.openId,
  });
}

function isMessage(entry: Entry): entry is FrameEntry {
  return entry.kind === 'frame' && entry.fromClient && entry.opcode !== OPCODE.pong;
}

function trimRows(watched: Watched, most = MAX_ROWS): Watched {
  const { log } = watched;
  const surplus = log.entries.length - most;
  if (surplus <= 0) return watched;
  return {
    ...watched,
    log: { ...log, entries: log.entries.slice(surplus), dropped: log.dropped + surplus },
    hexLength: watched.hexLength - lengthOf(log.entries.slice(0, surplus)),
  };
}

function lengthOf(entries: readonly Entry[]): number {
  return entries.reduce((sum, entry) => sum + lengthOfEntry(entry), 0);
}

function lengthOfEntry(entry: Entry): number {
  const inflated = entry.kind === 'frame' ? (entry.inflated?.hex.length ?? 0) : 0;
  return inflated + ('hex' in entry ? entry.hex.length : 0);
}

/** Forgets connections and rows until the rest is within the limits. */
function bound(state: WatchState): WatchState {
  let next = state;
  while (next.connections.length > MAX_CONNECTIONS) {
    const gone = next.connections.find(({ end, current }) => end !== undefined || !current) ?? next.connections[0];
    next = keepOnly(next, (watched) => watched !== gone);
  }
  const total = () => next.connections.reduce((sum, { hexLength }) => sum + hexLength, 0);
  while (total() > MAX_HEX_LENGTH) {
    const largest = next.connections.reduce((most, each) => (each.hexLength > most.hexLength ? each : most));
    const half = Math.floor(largest.log.entries.length / 2);
    next = change(next, largest.number, (watched) => trimRows(watched, half));
  }
  return next;
}

function keepOnly(state: WatchState, isKept: (watched: Watched) => boolean, counts = true): WatchState {
  const connections = state.connections.filter(isKept);
  const gone = state.connections.length - connections.length;
  const isSelected = connections.some(({ number }) => number === state.selected);
  return {
    ...state,
    connections,
    forgotten: state.forgotten + (counts ? gone : 0),
    selected: isSelected ? state.selected : connections.at(-1)?.number,
  };
}

function change(state: WatchState, number: number, by: (watched: Watched) => Watched): WatchState {
  return {
    ...state,
    connections: state.connections.map((watched) => (watched.number === number ? by(watched) : watched)),
  };
}

/** The tab that is open. */
export function selectedOf({ connections, selected }: WatchState): Watched | undefined {
  return connections.find(({ number }) => number === selected);
}

/** The row that is open in a connection. */
export function openEntryOf({ log, openId }: Watched): Entry | undefined {
  return openId === undefined ? undefined : entryOf(log, openId);
}

/** The frame of a row, explained. */
export function dumpOfEntry(entry: Entry | undefined): FrameDump | undefined {
  if (entry?.kind !== 'frame') return undefined;
  const messageOpcode = entry.text ? OPCODE.text : undefined;
  return withInflated(
    dumpFrame(bytesOfHex(entry.hex), { messageOpcode, violations: entry.violations }),
    entry.inflated,
  );
}

/** The state that a tab shows next to its name. */
export interface Standing {
  readonly state: 'opening' | 'open' | 'ended';
  readonly text: string;
}

export function standingOf({ end, current, response }: Watched): Standing {
  if (end !== undefined) return { state: 'ended', text: 'ended' };
  if (!current) return { state: 'ended', text: 'lost' };
  if (response === undefined) return { state: 'opening', text: 'opening' };
  return response.firstLine.includes(' 101') ? { state: 'open', text: 'open' } : { state: 'ended', text: 'refused' };
}

/** A connection in a sentence. */
export function describeWatched(watched: Watched): string {
  const { end, current, remote, missed } = watched;
  const from = remote === '' ? '' : `From ${remote}. `;
  const lost = missed === 0 ? '' : ` The server no longer had ${formatNumber(missed)} of its messages.`;
  if (end !== undefined) return `${from}${end}.${lost}`;
  if (!current) return `${from}The server went away before this page saw the end of this connection.${lost}`;
  const { state } = standingOf(watched);
  const now = { opening: 'The opening handshake is under way.', open: 'It is open.', ended: 'It was refused.' };
  return from + now[state] + lost;
}

/** `14:03:22 /echo`. */
export function nameOf({ path, seenAtMs }: Watched): string {
  const time = new Date(seenAtMs).toLocaleTimeString('en-GB', { hour12: false });
  return `${time} ${path === '' ? 'path unknown' : path}`;
}
