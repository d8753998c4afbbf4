import { formatHex } from '../../bytes/hex.ts';
import type { InflatedDump } from '../../inspector/deflate/inflated-dump.ts';
import { isProbablyCompressed } from '../../inspector/deflate/probably-compressed.ts';
import { countBytes } from '../../text/count.ts';
import {
  type DecodeRequest,
  formatDecodeHash,
  MAX_LINKED_CHARACTERS,
  type Sender,
} from '../base/address/decode-address.ts';
import { type Decoded, MAX_LISTED_FRAMES, type Recorded, ROWS_ABOVE } from './decoded.ts';
import { type FrameRow, presentRow } from './frame-row.ts';
import { describeHeartbeats, itemInRow, type ListFilter, type Listing, listItems, rowOfItem } from './listing.ts';
import { payloadOfRecorded } from './payload.ts';
import { placeOfProblem } from './place-of-problem.ts';
import { type ReadResult, readTextSource, type SourceProblem } from './reading/read-source.ts';
import { NO_SOURCE, type Source, type SourceConnection, type SourceItem, type SourceItems } from './reading/source.ts';
import { sourceOfPasted } from './reading/source-of-pasted.ts';
import { wholeMessage } from './whole-message.ts';

/** The state of the decoder: a text or a file, the connections in it, and the frame that is open. */
export interface DecodeState {
  readonly request: DecodeRequest;
  readonly problem: SourceProblem | undefined;
  /** What was read from the last text that could be read. */
  readonly source: Source;
  /** The index of the connection that is shown. */
  readonly shown: number;
  /** The index of the open frame. */
  readonly opened: number;
  /** The first row that is drawn. */
  readonly listed: number;
  /** Which items the rows are. */
  readonly listing: Listing;
}

export type DecodeAction =
  | { readonly type: 'type'; readonly text: string }
  | { readonly type: 'from'; readonly sender: Sender }
  /** Reads messages with RSV1 as compressed, or as they are. */
  | { readonly type: 'readCompressed'; readonly on: boolean }
  | { readonly type: 'read'; readonly request: DecodeRequest }
  | { readonly type: 'connection'; readonly index: number }
  | { readonly type: 'open'; readonly index: number }
  /** Opens the item in a row. */
  | { readonly type: 'openRow'; readonly row: number }
  /** Lists only what passes a filter; everything, if it is empty. */
  | { readonly type: 'filter'; readonly filter: ListFilter }
  /** Lists the single frames of folded heartbeats. */
  | { readonly type: 'unfold'; readonly index: number }
  /** Opens the next frame that breaks a rule; after the last one, the first. */
  | { readonly type: 'openBroken' }
  | { readonly type: 'list'; readonly first: number };

const EMPTY = {
  problem: undefined,
  source: NO_SOURCE,
  shown: 0,
  opened: 0,
  listed: 0,
  listing: listItems([]),
} as const;

export function initialDecodeState(request: DecodeRequest): DecodeState {
  return withResult({ request, ...EMPTY }, readTextSource(request));
}

/**
 * The state while a recording is read, and when it was: what the reader opened and listed meanwhile stays.
 *
 * @param before the state with less of the same recording
 */
export function readFurther(before: DecodeState, source: Source): DecodeState {
  const { shown, opened, listed, listing } = before;
  const state = { ...before, source, shown };
  const { filter, unfolded } = listing;
  return { ...state, opened, listed, listing: listItems(itemsOf(state), filter, unfolded) };
}

/** The state for a file that was read. */
export function decodedFile(sender: Sender, result: ReadResult): DecodeState {
  return withResult({ request: { text: '', sender, limits: {} }, ...EMPTY }, result);
}

export function reduceDecode(state: DecodeState, action: DecodeAction): DecodeState {
  const { request } = state;
  switch (action.type) {
    case 'type':
      // A limit belongs to the example of a link. Other bytes are judged without it.
      return decode(state, { ...request, text: action.text, limits: {} });
    case 'from':
      return readAgain(state, { ...request, sender: action.sender });
    case 'read':
      return decode(state, action.request);
    case 'readCompressed': {
      // The same frame stays open.
      const again = readAgain(state, { ...request, readsCompressed: action.on });
      return openFrame({ ...again, shown: state.shown }, state.opened);
    }
    case 'connection':
      return showConnection(state, action.index);
    case 'open':
      return openFrame(state, action.index);
    case 'openRow':
      return openFrame(
        state,
        itemInRow(state.listing, Math.max(0, Math.min(action.row, state.listing.length - 1))) ?? 0,
      );
    case 'filter': {
      const listing = listItems(itemsOf(state), action.filter);
      const isOpenListed = rowOfItem(listing, state.opened) >= 0;
      const next = { ...state, listing, listed: 0 };
      return openFrame(next, isOpenListed ? state.opened : (itemInRow(listing, 0) ?? state.opened));
    }
    case 'unfold': {
      const { filter, unfolded } = state.listing;
      const listing = listItems(itemsOf(state), filter, new Set([...unfolded, action.index]));
      return openFrame({ ...state, listing }, action.index);
    }
    case 'openBroken':
      return openFrame(state, nextBroken(state));
    case 'list':
      return { ...state, listed: Math.max(0, Math.min(action.first, state.listing.length - 1)) };
  }
}

