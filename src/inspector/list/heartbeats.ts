import { OPCODE } from '../../protocol/framing/opcode.ts';

/** Pings and pongs in a row, from the index `start` to before `end`. */
export interface Heartbeats {
  readonly start: number;
  readonly end: number;
}

/** Fewer frames are not worth a row that has to be opened. */
export const MIN_HEARTBEAT_FRAMES = 4;

/**
 * Finds the heartbeats in a list of frames: runs of pings and pongs with nothing between them. RFC 6455 §5.5.2, §5.5.3.
 *
 * @param opcodeOf the opcode of a frame; undefined for what is no frame, or for a frame that must stay in sight
 */
export function findHeartbeats(length: number, opcodeOf: (index: number) => number | undefined): Heartbeats[] {
  const runs: Heartbeats[] = [];
  let start = 0;
  for (let index = 0; index <= length; index++) {
    const opcode = index < length ? opcodeOf(index) : undefined;
    if (opcode === OPCODE.ping || opcode === OPCODE.pong) continue;
    if (index - start >= MIN_HEARTBEAT_FRAMES) runs.push({ start, end: index });
    start = index + 1;
  }
  return runs;
}

/** A ping or pong, as its run is described. */
export interface Beat {
  readonly isPing: boolean;
  readonly direction: 'in' | 'out';
  readonly timeMs: number | undefined;
  /** The payload, so that a pong finds its ping. */
  readonly payload: string;
}

/** What a run of heartbeats shows. Medians, so that one late pong does not hide the rule. */
export interface HeartbeatFacts {
  readonly pings: number;
  readonly pongs: number;
  /** Between two pings of the same side; undefined if that is not known. */
  readonly intervalMs: number | undefined;
  /** From a ping to the pong of the other side that has its payload. */
  readonly roundTripMs: number | undefined;
}

export function describeBeats(beats: Iterable<Beat>): HeartbeatFacts {
  let [pings, pongs] = [0, 0];
  const last: { in?: number; out?: number } = {};
  const open = new Map<string, number>();
  const [intervals, trips]: [number[], number[]] = [[], []];
  for (const { isPing, direction, timeMs, payload } of beats) {
    const asked = `${isPing === (direction === 'in') ? 'in' : 'out'} ${payload}`;
    if (isPing) {
      pings++;
      const before = last[direction];
      if (timeMs === undefined) continue;
      if (before !== undefined) intervals.push(timeMs - before);
      last[direction] = timeMs;
      open.set(asked, timeMs);
      continue;
    }
    pongs++;
    const sentMs = open.get(asked);
    if (sentMs !== undefined && timeMs !== undefined) trips.push(timeMs - sentMs);
    open.delete(asked);
  }
  return { pings, pongs, intervalMs: medianOf(intervals), roundTripMs: medianOf(trips) };
}

function medianOf(values: number[]): number | undefined {
  return values.sort((a, b) => a - b)[values.length >> 1];
}
