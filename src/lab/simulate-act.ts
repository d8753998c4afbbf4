import type { LabAct } from './act.ts';
import { ActingServer } from './acting-server.ts';
import { Loopback, type LoopbackOptions } from './loopback.ts';

export type ActLoopbackOptions = Omit<LoopbackOptions, 'path' | 'handler'> & { readonly path?: string };

/**
 * The lab without the companion: our own client, instead of the browser, is joined with the acting server in memory. Once
 * connected, the server does the same as the companion.
 *
 * @param act if undefined, the server waits for orders, which are text messages
 */
export function actLoopback(act: LabAct | undefined, options: ActLoopbackOptions): Loopback {
  const server = new ActingServer({ role: 'server' }, act);
  return new Loopback({ path: '/lab/act', ...options, server });
}
