import { bytesOfHex } from '../../bytes/hex.ts';
import { dumpFrame, type FrameDump } from '../../inspector/frame/frame-dump.ts';
import { OPCODE } from '../../protocol/framing/opcode.ts';
import type { Link } from '../base/link/link.ts';
import type { Entry, FrameEntry, HandshakeEntry } from '../base/log/entry.ts';
import { appendToLog, EMPTY_LOG, entryOf, type Log } from '../base/log/log.ts';
import type { SourceEvent } from '../base/source/source.ts';
import type { LinkedFrame } from './address.ts';

/** What is open under the list: a row of it, or a frame that the address named. */
export type Opened =
  | { readonly kind: 'entry'; readonly entry: Entry }
  | { readonly kind: 'linked'; readonly linked: LinkedFrame };

export interface InspectorState {
  readonly link: Link;
  readonly log: Log;
  /** The latest request and response: they stay when their rows are dropped or cleared. */
  readonly request: HandshakeEntry | undefined;
  readonly response: HandshakeEntry | undefined;
  /** Of the page's WebSocket. */
  readonly connection: 'connecting' | 'open' | 'closed';
  readonly opened: Opened | undefined;
  /** The reader has just sent something: its frame opens by itself when it comes. */
  readonly opensNext: boolean;
  /** While paused, what happens is kept back here; undefined while not paused. */
  readonly held: readonly SourceEvent[] | undefined;
}

export type InspectorAction =
  | { readonly type: 'link'; readonly link: Link }
  | { readonly type: 'happened'; readonly events: readonly SourceEvent[] }
  | { readonly type: 'open'; readonly id: number }
  | { readonly type: 'openLinked'; readonly linked: LinkedFrame }
  | { readonly type: 'togglePause' }
  | { readonly type: 'clear' };

/** So many events are kept back by a pause; then the list goes on by itself. */
export const MAX_HELD_EVENTS = 50_000;

/** @param example events of the worked example, which stands there until the page is alive */
export function initialInspectorState(example: readonly SourceEvent[]): InspectorState {
  const empty: InspectorState = {
    link: { state: 'example' },
    log: EMPTY_LOG,
    request: undefined,
    response: undefined,
    connection: 'closed',
    opened: undefined,
    opensNext: true,
    held: undefined,
  };
  return { ...happened(empty, example), opensNext: false };
}

export function reduceInspector(state: InspectorState, action: InspectorAction): InspectorState {
  switch (action.type) {
    case 'link':
      return changeLink(state, action.link);
    case 'happened':
      return state.held === undefined ? happened(state, action.events) : hold(state, action.events, state.held);
    case 'open': {
      const entry = entryOf(state.log, action.id);
      return entry === undefined ? state : { ...state, opened: { kind: 'entry', entry }, opensNext: false };
    }
    case 'openLinked':
      return { ...state, opened: { kind: 'linked', linked: action.linked } };
    case 'togglePause':
      return state.held === undefined ? { ...state, held: [] } : happened({ ...state, held: undefined }, state.held);
    case 'clear':
      return { ...state, log: { ...state.log, entries: [], dropped: 0 } };
  }
}

/**
 * A new source begins with an empty list, but the companion that was lost and found goes on with the old one. What is
 * open stays open until there is something of its own.
 */
function changeLink(state: InspectorState, link: Link): InspectorState {
  const starts = link.state === 'live' || link.state === 'simulated';
  if (link.state === 'simulated' && state.link.state === 'simulated') return { ...state, link };
  if (!starts) return { ...state, link, ...(link.state === 'lost' && { connection: 'closed' as const }) };
  const { nextId, entries, dropped } = state.log;
  const goesOn = state.link.state === 'lost' && link.state === 'live';
  const log = { ...EMPTY_LOG, nextId, ...(goesOn && { entries, dropped }) };
  return { ...state, link, log, connection: 'connecting', held: undefined };
}

function hold(state: InspectorState, events: readonly SourceEvent[], held: readonly SourceEvent[]): InspectorState {
  const all = [...held, ...events];
  return all.length > MAX_HELD_EVENTS ? happened({ ...state, held: undefined }, all) : { ...state, held: all };
}

function happened(state: InspectorState, events: readonly SourceEvent[]): InspectorState {
  const log = appendToLog(state.log, events);
  const added = log.entries.slice(Math.max(0, log.entries.length - (log.nextId - state.log.nextId)));
  const said = events.some((event) => event.type === 'said' && event.topic === 'message');
  const opensNext = state.opensNext || said;
  const next = opensNext ? added.find(isOwnMessage) : undefined;
  const opened = state.opened?.kind === 'entry' ? refreshed(state.opened, log) : state.opened;
  return {
    ...state,
    log,
    request: added.findLast(isRequest) ?? state.request,
    response: added.findLast(isResponse) ?? (added.some(isRequest) ? undefined : state.response),
    connection: connectionAfter(state.connection, events),
    opened: next === undefined ? opened : { kind: 'entry', entry: next },
    opensNext: next === undefined && opensNext,
  };
}

/** The opened row as it is now: what JavaScript was told may have been added to it. */
function refreshed(opened: Extract<Opened, { kind: 'entry' }>, log: Log): Opened {
  const entry = entryOf(log, opened.entry.id);
  return entry === undefined || entry === opened.entry ? opened : { kind: 'entry', entry };
}

function connectionAfter(before: InspectorState['connection'], events: readonly SourceEvent[]) {
  return events.reduce((connection, event) => {
    if (event.type === 'said' && event.topic === 'open') return 'connecting';
    if (event.type !== 'told') return connection;
    return event.topic === 'open' ? 'open' : event.topic === 'close' ? 'closed' : connection;
  }, before);
}

function isOwnMessage(entry: Entry): boolean {
  return entry.kind === 'frame' && entry.fromClient && (entry.opcode === OPCODE.text || entry.opcode === OPCODE.binary);
}

function isRequest(entry: Entry): entry is HandshakeEntry {
  return entry.kind === 'handshake' && entry.fromClient;
}

function isResponse(entry: Entry): entry is HandshakeEntry {
  return entry.kind === 'handshake' && !entry.fromClient;
}

/** A row's frame with all that can be said of it. */
export function dumpOf(entry: FrameEntry): FrameDump {
  const messageOpcode = entry.text ? OPCODE.text : undefined;
  return dumpFrame(bytesOfHex(entry.hex), { messageOpcode, violations: entry.violations });
}

/** The frame that is open, if any: the address names it. */
export function openedHex({ opened }: InspectorState): string | undefined {
  if (opened?.kind === 'entry') return opened.entry.kind === 'frame' ? opened.entry.hex : undefined;
  return opened !== undefined && 'dump' in opened.linked ? opened.linked.dump.hex : undefined;
}
