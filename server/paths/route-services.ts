import { isUtf8 } from 'node:buffer';
import { MessageMemory } from '../../src/bytes/memory/message-memory.ts';
import { SendMemory } from '../../src/bytes/memory/send-memory.ts';
import type { ServerOptions } from '../../src/protocol/endpoint/endpoint.ts';
import { Sender } from '../../src/protocol/endpoint/sender.ts';
import type { ServerLimits } from '../bounds/limits.ts';
import type { MemoryBudget } from '../bounds/memory-budget.ts';
import type { Turns } from '../bounds/turns.ts';
import type { ConnectionServices } from '../connection/connection.ts';
import { createDeflate, DEFAULT_DEFLATE_OPTIONS, type DeflateOptions } from '../deflate/deflate-paths.ts';
import type { Log } from '../log.ts';
import { computeAccept } from '../request/compute-accept.ts';
import { FlushQueue } from '../socket/flush-queue.ts';
import { READ_BUFFER } from '../socket/read-buffer.ts';
import type { Route } from './routes.ts';

/** What all connections of a path share. So ten thousand idle connections keep only what is their own. */
export interface RouteServices {
  readonly services: ConnectionServices;
  readonly endpointOptions: ServerOptions;
  /** The same, for connections that may be compressed. Undefined if those of this path never are. */
  readonly deflatingOptions: ServerOptions | undefined;
}

export interface RouteServicesOptions {
  readonly routes: ReadonlyMap<string, Route>;
  /** The limits of the server. A route may have lower ones. */
  readonly limits: ServerLimits;
  readonly log: Log | undefined;
  readonly budget: MemoryBudget;
  readonly turns: Turns;
  readonly deflate?: DeflateOptions | undefined;
}

/** @param onClosed called once for each connection, when TCP is gone */
export function createRouteServices(
  { routes, limits: serverLimits, log, budget, turns, deflate = DEFAULT_DEFLATE_OPTIONS }: RouteServicesOptions,
  onClosed: ConnectionServices['onClosed'],
): ReadonlyMap<Route, RouteServices> {
  const flushQueue = new FlushQueue();
  const messages = new MessageMemory(READ_BUFFER.buffer);
  const memory = new SendMemory(messages);
  const sender = new Sender(memory);
  const extensions = createDeflate(deflate, messages);
  const servicesOf = (path: string, route: Route): RouteServices => {
    const limits = { ...serverLimits, ...route.limits };
    const { handler, subprotocols = [] } = route;
    const endpointOptions: ServerOptions = {
      ...{ role: 'server', subprotocols, limits, computeAccept, isUtf8, memory: messages, sender },
    };
    return {
      services: {
        ...{ path, handler, limits, flushQueue, memory, log, budget, onClosed },
        // Every frame of this path is explained.
        turns: route.withFrames ? turns : undefined,
      },
      endpointOptions,
      deflatingOptions: route.mayDeflate ? { ...endpointOptions, extensions } : undefined,
    };
  };
  return new Map([...routes].map(([path, route]) => [route, servicesOf(path, route)]));
}
