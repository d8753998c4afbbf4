import type { Server } from 'node:http';
import { createConnection, type Socket } from 'node:net';
import { MAX_ROOM_UNSENT_BYTES } from '../../src/companion/lab/members.ts';
import { DEFAULT_SERVER_LIMITS, type ServerLimits } from '../bounds/limits.ts';
import { MemoryBudget } from '../bounds/memory-budget.ts';
import { MAX_COST_PER_TURN, Turns } from '../bounds/turns.ts';
import type { DeflateOptions } from '../deflate/deflate-paths.ts';
import { SocketMeter } from '../lab/polling/socket-meter.ts';
import type { Log } from '../log.ts';
import { createRoutes } from '../paths/routes.ts';
import { InMemoryPubSub } from '../pubsub/in-memory.ts';
import type { Relay } from '../pubsub/relay.ts';
import { RelayedPubSub } from '../pubsub/relayed.ts';
import { listeningOf, ownAddressOf } from '../request/listening.ts';
import { LastResponses } from '../site/pending-responses.ts';
import { plainBytes } from '../socket/plain-bytes.ts';
import { remoteOf } from '../socket/remote.ts';
import type { TapSource } from '../tap/handler.ts';
import { DEFAULT_HUB_LIMITS, type HubLimits, TapHub } from '../tap/hub.ts';
import { Watching } from '../tap/watching.ts';
import { readFirst } from './first-read.ts';
import { WebSocketServer } from './websocket-server.ts';

export interface SocketsOptions {
  readonly limits?: Partial<ServerLimits>;
  /** Origins that may connect in addition to the server's own and those on loopback. */
  readonly allowedOrigins?: readonly string[];
  /** Whether to serve taps. Without them nothing is recorded. */
  readonly taps?: boolean;
  readonly deflate?: DeflateOptions;
  readonly hubLimits?: HubLimits;
  /** Gives taps something else to see, too: the recording of a proxy. */
  readonly wrapTaps?: (hub: TapSource) => TapSource;
  /** Carries broadcasts to other servers. Who gives it also closes it. */
  readonly relay?: Relay | undefined;
  readonly log?: Log;
  /** The name or address to listen on. */
  readonly host?: string;
  /** Whether another listener answers upgrades to other paths. */
  readonly leaveOtherUpgrades?: boolean;
  /** Whether a WebSocket may open before the HTTP server sees its connection. */
  readonly readFirst?: boolean;
}

/**
 * Attaches the companion's WebSocket paths to an HTTP server: its own, or the development server of the site.
 *
 * Requests without an upgrade stay with the HTTP server. `serves` and `refuse` are for those.
 */
export function attachSockets(httpServer: Server, options: SocketsOptions): WebSocketServer {
  const limits = { ...DEFAULT_SERVER_LIMITS, ...options.limits };
  const budget = new MemoryBudget(limits.maxMemoryBytes);
  const turns = new Turns(MAX_COST_PER_TURN, (error) => {
    options.log?.('own-mistake', `a bug in this server: ${error instanceof Error ? error.stack : error}`);
  });
  const hub =
    options.taps === false ? undefined : new TapHub(options.hubLimits ?? DEFAULT_HUB_LIMITS, { budget, turns });
  const watching = hub && new Watching(hub, { maxHeaderBytes: limits.maxHeaderBytes, budget, log: options.log });
  const listening = () => listeningOf(httpServer, options.host);
  const local = new InMemoryPubSub(limits.maxBroadcastUnsentBytes, budget);
  const webSockets = new WebSocketServer({
    limits,
    budget,
    turns,
    deflate: options.deflate,
    watching,
    log: options.log,
    allowedOrigins: options.allowedOrigins ?? [],
    taps: hub !== undefined,
    listening,
    routes: createRoutes({
      taps: hub && (options.wrapTaps?.(hub) ?? hub),
      turns,
      pubSub: options.relay === undefined ? local : new RelayedPubSub(local, options.relay),
      roomPubSub: new InMemoryPubSub(MAX_ROOM_UNSENT_BYTES, budget),
      listening,
      dial: () => createConnection(ownAddressOf(httpServer)),
      meter: () => new SocketMeter(httpServer),
    }),
  });
  const watch = (socket: Socket, acceptedAtMs: number) => watching?.accept(socket, acceptedAtMs);
  if (options.readFirst) readFirst(httpServer, { webSockets, limits, handOver: watch });
  else httpServer.on('connection', (socket) => watch(socket, performance.now()));
  if (watching) httpServer.on('request', (request) => watching.passOver(request.socket));
  const lastResponses = new LastResponses(httpServer);
  httpServer.on('upgrade', (request, stream, firstChunk) => {
    if (options.leaveOtherUpgrades && !webSockets.serves(request)) return;
    // Over TCP the stream is a socket. Its type is wider because an HTTP server can also use other streams.
    const socket = stream as Socket;
    if (lastResponses.pendingOn(socket) === undefined) {
      webSockets.upgrade(request, socket, plainBytes(firstChunk));
      return;
    }
    // The client would take the 101 for the answer to its earlier request. RFC 9112 §9.3.2.
    options.log?.(
      'upgrade-before-answer',
      `${remoteOf(socket)}: asked for a WebSocket before an earlier request was answered; cut off`,
    );
    socket.destroy();
  });
  return webSockets;
}