/** The connection that is shown; undefined if there is none. */
export function shownConnection({ source, shown }: DecodeState): SourceConnection | undefined {
  return source.connections[shown];
}

function itemsOf(state: DecodeState): SourceItems {
  return shownConnection(state)?.items ?? [];
}

function decode(before: DecodeState, request: DecodeRequest): DecodeState {
  // The filter belongs to what was listed before.
  return withResult({ ...before, request, listing: listItems([]) }, readTextSource(request));
}

/** Reads the same bytes again, if who sent them was not certain. */
function readAgain(state: DecodeState, request: DecodeRequest): DecodeState {
  const { source, problem } = state;
  if (problem !== undefined || source.pasted === undefined) return { ...state, request };
  return withResult({ ...state, request }, sourceOfPasted(source.pasted, request));
}

/** Keeps the frames of the last text that could be read beside a problem. */
function withResult(before: DecodeState, result: ReadResult): DecodeState {
  if ('problem' in result) {
    const state = { ...before, problem: result.problem, shown: 0, opened: 0, listed: 0 };
    return { ...state, listing: listItems(itemsOf(state)) };
  }
  const withItems = result.connections.findIndex(({ items }) => items.length > 0);
  return showConnection({ ...before, problem: undefined, source: result }, Math.max(0, withItems));
}

/** Opens the first frame that breaks a rule: a reader most likely looks for that one. */
function showConnection(state: DecodeState, index: number): DecodeState {
  const shown = Math.max(0, Math.min(index, state.source.connections.length - 1));
  const shownState = { ...state, shown, opened: 0, listed: 0 };
  const next = { ...shownState, listing: listItems(itemsOf(shownState), state.listing.filter) };
  return openFrame(next, brokenAfter(itemsOf(next), -1) ?? 0);
}

function openFrame(state: DecodeState, index: number): DecodeState {
  const opened = Math.max(0, Math.min(index, itemsOf(state).length - 1));
  const row = rowOfItem(state.listing, opened);
  const listed = row === -1 || (row >= state.listed && row < state.listed + MAX_LISTED_FRAMES);
  return { ...state, opened, listed: listed ? state.listed : Math.max(0, row - ROWS_ABOVE) };
}

function nextBroken(state: DecodeState): number {
  const items = itemsOf(state);
  return brokenAfter(items, state.opened) ?? brokenAfter(items, -1) ?? state.opened;
}

function brokenAfter(items: SourceItems, index: number): number | undefined {
  if (items.broken !== undefined) return items.broken.find((each) => each > index);
  for (let next = index + 1; next < items.length; next++) {
    const item = items.at(next);
    if (item?.kind === 'frame' && item.violations.length > 0) return next;
  }
  return undefined;
}

/** So many connections are listed. */
const MAX_CONNECTIONS = 500;
const MAX_HEAD_CHARACTERS = 16 * 1024;

