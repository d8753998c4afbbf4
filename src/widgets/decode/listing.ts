import { type Filter, type FilteredFrame, parseFilter } from '../../inspector/list/filter.ts';
import { describeBeats, findHeartbeats, type Heartbeats } from '../../inspector/list/heartbeats.ts';
import { decodeHeader } from '../../protocol/framing/header.ts';
import { mask } from '../../protocol/framing/masking.ts';
import { OPCODE } from '../../protocol/framing/opcode.ts';
import { countNoun, formatNumber } from '../../text/count.ts';
import { decodeText } from '../../text/utf8.ts';
import type { SourceItem, SourceItems } from './reading/source.ts';

/** Which items are listed: all, those that pass a filter, or all with heartbeats folded. */
export interface Listing {
  /** As it was typed. */
  readonly filter: string;
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

export function listItems(items: SourceItems, filter = '', unfolded = NONE_UNFOLDED): Listing {
  const parsed = parseFilter(filter);
  if ('problem' in parsed) {
    const problem = { sentence: parsed.problem, column: parsed.column };
    return { filter, problem, length: items.length, indices: undefined, folds: NO_FOLDS, unfolded };
  }
  const { indices, folds } = parsed.isEmpty
    ? foldHeartbeats(items, unfolded)
    : { indices: passing(items, parsed), folds: NO_FOLDS };
  return { filter, problem: undefined, length: indices?.length ?? items.length, indices, folds, unfolded };
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

function passing(items: SourceItems, { passes }: Filter): Uint32Array {
  let found = new Uint32Array(1024);
  let count = 0;
  for (let index = 0; index < items.length; index++) {
    const item = items.at(index);
    if (item === undefined || item.kind === 'gap' || !passes(filtered(item))) continue;
    if (count === found.length) {
      const longer = new Uint32Array(2 * count);
      longer.set(found);
      found = longer;
    }
    found[count++] = index;
  }
  return found.slice(0, count);
}

function filtered(item: Exclude<SourceItem, { kind: 'gap' }>): FilteredFrame {
  const direction = item.from === 'client' ? 'in' : 'out';
  if (item.kind === 'message') {
    const { opcode, byteLength, payload } = item;
    return { direction, opcode, payloadLength: byteLength, brokenRules: [], text: () => payload.text };
  }
  const { bytes, at, violations, inflated } = item;
  const header = decodeHeader(bytes, at);
  return {
    direction,
    opcode: header?.opcode ?? item.dump.opcode,
    payloadLength: header?.payloadLength ?? 0,
    brokenRules: violations.length === 0 ? NO_RULES : violations.map(({ rule }) => rule),
    text() {
      if (inflated !== undefined) return inflated.text ?? item.dump.payload.text;
      const start = at + (header?.headerLength ?? 0);
      const end = start + (header?.payloadLength ?? 0);
      // What is not a whole text is explained in full.
      if (header?.opcode !== OPCODE.text || header.rsv1 || end > bytes.length) return item.dump.payload.text;
      const payload = bytes.subarray(start, end);
      return decodeText(header.masked ? mask(payload, header.maskingKey) : payload);
    },
  };
}

const NO_RULES: readonly string[] = [];
