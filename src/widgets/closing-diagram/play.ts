import type { SourceEvent } from '../inspector/source.ts';
import { playLive } from '../lab-source/live-script.ts';
import { drawHere, simulateScript } from '../lab-source/simulated-lab.ts';
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
