import type { ClientCase } from '../../conformance/clients/client-case.ts';
import { CLIENT_CASES } from '../../conformance/clients/client-suite.ts';
import type { Outcome } from '../../conformance/verdict.ts';
import { type ClientRecording, readClientRecording } from './client-recording.ts';
import { countOutcomes } from './peer-recording.ts';

/** A recording, with what the page shows of it. */
export interface RecordedClient extends ClientRecording {
  readonly counts: Readonly<Record<Outcome, number>>;
  readonly outcomeOf: (id: string) => Outcome;
}

/** Cases of one section in which the clients do the same. */
export interface DifferingRow {
  readonly section: string;
  readonly cases: readonly ClientCase[];
  /** One for each client, in their order. */
  readonly outcomes: readonly Outcome[];
}

const recordings = import.meta.glob<string>('/content/recordings/clients/*.json', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** All recordings, in the order of the page. @throws Error if one is not valid, which ends the build */
export const RECORDED_CLIENTS: readonly RecordedClient[] = Object.values(recordings)
  .map(readClientRecording)
  .sort((a, b) => a.order - b.order)
  .map((recording) => ({ ...recording, counts: countOutcomes(recording), outcomeOf: outcomesOf(recording) }));

/** The large messages were not all recorded: see scripts/record-clients.ts. */
const RECORDED_CASES = CLIENT_CASES.filter(({ heavy }) => !heavy);

/** The cases in which the clients differ, those with the most failures first. */
export const DIFFERING: readonly DifferingRow[] = [
  ...Map.groupBy(RECORDED_CASES, (each) => `${each.section} ${vectorOf(each).join()}`).values(),
]
  .map((cases) => ({
    section: cases[0]?.section ?? '',
    cases,
    outcomes: cases[0] === undefined ? [] : vectorOf(cases[0]),
  }))
  .filter(({ outcomes }) => new Set(outcomes).size > 1)
  .sort((a, b) => failures(b) - failures(a));

/** The number of cases in which all clients do the same. */
export const SAME_CASES = RECORDED_CASES.length - DIFFERING.reduce((sum, { cases }) => sum + cases.length, 0);

function vectorOf({ id }: ClientCase): Outcome[] {
  return RECORDED_CLIENTS.map(({ outcomeOf }) => outcomeOf(id));
}

function failures({ outcomes }: DifferingRow): number {
  return outcomes.filter((outcome) => outcome === 'failed').length;
}

function outcomesOf({ failed, allowed }: ClientRecording): (id: string) => Outcome {
  const failedIds = new Set(failed.map(({ id }) => id));
  const allowedIds = new Set(allowed.flatMap(({ ids }) => ids));
  return (id) => (failedIds.has(id) ? 'failed' : allowedIds.has(id) ? 'allowed' : 'passed');
}
