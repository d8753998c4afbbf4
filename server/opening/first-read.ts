import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { DEFAULT_HEAD_LIMITS, type HeadLimits, parseRequestHead } from '../../src/protocol/index.ts';
import type { ServerLimits } from '../bounds/limits.ts';
import type { Swept } from '../bounds/sweeper.ts';
import { releaseSocket, type SocketUser, useSocket } from '../socket/socket-user.ts';
import type { Arrival, TimedChunk } from '../tap/request-bytes.ts';
import type { WebSocketServer } from './websocket-server.ts';

export interface FirstReadOptions {
  readonly webSockets: WebSocketServer;
  readonly limits: Pick<ServerLimits, 'maxHeaderBytes'>;
  /** Called when the HTTP server gets a connection. */
  readonly handOver: (socket: Socket, acceptedAtMs: number) => void;
}

/**
 * Looks at the first read of each connection before the HTTP server gets it.
 *
 * If the read holds a whole request that may open a WebSocket, the protocol core parses it. Node's HTTP parser would
 * take half as long again to accept a connection. Everything else goes to the HTTP server, silent clients too, and it
 * sees the same bytes as if nothing had happened.
 */
export function readFirst(httpServer: Server, options: FirstReadOptions): void {
  // The HTTP server's own listener is among them. It starts to read a connection there.
  const listeners = httpServer.listeners('connection');
  httpServer.removeAllListeners('connection');
  const { webSockets, limits } = options;
  const leave: Service['leave'] = (socket, acceptedAtMs) => {
    for (const listener of listeners) listener.call(httpServer, socket);
    options.handOver(socket, acceptedAtMs);
  };
  const service = { webSockets, headLimits: { ...DEFAULT_HEAD_LIMITS, maxHeadBytes: limits.maxHeaderBytes }, leave };
  httpServer.on('connection', (socket: Socket) => new FirstRead(socket, service));
}

/** Shared by all first reads. */
interface Service {
  readonly webSockets: WebSocketServer;
  readonly headLimits: HeadLimits;
  /** Gives a connection to the HTTP server. */
  readonly leave: (socket: Socket, acceptedAtMs: number) => void;
}

const NOTHING = new Uint8Array(0);

/** A connection from which nothing has been read. */
class FirstRead implements SocketUser, Swept, Arrival {
  readonly acceptedAtMs = performance.now();
  readonly #socket: Socket;
  readonly #service: Service;
  #chunk: TimedChunk | undefined;

  constructor(socket: Socket, service: Service) {
    this.#socket = socket;
    this.#service = service;
    useSocket(socket, this);
    service.webSockets.sweeper.add(this);
  }

  read(chunk: Uint8Array<ArrayBuffer>): void {
    const { webSockets, headLimits } = this.#service;
    webSockets.sweeper.delete(this);
    this.#chunk = { bytes: chunk, timeMs: performance.now() };
    const parsed = parseRequestHead(chunk, headLimits);
    if (parsed.kind === 'complete') {
      const afterHead = parsed.byteLength === chunk.length ? NOTHING : chunk.subarray(parsed.byteLength);
      if (webSockets.open(parsed.head, this.#socket, this, afterHead)) return;
    }
    this.#leave();
    // Back to the front: the HTTP server must read it first.
    this.#socket.unshift(chunk);
  }

  chunks(): readonly TimedChunk[] {
    return this.#chunk === undefined ? [] : [this.#chunk];
  }

  /** Silent clients go to the HTTP server, which enforces the handshake timeout. */
  sweep(): void {
    this.#service.webSockets.sweeper.delete(this);
    this.#leave();
  }

  ended(): void {
    this.#socket.end();
  }

  closed(): void {
    this.#service.webSockets.sweeper.delete(this);
  }

  failed(): void {}

  drained(): void {}

  #leave(): void {
    releaseSocket(this.#socket);
    this.#service.leave(this.#socket, this.acceptedAtMs);
  }
}
