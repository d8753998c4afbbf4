import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { DEFAULT_SERVER_LIMITS, type ServerLimits } from '../bounds/limits.ts';
import { MemoryBudget } from '../bounds/memory-budget.ts';
import { Turns } from '../bounds/turns.ts';
import { WebSocketServer } from '../opening/websocket-server.ts';
import type { Route } from '../paths/routes.ts';
import { listeningOf } from '../request/listening.ts';

/** A server with one path, `/`, for one test. */
export async function serveRoute(route: Route, limits: Partial<ServerLimits> = {}) {
  const lines: string[] = [];
  const httpServer = createServer();
  const webSockets = new WebSocketServer({
    limits: { ...DEFAULT_SERVER_LIMITS, closingTimeoutMs: 200, ...limits },
    routes: new Map([['/', route]]),
    allowedOrigins: [],
    taps: false,
    budget: new MemoryBudget(limits.maxMemoryBytes),
    turns: new Turns(),
    listening: () => listeningOf(httpServer),
    watching: undefined,
    log: (_kind, event) => lines.push(event),
  });
  httpServer.on('upgrade', (request, socket, firstChunk) => {
    webSockets.upgrade(request, socket as Socket, new Uint8Array(firstChunk));
  });
  httpServer.listen(0, '127.0.0.1');
  await once(httpServer, 'listening');
  onTestFinished(async () => {
    httpServer.close();
    await webSockets.close();
  });
  const { port } = httpServer.address() as AddressInfo;
  return { port, lines, webSockets };
}

/** A promise that a handler fulfills. */
export function expected<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  return Promise.withResolvers<T>();
}
