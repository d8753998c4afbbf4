import { drawKey } from '../base/draw-key.ts';
import { drawMaskingKey } from '../base/draw-masking-key.ts';
import type { Outcome } from './outcome.ts';
import { runSimulated } from './simulated-run.ts';

/** With fresh random numbers, as a client must have them. */
export function runSimulatedHere(name: string): Outcome {
  return runSimulated(name, { host: location.host, key: drawKey(), nextMaskingKey: drawMaskingKey });
}
