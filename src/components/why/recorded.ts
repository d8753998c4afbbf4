import type { Ending } from '../../inspector/endings/ending.ts';
import { endingOfRecorded, type RecordedConnection } from '../../inspector/endings/replay.ts';

/** A recording of real programs, and what the code says about it. */
export interface RecordedExample {
  readonly name: string;
  readonly programs: string;
  readonly ending: Ending;
}

/** Examples that say more than the others of their cause come first. */
const FIRST = ['nginx-idle'];

/**
 * Sorts recordings by the cause that the code finds in them.
 *
 * @param files the recordings by their paths
 */
export function examplesByCause(
  files: Readonly<Record<string, RecordedConnection>>,
): ReadonlyMap<string, RecordedExample> {
  const examples = Object.entries(files).map(([path, recorded]) => ({
    name: /([^/]+)\.json$/.exec(path)?.[1] ?? path,
    programs: recorded.programs,
    ending: endingOfRecorded(recorded),
  }));
  examples.sort(
    (a, b) => Number(FIRST.includes(b.name)) - Number(FIRST.includes(a.name)) || (a.name < b.name ? -1 : 1),
  );
  const byCause = new Map<string, RecordedExample>();
  for (const example of examples) if (!byCause.has(example.ending.cause)) byCause.set(example.ending.cause, example);
  return byCause;
}
