import { isUtf8 } from 'node:buffer';
import { MessageMemory } from '../src/bytes/memory/message-memory.ts';
import { SendMemory } from '../src/bytes/memory/send-memory.ts';
import type { ServerOptions } from '../src/protocol/endpoint/endpoint.ts';
import { Sender } from '../src/protocol/endpoint/sender.ts';
import { computeAccept } from './compute-accept.ts';
import type { ConnectionServices } from './connection.ts';
import { FlushQueue } from './flush-queue.ts';
import type { ServerLimits } from './limits.ts';
import type { Log } from './log.ts';
import { READ_BUFFER } from './read-buffer.ts';
import type { Route } from './routes.ts';

/** What is the same for all connections of a path: of ten thousand idle ones, each keeps only what is its own. */
export interface RouteServices {
  readonly services: ConnectionServices;
  readonly endpointOptions: ServerOptions;
}

export interface RouteServicesOptions {
  readonly routes: ReadonlyMap<string, Route>;
  /** The server's; a route may take less. */
  readonly limits: ServerLimits;
  readonly log: Log | undefined;
}

/** @param onClosed called once for each connection, when TCP is gone */
export function createRouteServices(
  { routes, limits: serverLimits, log }: RouteServicesOptions,
  onClosed: ConnectionServices['onClosed'],
): ReadonlyMap<Route, RouteServices> {
  const flushQueue = new FlushQueue();
  const messages = new MessageMemory(READ_BUFFER.buffer);
  const memory = new SendMemory(messages);
  const sender = new Sender(memory);
  const servicesOf = (path: string, route: Route): RouteServices => {
    const limits = { ...serverLimits, ...route.limits };
    const { handler, subprotocols = [] } = route;
    return {
      services: { path, handler, limits, flushQueue, memory, log, onClosed },
      endpointOptions: { role: 'server', subprotocols, limits, computeAccept, isUtf8, memory: messages, sender },
    };
  };
  return new Map([...routes].map(([path, route]) => [route, servicesOf(path, route)]));
}
