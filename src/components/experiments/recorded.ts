import firefox from '../../../content/recordings/break-rules-firefox.json';
import chromium from '../../../content/recordings/experiments-chromium.json';

/** What one browser did in an experiment. */
export interface Recorded {
  readonly browser: string;
  readonly lines: readonly string[];
}

interface Told {
  readonly event: string;
  readonly data?: string;
  readonly code?: number;
}

/**
 * What browsers did, from the recordings of scripts/record-experiments.ts and scripts/record-break-rules.ts.
 *
 * @param act the row of the second one in which Firefox did the same; undefined if there is none
 * @throws Error if there is no recording of the experiment
 */
export function recordedOf(id: string, act?: string): Recorded[] {
  const lines = (chromium.outcomes as Readonly<Record<string, readonly string[]>>)[id];
  if (lines === undefined) throw new Error(`no recording of the experiment ${id}: run scripts/record-experiments.ts`);
  const own = { browser: chromium.browser, lines };
  if (act === undefined) return [own];
  const outcome = firefox.outcomes.find((each) => each.act === act);
  if (outcome === undefined) throw new Error(`no recording of ${act} with ${firefox.browser}`);
  return [own, { browser: firefox.browser, lines: (outcome.told as readonly Told[]).map(lineOf) }];
}

function lineOf({ event, data, code }: Told): string {
  if (event === 'message') return `onmessage: ${data}`;
  if (event === 'close') return `onclose: code ${code}`;
  return event === 'page closes' ? 'a second later, the page calls close()' : `on${event}`;
}
