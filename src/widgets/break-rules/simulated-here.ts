import { encodeKey, NONCE_LENGTH } from '../../protocol/handshake/accept-key.ts';
import type { Outcome } from './outcome.ts';
import { runSimulated } from './simulated-run.ts';

/** With fresh random numbers, as a client must have them. */
export function runSimulatedHere(name: string): Outcome {
  return runSimulated(name, {
    host: location.host,
    key: encodeKey(crypto.getRandomValues(new Uint8Array(NONCE_LENGTH))),
    nextMaskingKey: () => crypto.getRandomValues(new Uint32Array(1))[0] as number,
  });
}
