import { playLive } from '../base/lab-source/live-script.ts';
import { drawHere, simulateScript } from '../base/lab-source/simulated-lab.ts';
import { resultOf, scriptOf, type Trial, type TrialResult } from './model.ts';

/** Opens a connection and closes it with one code. @throws Error where the companion is gone */
export async function tryCode(trial: Trial, live: boolean, signal: AbortSignal): Promise<TrialResult> {
  const script = scriptOf(trial);
  if (!live) return resultOf(trial, simulateScript(script, drawHere()), 'simulated');
  return resultOf(trial, await playLive(script, signal), 'live');
}
