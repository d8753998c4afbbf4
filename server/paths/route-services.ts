import { isUtf8 } from 'node:buffer';
import { MessageMemory } from '../../src/bytes/memory/message-memory.ts';
import { SendMemory } from '../../src/bytes/memory/send-memory.ts';
import { Sender, type ServerOptions } from '../../src/protocol/index.ts';
import type { ServerLimits } from '../bounds/limits.ts';
import type { MemoryBudget } from '../bounds/memory-budget.ts';
import type { Turns } from '../bounds/turns.ts';
import type { ConnectionServices } from '../connection/connection.ts';
import { createDeflate, DEFAULT_DEFLATE_OPTIONS, type DeflateOptions } from '../deflate/deflate-paths.ts';
import type { Log } from '../log.ts';
import { computeAccept } from '../request/compute-accept.ts';
import { FlushQueue } from '../socket/flush-queue.ts';
import { READ_BUFFER } from '../socket/read-buffer.ts';
import { ReadTurns } from '../socket/read-turns.ts';
import type { Route } from './routes.ts';

/** What all connections of a path share. So ten thousand idle connections keep only what is their own. */
export interface SharedServices {
  readonly services: ConnectionServices;
  readonly endpointOptions: ServerOptions;
}

/** What the connections of a path share: those that may be compressed share something else. */
export interface RouteServices extends SharedServices {
  /** Undefined if the connections of this path are never compressed. */
  readonly deflating: SharedServices | undefined;
}

/** The length of a piece in bytes where every frame is explained: it holds at most about a hundred frames of a client. */
const EXPLAINED_PIECE_BYTES = 512;

/** The length of a piece in bytes where messages are inflated: it can stand for 4 MB, which take 10 ms. */
const DEFLATED_PIECE_BYTES = 4096;

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
  const readTurns = new ReadTurns();
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
    const services: ConnectionServices = {
      ...{ path, handler, limits, flushQueue, readTurns, memory, log, budget, onClosed },
      pieces: route.withFrames ? { turns, pieceBytes: EXPLAINED_PIECE_BYTES } : undefined,
      countsTime: false,
    };
    return {
      services,
      endpointOptions,
      deflating: route.mayDeflate
        ? {
            services: {
              ...services,
              pieces: services.pieces ?? { turns, pieceBytes: DEFLATED_PIECE_BYTES },
              countsTime: true,
            },
            endpointOptions: { ...endpointOptions, extensions },
          }
        : undefined,
    };
  };
  return new Map([...routes].map(([path, route]) => [route, servicesOf(path, route)]));
}
