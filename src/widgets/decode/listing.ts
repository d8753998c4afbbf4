import { describeBeats, findHeartbeats, type Heartbeats } from '../../inspector/list/heartbeats.ts';
import { OPCODE } from '../../protocol/framing/opcode.ts';
import { countNoun, formatNumber } from '../../text/count.ts';
import type { SourceItems } from './reading/source.ts';

/** Which items are listed: all, those that pass a filter, or all with heartbeats folded. */
export interface Listing {
  readonly filter: ListFilter | undefined;
  readonly problem: { readonly sentence: string; readonly column: number } | undefined;
  /** How many rows there are. */
  readonly length: number;
  /** The indices of the listed items; undefined if all are listed. */
  readonly indices: Uint32Array | undefined;
  /** The runs that are one row each, by the index of their first frame. */
  readonly folds: ReadonlyMap<number, Heartbeats>;
  /** The first frames of the runs that the reader has opened. */
  readonly unfolded: ReadonlySet<number>;
}

const NO_FOLDS: ReadonlyMap<number, Heartbeats> = new Map();
const NONE_UNFOLDED: ReadonlySet<number> = new Set();

/**
 * What a filter finds: the indices of the items that pass, or where it is wrong. It is given, not imported: hardly any list is
 * filtered, so a page loads it for the first filter.
 */
export type FindItems = (
  items: SourceItems,
  words: string,
) => Uint32Array | { readonly problem: string; readonly column: number };

/** The words of a filter, and what finds the items for them. */
export interface ListFilter {
  readonly words: string;
  readonly find: FindItems;
}

/** @param filter undefined or of white space alone: everything is listed */
export function listItems(items: SourceItems, filter?: ListFilter, unfolded = NONE_UNFOLDED): Listing {
  const kept = { filter, problem: undefined, unfolded };
  if (filter === undefined || filter.words.trim() === '') {
    const folded = foldHeartbeats(items, unfolded);
    return { ...kept, length: folded.indices?.length ?? items.length, ...folded };
  }
  const found = filter.find(items, filter.words);
  if (found instanceof Uint32Array) return { ...kept, length: found.length, indices: found, folds: NO_FOLDS };
  const problem = { sentence: found.problem, column: found.column };
  return { ...kept, problem, length: items.length, indices: undefined, folds: NO_FOLDS };
}

/** @returns the index of the item in a row */
export function itemInRow({ indices }: Listing, row: number): number | undefined {
  return indices === undefined ? row : indices[row];
}

/** @returns the row of an item, or of the fold that it is in; -1 if it is not listed */
export function rowOfItem({ indices, folds, length }: Listing, item: number): number {
  if (indices === undefined) return item < length ? item : -1;
  let [low, high] = [0, indices.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((indices[middle] as number) <= item) low = middle + 1;
    else high = middle;
  }
  const found = indices[low - 1];
  if (found === undefined) return -1;
  return found === item || item < (folds.get(found)?.end ?? 0) ? low - 1 : -1;
}

/** `12 pings, 12 pongs, every 30.0 s, answered after 1.2 ms`. */
export function describeHeartbeats(items: SourceItems, { start, end }: Heartbeats): string {
  const beats = Array.from({ length: Math.min(end - start, MAX_DESCRIBED) }, (_, i) => items.at(start + i)).flatMap(
    (item) => {
      if (item?.kind !== 'frame') return [];
      const { opcode, payload } = item.dump;
      const direction = item.from === 'client' ? ('in' as const) : ('out' as const);
      return [{ isPing: opcode === OPCODE.ping, direction, timeMs: item.timeMs, payload: payload.hex }];
    },
  );
  const { pings, pongs, intervalMs, roundTripMs } = describeBeats(beats);
  const isPart = end - start > MAX_DESCRIBED;
  const counted = isPart
    ? `${formatNumber(end - start)} pings and pongs`
    : `${countNoun(pings, 'ping')}, ${countNoun(pongs, 'pong')}`;
  const every = intervalMs === undefined ? '' : `, every ${duration(intervalMs)}`;
  return `${counted}${every}${roundTripMs === undefined ? '' : `, answered after ${duration(roundTripMs)}`}`;
}

/** A longer run is described by its beginning. */
const MAX_DESCRIBED = 2000;

function duration(ms: number): string {
  return ms < 1000 ? `${ms.toFixed(ms < 100 ? 1 : 0)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

function foldHeartbeats(items: SourceItems, unfolded: ReadonlySet<number>): Pick<Listing, 'indices' | 'folds'> {
  const broken = new Set(items.broken);
  const opcodeOf = (index: number): number | undefined => {
    if (broken.has(index)) return undefined;
    if (items.firstByteOf !== undefined) return items.firstByteOf(index) & 15;
    const item = items.at(index);
    return item?.kind === 'frame' && item.violations.length === 0 ? (item.bytes[item.at] ?? 0) & 15 : undefined;
  };
  const runs = findHeartbeats(items.length, opcodeOf).filter(({ start }) => !unfolded.has(start));
  if (runs.length === 0) return { indices: undefined, folds: NO_FOLDS };
  const folded = runs.reduce((sum, { start, end }) => sum + end - start - 1, 0);
  const indices = new Uint32Array(items.length - folded);
  let [row, index] = [0, 0];
  for (const { start, end } of [...runs, { start: items.length, end: items.length }]) {
    while (index < start) indices[row++] = index++;
    if (start < items.length) indices[row++] = start;
    index = end;
  }
  return { indices, folds: new Map(runs.map((run) => [run.start, run])) };
}
