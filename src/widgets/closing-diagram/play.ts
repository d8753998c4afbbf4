import { playLive } from '../base/lab-source/live-script.ts';
import { drawHere, simulateScript } from '../base/lab-source/simulated-lab.ts';
import type { SourceEvent } from '../base/source/source.ts';
import { SCENARIOS, type ScenarioName } from './scenarios.ts';

/** Plays one ending, on a real connection or inside this page. @throws Error where the companion is gone */
export async function playScenario(
  scenario: ScenarioName,
  live: boolean,
  signal: AbortSignal,
  happened: (events: readonly SourceEvent[]) => void,
): Promise<void> {
  const { script } = SCENARIOS[scenario];
  happened(live ? await playLive(script, signal, happened) : simulateScript(script, drawHere()));
}
