import { isUtf8 } from 'node:buffer';
import { MessageMemory } from '../../src/bytes/memory/message-memory.ts';
import { SendMemory } from '../../src/bytes/memory/send-memory.ts';
import { Sender, type ServerOptions } from '../../src/protocol/index.ts';
import type { ServerLimits } from '../bounds/limits.ts';
import type { MemoryBudget } from '../bounds/memory-budget.ts';
import type { Turns } from '../bounds/turns.ts';
import type { ConnectionServices } from '../connection/connection.ts';
import type { Log } from '../log.ts';
import { computeAccept } from '../request/compute-accept.ts';
import { FlushQueue } from '../socket/flush-queue.ts';
import { READ_BUFFER } from '../socket/read-buffer.ts';
import { ReadTurns } from '../socket/read-turns.ts';
import type { Route } from './routes.ts';

/** What all connections of a path share. So ten thousand idle connections keep only what is their own. */
export interface RouteServices {
  readonly services: ConnectionServices;
  readonly endpointOptions: ServerOptions;
}

export interface RouteServicesOptions {
  readonly routes: ReadonlyMap<string, Route>;
  /** The limits of the server. A route may have lower ones. */
  readonly limits: ServerLimits;
  readonly log: Log | undefined;
  readonly budget: MemoryBudget;
  readonly turns: Turns;
}

/** @param onClosed called once for each connection, when TCP is gone */
export function createRouteServices(
  { routes, limits: serverLimits, log, budget, turns }: RouteServicesOptions,
  onClosed: ConnectionServices['onClosed'],
): ReadonlyMap<Route, RouteServices> {
  const flushQueue = new FlushQueue();
  const readTurns = new ReadTurns();
  const messages = new MessageMemory(READ_BUFFER.buffer);
  const memory = new SendMemory(messages);
  const sender = new Sender(memory);
  const servicesOf = (path: string, route: Route): RouteServices => {
    const limits = { ...serverLimits, ...route.limits };
    const { handler, subprotocols = [] } = route;
    return {
      services: {
        ...{ path, handler, limits, flushQueue, readTurns, memory, log, budget, onClosed },
        // Every frame of this path is explained.
        turns: route.withFrames ? turns : undefined,
      },
      endpointOptions: { role: 'server', subprotocols, limits, computeAccept, isUtf8, memory: messages, sender },
    };
  };
  return new Map([...routes].map(([path, route]) => [route, servicesOf(path, route)]));
}
