import { bytesOfHex } from '../../bytes/hex.ts';
import { ConnectionObserver } from '../wire/observer.ts';
import type { Direction } from '../wire/wire.ts';
import { createEndingFinder } from './create-ending-finder.ts';
import type { Ending, Observed } from './ending.ts';

/** One event of a recorded connection: a time in milliseconds, a direction, and bytes in hex or the end of TCP. */
export type RecordedEvent =
  | readonly [timeMs: number, direction: Direction, hex: string]
  | readonly [timeMs: number, direction: Direction, end: 'FIN' | 'RST'];

/** A connection of real programs, small enough to be an example. */
export interface RecordedConnection {
  /** The programs and their versions, and what was done with them. */
  readonly programs: string;
  readonly events: readonly RecordedEvent[];
}

/** Turns a recorded connection into what a finder takes, with the heads and frames that were never finished at its end. */
export function replay({ events }: Pick<RecordedConnection, 'events'>): Observed[] {
  const observer = new ConnectionObserver({ connection: 1, path: '', remote: '' });
  const observed = events.flatMap(([timeMs, direction, what]): Observed[] => {
    if (what === 'FIN' || what === 'RST') return [{ type: 'tcp', connection: 1, direction, timeMs, how: what }];
    return observer.chunk(direction, bytesOfHex(what), timeMs);
  });
  const endMs = events.at(-1)?.[0] ?? 0;
  const unfinished = observer.close(endMs, { closeCode: 1006, reason: '', clean: false });
  return [...observed, ...unfinished.filter(({ type }) => type !== 'close')];
}

/** The ending of a recorded connection. */
export function endingOfRecorded(recorded: RecordedConnection): Ending {
  const finder = createEndingFinder(1);
  for (const observed of replay(recorded)) finder.take(observed);
  return finder.ending();
}
