import { bytesOfHex } from '../../../bytes/hex.ts';
import { dumpFrame, type FrameDump, withInflated } from '../../../inspector/frame/frame-dump.ts';
import { OPCODE } from '../../../protocol/framing/opcode.ts';
import { escapeText } from '../../../text/escape-text.ts';
import { decodeLatin1 } from '../../../text/latin1.ts';
import type { Link } from '../../base/link/link.ts';
import type { Entry, FrameEntry, HandshakeEntry } from '../../base/log/entry.ts';
import { appendToLog, EMPTY_LOG, entryOf, type Log } from '../../base/log/log.ts';
import type { SourceEvent } from '../../base/source/source.ts';
import type { ShownFrame, Stage } from '../first/stage.ts';
import type { LinkedFrame } from './address.ts';

/** What is open: a row of the list, a frame that the address named, or the frame that was shown before all this ran. */
export type Opened =
  | { readonly kind: 'entry'; readonly entry: Entry; readonly origin: LogOrigin }
  | { readonly kind: 'linked'; readonly linked: LinkedFrame }
  | { readonly kind: 'first'; readonly shown: ShownFrame };

/** Where the rows of the list come from. */
export type LogOrigin = 'live' | 'simulated';

export interface InspectorState {
  readonly link: Link;
  readonly log: Log;
  readonly logOrigin: LogOrigin;
  /** The latest request and response: they stay when their rows are dropped or cleared. */
  readonly request: HandshakeEntry | undefined;
  readonly response: HandshakeEntry | undefined;
  /** Of the page's WebSocket. */
  readonly connection: 'connecting' | 'open' | 'closed';
  readonly opened: Opened | undefined;
  /** Counts the frames that have opened by themselves. */
  readonly arrivals: number;
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

/** @param first what was shown before: an example, or a frame of the reader's own */
export function initialInspectorState({ link, shown, arrivals }: Stage): InspectorState {
  return {
    link,
    log: EMPTY_LOG,
    logOrigin: 'live',
    request: undefined,
    response: undefined,
    connection: 'closed',
    opened: shown && { kind: 'first', shown },
    arrivals,
    opensNext: true,
    held: undefined,
  };
}

export function reduceInspector(state: InspectorState, action: InspectorAction): InspectorState {
  switch (action.type) {
    case 'link':
      return changeLink(state, action.link);
    case 'happened':
      return state.held === undefined ? happened(state, action.events) : hold(state, action.events, state.held);
    case 'open': {
      const entry = entryOf(state.log, action.id);
      if (entry === undefined) return state;
      return { ...state, opened: { kind: 'entry', entry, origin: state.logOrigin }, opensNext: false };
    }
    case 'openLinked':
      return { ...state, opened: { kind: 'linked', linked: action.linked }, opensNext: false };
    case 'togglePause':
      return state.held === undefined ? { ...state, held: [] } : happened({ ...state, held: undefined }, state.held);
    case 'clear':
      return { ...state, log: { ...state.log, entries: [], dropped: 0 }, opened: undefined, opensNext: false };
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
  const logOrigin = link.state === 'live' ? 'live' : 'simulated';
  return { ...state, link, log, logOrigin, connection: 'connecting', held: undefined };
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
  const isNew = next !== undefined && next.hex !== openedHex(state);
  return {
    ...state,
    log,
    request: added.findLast(isRequest) ?? state.request,
    response: added.findLast(isResponse) ?? (added.some(isRequest) ? undefined : state.response),
    connection: connectionAfter(state.connection, events),
    opened: next === undefined ? opened : { kind: 'entry', entry: next, origin: state.logOrigin },
    arrivals: state.arrivals + (isNew ? 1 : 0),
    opensNext: next === undefined && opensNext,
  };
}

/** The opened row as it is now: what JavaScript was told may have been added to it. */
function refreshed(opened: Extract<Opened, { kind: 'entry' }>, log: Log): Opened {
  const entry = entryOf(log, opened.entry.id);
  return entry === undefined || entry === opened.entry ? opened : { ...opened, entry };
}

function connectionAfter(before: InspectorState['connection'], events: readonly SourceEvent[]) {
  return events.reduce((connection, event) => {
    if (event.type === 'said' && event.topic === 'open') return 'connecting';
    if (event.type !== 'told') return connection;
    return event.topic === 'open' ? 'open' : event.topic === 'close' ? 'closed' : connection;
  }, before);
}

function isOwnMessage(entry: Entry): entry is FrameEntry {
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
  return withInflated(
    dumpFrame(bytesOfHex(entry.hex), { messageOpcode, violations: entry.violations }),
    entry.inflated,
  );
}

/** The frame that is open, if any: the address names it. */
export function openedHex({ opened }: Pick<InspectorState, 'opened'>): string | undefined {
  if (opened?.kind === 'entry') return opened.entry.kind === 'frame' ? opened.entry.hex : undefined;
  if (opened?.kind === 'first') return opened.shown.dump.hex;
  return opened !== undefined && 'dump' in opened.linked ? opened.linked.dump.hex : undefined;
}

/** The frame that is open as the figure shows it. A row without a frame leaves none. */
export function shownOf(opened: Opened | undefined): ShownFrame | undefined {
  if (opened?.kind === 'first') return opened.shown;
  if (opened?.kind === 'entry') {
    const { entry, origin } = opened;
    return entry.kind === 'frame' ? { dump: dumpOf(entry), origin, fromClient: entry.fromClient } : undefined;
  }
  if (opened === undefined || 'problem' in opened.linked) return undefined;
  const { dump } = opened.linked;
  return { dump, origin: 'address', fromClient: dump.masked === true };
}

/** What there is to say of what is open where it is no frame. */
export function noteOfOpened(opened: Opened | undefined): string {
  if (opened === undefined) return 'Send a message, or pick a row: its frame opens here.';
  if (opened.kind !== 'entry') return '';
  const { entry } = opened;
  if (entry.kind === 'handshake') {
    return 'Not a frame: the two sides still speak HTTP here. The opening handshake has every line.';
  }
  if (entry.kind === 'script') {
    return `The browser refused ${entry.said?.text} before anything could go on the wire. It ${entry.told?.text}`;
  }
  if (entry.kind === 'frame') return '';
  return `${entry.sentence}. Only now does the page receive ${entry.told?.text ?? 'its event, which has not come yet'}.`;
}

/** A head as it stood on the wire; what cannot be seen in it is an escape. */
export function textOfHead(entry: HandshakeEntry | undefined): string {
  return entry === undefined
    ? ''
    : decodeLatin1(bytesOfHex(entry.hex)).trimEnd().split('\r\n').map(escapeText).join('\n');
}