/** @param inflate inflates the message that ends with the open frame; undefined while that is not loaded */
export function presentDecoded(
  state: DecodeState,
  inflate?: (state: DecodeState) => InflatedDump | undefined,
): Decoded {
  const { request, problem, source, shown, opened, listed } = state;
  const { connections } = source;
  const connection = shownConnection(state);
  const items = itemsOf(state);
  const item = items.at(opened);
  return {
    problem: problem && {
      sentence: problem.sentence,
      place:
        problem.start === undefined
          ? undefined
          : placeOfProblem(request.text, { start: problem.start, end: problem.end ?? problem.start, sentence: '' }),
    },
    form: source.form,
    connections:
      connections.length < 2
        ? []
        : connections.slice(0, MAX_CONNECTIONS).map(({ number, path, items: { length }, brokenCount }) => ({
            number,
            path,
            frameCount: length,
            brokenCount,
          })),
    connectionCount: connections.length,
    shown,
    heads: (connection?.heads ?? []).map(({ from, text }) => ({
      from,
      firstLine: text.split(/\r?\n/, 1)[0] ?? '',
      text: text.slice(0, MAX_HEAD_CHARACTERS).trimEnd(),
    })),
    ending: connection?.ending,
    asksSender: source.pasted !== undefined || source.form === undefined,
    frameCount: items.length,
    noun: connection?.noun ?? 'frames',
    brokenCount: connection?.brokenCount ?? 0,
    rows: rowsOf(state),
    rowCount: state.listing.length,
    openedRow: rowOfItem(state.listing, opened),
    filter: state.listing.filter?.words ?? '',
    filterProblem: state.listing.problem,
    listed,
    opened,
    notes: presentNotes(state),
    dump: item?.kind === 'frame' ? item.dump : undefined,
    recorded: recordedOf(item),
    message: wholeMessage(items, opened),
    compression: compressionOf(state),
    inflated: inflatedOf(state, inflate),
    hash: hashOf(state),
  };
}

function rowsOf(state: DecodeState): FrameRow[] {
  const { listing, listed } = state;
  const items = itemsOf(state);
  const rows: FrameRow[] = [];
  for (let row = listed; row < Math.min(listing.length, listed + MAX_LISTED_FRAMES); row++) {
    const index = itemInRow(listing, row) ?? 0;
    const item = items.at(index);
    if (item === undefined) continue;
    const fold = listing.folds.get(index);
    const presented = presentRow(item, index, row);
    rows.push(
      fold === undefined
        ? presented
        : { ...presented, type: 'beats', length: undefined, preview: describeHeartbeats(items, fold), isFolded: true },
    );
  }
  return rows;
}

function recordedOf(item: SourceItem | undefined): Recorded | undefined {
  if (item === undefined || item.kind === 'frame') return undefined;
  if (item.kind === 'message') {
    return { title: `${countBytes(item.byteLength)}, without its frames`, payload: payloadOfRecorded(item) };
  }
  const count = item.byteLength === undefined ? 'An unknown number of bytes' : countBytes(item.byteLength);
  const title =
    item.why === 'missing'
      ? `${count} missing here: they were sent, and they are not in the recording`
      : `${count} that cannot be read, because bytes before them are missing`;
  return { title, payload: undefined };
}

function inflatedOf(
  state: DecodeState,
  inflate: ((state: DecodeState) => InflatedDump | undefined) | undefined,
): InflatedDump | undefined {
  const item = itemsOf(state).at(state.opened);
  if (item?.kind !== 'frame') return undefined;
  return item.inflated ?? (readsCompressed(state) ? inflate?.(state) : undefined);
}

function readsCompressed(state: DecodeState): boolean {
  return shownConnection(state)?.isCompressed === true;
}

function compressionOf(state: DecodeState): Decoded['compression'] {
  if (readsCompressed(state)) return 'reads';
  const item = itemsOf(state).at(state.opened);
  // In a recording, the messages were inflated already.
  if (item?.kind !== 'frame' || state.source.pasted === undefined) return undefined;
  return isProbablyCompressed(item.dump) ? 'asks' : undefined;
}

/** Plain hex, whatever was pasted, if it is one run of bytes; else the text itself, if it is short. */
function hashOf({ request, problem, source }: DecodeState): string | undefined {
  if (problem !== undefined || source.form === undefined) return undefined;
  const [part, ...more] = source.pasted?.parts ?? [];
  if (part === undefined || more.length > 0) {
    return request.text === '' ? undefined : formatDecodeHash(request);
  }
  const { bytes } = part;
  if (bytes.length === 0 || bytes.length > MAX_LINKED_CHARACTERS / 2) return undefined;
  const hex = formatHex(bytes);
  // Many digits that are all 0 or 1 would be read as bits.
  const text = /^[01]+$/.test(hex) ? (hex.match(/../g) ?? []).join(' ') : hex;
  return formatDecodeHash({ ...request, text });
}

function presentNotes(state: DecodeState): string[] {
  const { maxMessageBytes, maxFragments } = state.request.limits;
  const notes = [...state.source.notes, ...(shownConnection(state)?.notes ?? [])];
  if (maxMessageBytes !== undefined) {
    notes.push(`This receiver accepts messages of at most ${countBytes(maxMessageBytes)}.`);
  }
  if (maxFragments !== undefined) {
    notes.push(`This receiver accepts at most ${maxFragments} fragment${maxFragments === 1 ? '' : 's'} in a message.`);
  }
  return [...new Set(notes)];
}
