import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Limits } from '../../src/protocol/limits.ts';
import { remoteOf } from '../remote.ts';
import type { TapHub } from './hub.ts';
import type { Observation } from './observation.ts';
import { RequestBytes } from './request-bytes.ts';

/** A request that may become a connection. */
export interface WatchedRequest {
  readonly connection: number;
  readonly path: string;
  readonly token: string | undefined;
  readonly request: IncomingMessage;
  /** How many bytes behind the head have come with it. */
  readonly afterHead: number;
  /** What its endpoint takes: more than that is shown with its violation. */
  readonly limits: Limits;
}

/** Follows sockets from the moment they are accepted, so that a connection can be shown from its first byte. */
export class Watching {
  readonly #hub: TapHub;
  readonly #maxHeaderBytes: number;
  readonly #requestBytes = new WeakMap<Socket, RequestBytes>();

  constructor(hub: TapHub, maxHeaderBytes: number) {
    this.#hub = hub;
    this.#maxHeaderBytes = maxHeaderBytes;
  }

  accept(socket: Socket): void {
    this.#requestBytes.set(socket, new RequestBytes(socket, this.#maxHeaderBytes));
  }

  /** The request on this socket was none for us. */
  passOver(socket: Socket): void {
    this.#requestBytes.get(socket)?.startOver();
  }

  /** A tap's own connection, or one to nowhere: nobody will see it. */
  lookAway(socket: Socket): void {
    this.#requestBytes.get(socket)?.stop();
    this.#requestBytes.delete(socket);
  }

  /** @returns undefined where nobody watches */
  observe(watched: WatchedRequest, socket: Socket): Observation | undefined {
    const { connection, path, token, request, afterHead, limits } = watched;
    const bytes = this.#requestBytes.get(socket);
    this.lookAway(socket);
    // To look up who is at the other end costs a system call: not for connections that nobody watches.
    if (bytes === undefined || !this.#hub.mayWatch(token)) return undefined;
    const { acceptedAtMs } = bytes;
    const remote = remoteOf(socket);
    const observation = this.#hub.observe({ connection, path, token, remote, acceptedAtMs, limits });
    observation?.open(bytes.take(request, afterHead));
    return observation;
  }
}
