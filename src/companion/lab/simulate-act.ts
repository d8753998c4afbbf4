import { Loopback, type LoopbackOptions } from '../../inspector/loopback.ts';
import type { LabAct } from './act.ts';
import { ActingEndpoint } from './acting-endpoint.ts';

export type ActLoopbackOptions = Omit<LoopbackOptions, 'path' | 'handler'> & { readonly path?: string };

/**
 * The lab without the companion: our own client in the browser's place, and the server that acts,
 * joined in memory. Connect it, and what follows is what the companion would do.
 *
 * @param act undefined: the server waits for orders, which are text messages
 */
export function actLoopback(act: LabAct | undefined, options: ActLoopbackOptions): Loopback {
  const server = new ActingEndpoint({ role: 'server' }, act);
  return new Loopback({ path: '/lab/act', ...options, server });
}
