import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Limits } from '../../src/protocol/index.ts';
import type { MemoryBudget } from '../bounds/memory-budget.ts';
import type { Log } from '../log.ts';
import type { Carrier } from '../socket/carrier.ts';
import { remoteOf } from '../socket/remote.ts';
import type { TapHub } from './hub.ts';
import type { Observation } from './observation.ts';
import { type Arrival, RequestBytes } from './request-bytes.ts';

/** A request that may become a connection. */
export interface WatchedRequest {
  readonly connection: number;
  readonly path: string;
  readonly token: string | undefined;
  /** The limits of its endpoint. Whatever exceeds them is shown as a violation. */
  readonly limits: Limits;
}

export interface WatchingOptions {
  readonly maxHeaderBytes: number;
  readonly budget: MemoryBudget;
  readonly log: Log | undefined;
}

/**
 * Follows the sockets of Node's HTTP server from the moment they are accepted, so that a connection can be shown from
 * its first byte.
 */
export class Watching {
  readonly #hub: TapHub;
  readonly #options: WatchingOptions;
  readonly #requestBytes = new WeakMap<Socket, RequestBytes>();

  constructor(hub: TapHub, options: WatchingOptions) {
    this.#hub = hub;
    this.#options = options;
  }

  /** @param acceptedAtMs on the clock of `performance.now()` */
  accept(socket: Socket, acceptedAtMs: number): void {
    const { maxHeaderBytes, budget, log } = this.#options;
    const onGivenUp = () =>
      log?.(
        'cut-off',
        `${remoteOf(socket)}: cut off before its request was complete, because the server needs the memory`,
      );
    this.#requestBytes.set(socket, new RequestBytes(socket, acceptedAtMs, { maxHeaderBytes, budget, onGivenUp }));
  }

  /** The request on this socket was not for a WebSocket. */
  passOver(socket: Socket): void {
    this.#requestBytes.get(socket)?.startOver();
  }

  /**
   * Stops following a socket.
   *
   * @param request the last request on it
   * @param afterHead the number of bytes that came after its head
   * @returns how the request arrived; undefined if the socket was not followed
   */
  arrivalOf(request: IncomingMessage, socket: Socket, afterHead: number): Arrival | undefined {
    const bytes = this.#requestBytes.get(socket);
    if (bytes === undefined) return undefined;
    this.#requestBytes.delete(socket);
    bytes.stop();
    return { acceptedAtMs: bytes.acceptedAtMs, chunks: () => bytes.take(request, afterHead) };
  }

  /** @returns undefined if nobody watches. Its `openStream` reports the stream once it is open */
  observeStream(watched: WatchedRequest, stream: Carrier): Observation | undefined {
    if (!this.#hub.mayWatch(watched.token)) return undefined;
    return this.#hub.observe({ ...watched, remote: remoteOf(stream), acceptedAtMs: performance.now() });
  }

  /** @returns undefined if nobody watches */
  observe(watched: WatchedRequest, socket: Socket, arrival: Arrival): Observation | undefined {
    // Looking up the remote address costs a system call, so it is done only for watched connections.
    if (!this.#hub.mayWatch(watched.token)) return undefined;
    const { acceptedAtMs } = arrival;
    const observation = this.#hub.observe({ ...watched, remote: remoteOf(socket), acceptedAtMs });
    observation?.open(arrival.chunks());
    return observation;
  }
}
