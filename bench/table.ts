import { median, type Ratio, type Readings, ratioOf } from './rounds.ts';
import { meets, type Row } from './row.ts';

/** A row and its results. */
export interface Result {
  readonly group: string;
  readonly name: string;
  readonly unit: string;
  /** The medians, by side. */
  readonly readings: Readonly<Record<string, number>>;
  /** The ratio of ours to the peer. */
  readonly besidePeer: Ratio;
  /** For servers, the same ratio by the clock, where the slower of server and load decides. */
  readonly besidePeerByClock: Ratio | undefined;
  /** The ratio of ours to the limit, if the row has one. */
  readonly besideLimit: Ratio | undefined;
  /** For servers, the ratio of the limit to the peer: if it is below the goal, no server can reach the goal here. */
  readonly limitBesidePeer: Ratio | undefined;
  readonly goal: Row['goal'];
  readonly met: boolean | undefined;
}

/** @throws RangeError if a side is missing */
export function resultOf(row: Row, sides: readonly Readings[]): Result {
  const [ours, peer, limit] = sides;
  if (ours === undefined || peer === undefined) throw new RangeError(`${row.name} needs two sides`);
  const besidePeer = ratioOf(ours, peer);
  return {
    group: row.group,
    name: row.name,
    unit: row.unit,
    readings: Object.fromEntries(sides.map(({ name, rounds }) => [name, median(rounds)])),
    besidePeer,
    besidePeerByClock:
      ours.byClock &&
      peer.byClock &&
      ratioOf({ name: ours.name, rounds: ours.byClock }, { name: peer.name, rounds: peer.byClock }),
    besideLimit: limit && ratioOf(ours, limit),
    limitBesidePeer: limit?.byClock && ratioOf(limit, peer),
    goal: row.goal,
    met: meets(row.goal, besidePeer.median, median(ours.rounds)),
  };
}

const COLUMNS = [34, 12, 12, 12, 9, 15, 7, 8] as const;

export const TABLE_HEAD = line(['', 'framelight', 'peer', 'limit', 'beside', 'of all rounds', 'clock', 'goal', '']);

/** One line for people. */
export function formatResult(result: Result): string {
  const { besidePeer, besidePeerByClock, goal } = result;
  const [ours, peer, limit] = Object.values(result.readings);
  return line([
    result.name,
    formatNumber(ours),
    formatNumber(peer),
    formatNumber(limit),
    besidePeer.median.toFixed(2),
    `${besidePeer.lowest.toFixed(2)} to ${besidePeer.highest.toFixed(2)}`,
    besidePeerByClock?.median.toFixed(2) ?? '',
    formatGoal(goal),
    formatVerdict(result),
  ]);
}

function formatVerdict({ met, goal, limitBesidePeer }: Result): string {
  if (met === undefined) return '';
  if (met) return 'met';
  const limit = limitBesidePeer?.median;
  return limit === undefined || limit >= (goal?.atLeast ?? 0) ? 'missed' : `missed: limit ${limit.toFixed(2)}`;
}

function formatGoal(goal: Row['goal']): string {
  if (goal?.atLeast !== undefined) return `≥ ${Number(goal.atLeast.toFixed(2))}`;
  if (goal?.oursAtMost !== undefined) return `≤ ${formatNumber(goal.oursAtMost)}`;
  return goal?.atMost === undefined ? '' : `≤ ${goal.atMost}`;
}

function line(cells: readonly string[]): string {
  const padded = cells.map((cell, i) => (i === 0 ? cell.padEnd(COLUMNS[0]) : cell.padStart(COLUMNS[i] ?? 0)));
  return padded.join(' ').trimEnd();
}

/** Formats a number with three significant digits: `12.3 M`. */
export function formatNumber(value: number | undefined): string {
  if (value === undefined) return '';
  for (const [size, sign] of [
    [1e9, 'G'],
    [1e6, 'M'],
    [1e3, 'k'],
  ] as const) {
    if (value >= size) return `${(value / size).toPrecision(3)} ${sign}`;
  }
  return value.toPrecision(3);
}
