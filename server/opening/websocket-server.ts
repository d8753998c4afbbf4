import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { type Admitted, admit, type Policy } from '../../src/companion/policy/admit.ts';
import { type HttpRefusal, refusal } from '../../src/companion/policy/refusal.ts';
import { type UpgradeRequest, upgradeRequestOf } from '../../src/companion/policy/upgrade-request.ts';
import { watchAnswer } from '../../src/inspector/index.ts';
import { Endpoint, type RequestHead, readAddress } from '../../src/protocol/index.ts';
import type { ServerLimits } from '../bounds/limits.ts';
import type { MemoryBudget } from '../bounds/memory-budget.ts';
import { Sweeper, type Swept } from '../bounds/sweeper.ts';
import type { Turns } from '../bounds/turns.ts';
import { SocketConnection } from '../connection/connection.ts';
import { MessageFrames } from '../connection/message-frames.ts';
import { DEFAULT_DEFLATE_OPTIONS, type DeflateOptions, mayDeflate } from '../deflate/deflate-paths.ts';
import type { Log } from '../log.ts';
import { createRouteServices, type RouteServices } from '../paths/route-services.ts';
import type { Route } from '../paths/routes.ts';
import { formatRefusal, sendRefusal } from '../request/refusal-bytes.ts';
import { requestHeadOf } from '../request/request-head.ts';
import { sendSocketPage, socketPageFor } from '../site/socket-page.ts';
import { FinalAnswer } from '../socket/final-answer.ts';
import { remoteOf } from '../socket/remote.ts';
import type { WireObserver } from '../socket/wire-observer.ts';
import type { Arrival } from '../tap/request-bytes.ts';
import type { Watching } from '../tap/watching.ts';

export interface WebSocketServerOptions extends Policy<Route> {
  readonly limits: ServerLimits;
  /** Undefined if taps are off. */
  readonly watching: Watching | undefined;
  /** Limits the memory of all connections together. */
  readonly budget: MemoryBudget;
  readonly turns: Turns;
  /** By default, only requests that ask for it in their query. */
  readonly deflate?: DeflateOptions | undefined;
  /** Undefined for no log. */
  readonly log: Log | undefined;
}

/** Longer paths are cut in the log. */
const MAX_LOGGED_PATH_CHARACTERS = 100;

/** A request that may become a connection. */
interface Candidate {
  readonly id: number;
  readonly socket: Socket;
  readonly asked: UpgradeRequest;
  readonly observation: WireObserver | undefined;
}

/** Opens connections for upgrade requests or refuses them, and keeps the set of open connections. */
export class WebSocketServer implements Swept {
  readonly sweeper: Sweeper;
  readonly #options: WebSocketServerOptions;
  readonly #connections = new Set<SocketConnection>();
  readonly #shared: ReadonlyMap<Route, RouteServices>;
  #lastId = 0;
  #onAllClosed: (() => void) | undefined;

  constructor(options: WebSocketServerOptions) {
    this.#options = options;
    const { idleTimeoutMs, closingTimeoutMs } = options.limits;
    this.sweeper = new Sweeper(Math.min(idleTimeoutMs || closingTimeoutMs, closingTimeoutMs));
    this.#shared = createRouteServices(options, this.#forget);
  }

  /** Whether the path of this request is a WebSocket path. */
  serves(request: IncomingMessage): boolean {
    return this.#options.routes.has(readAddress(requestHeadOf(request)).path);
  }

  /** Limits the memory of all connections together. */
  get budget(): MemoryBudget {
    return this.#options.budget;
  }

  /** The number of open connections. */
  get size(): number {
    return this.#connections.size;
  }

  /**
   * Opens a connection if the request is correct and allowed.
   *
   * @param firstChunk the bytes that came after the request in the same read
   * @returns false if the request must be refused; then nothing has happened
   */
  open(head: RequestHead, socket: Socket, arrival: Arrival, firstChunk: Uint8Array): boolean {
    const asked = upgradeRequestOf(head);
    const admitted = this.#full ?? admit(asked, this.#options);
    if ('refused' in admitted) return false;
    this.#connect(this.#candidate(asked, socket, arrival), admitted, firstChunk);
    return true;
  }

  /**
   * Takes a socket over from Node's HTTP server.
   *
   * @param firstChunk the bytes that came after the request in the same read
   */
  upgrade(request: IncomingMessage, socket: Socket, firstChunk: Uint8Array): void {
    const candidate = this.#candidateOf(request, socket, firstChunk.length);
    const admitted = this.#full ?? admit(candidate.asked, this.#options);
    if ('route' in admitted) {
      this.#connect(candidate, admitted, firstChunk);
      return;
    }
    const answer = formatRefusal(admitted.refused);
    this.#reportRefusal(candidate, admitted.refused, answer);
    new FinalAnswer(socket, answer, this.sweeper, this.#options.limits.closingTimeoutMs);
  }

  /** Answers a request to a WebSocket path that does not ask for an upgrade: nearly all are refused. RFC 6455 §4.2.2. */
  refuse(request: IncomingMessage, response: ServerResponse): void {
    if (this.#plainRouteOf(request)?.answer?.(request, response) === true) return;
    const candidate = this.#candidateOf(request, request.socket, 0);
    const admitted = admit(candidate.asked, this.#options);
    const refused =
      'refused' in admitted
        ? admitted.refused
        : refusal(400, 'The request asks for no upgrade. Open this address as a WebSocket.', 'no-upgrade');
    const page = refused.rule === 'missing-upgrade' ? socketPageFor(request, candidate.asked) : undefined;
    this.#reportRefusal(candidate, refused, formatRefusal(refused));
    if (page === undefined) sendRefusal(response, refused);
    else sendSocketPage(response, page);
  }

  /**
   * Starts the closing handshake on all connections, with 1001, and resolves when the last one is gone. RFC 6455
   * §7.4.1.
   */
  async close(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#onAllClosed = resolve;
    for (const connection of this.#connections) connection.close(1001, 'the server is shutting down');
    if (this.#connections.size > 0) await promise;
  }

  /** Checks the deadlines of all connections. */
  sweep(nowMs: number): void {
    for (const connection of this.#connections) connection.sweep(nowMs);
  }

  get #full(): { readonly refused: HttpRefusal } | undefined {
    if (this.#onAllClosed)
      return { refused: refusal(503, 'The server is shutting down. Try again later.', 'going-down') };
    if (this.#connections.size < this.#options.limits.maxConnections) return undefined;
    const sentence = 'The server has reached its limit of connections. Try again later.';
    return { refused: refusal(503, sentence, 'too-many-connections') };
  }

  /** @returns the route that answers a request without an upgrade: one that breaks no rule but this */
  #plainRouteOf(request: IncomingMessage): Route | undefined {
    const asked = upgradeRequestOf(requestHeadOf(request));
    const route = this.#options.routes.get(asked.path);
    if (route?.answer === undefined) return undefined;
    const admitted = admit(asked, this.#options);
    return 'refused' in admitted && admitted.refused.rule === 'missing-upgrade' ? route : undefined;
  }

  #candidateOf(request: IncomingMessage, socket: Socket, afterHead: number): Candidate {
    const arrival = this.#options.watching?.arrivalOf(request, socket, afterHead);
    return this.#candidate(upgradeRequestOf(requestHeadOf(request)), socket, arrival);
  }

  #candidate(asked: UpgradeRequest, socket: Socket, arrival: Arrival | undefined): Candidate {
    const id = ++this.#lastId;
    const { path, watchToken: token } = asked;
    const { routes, watching } = this.#options;
    const route = routes.get(path);
    if (arrival === undefined || route === undefined || route.unwatched) {
      return { id, socket, asked, observation: route?.observe?.(asked, arrival) };
    }
    const { limits } = (this.#shared.get(route) as RouteServices).services;
    return {
      id,
      socket,
      asked,
      observation: watching?.observe({ connection: id, path, token, limits }, socket, arrival),
    };
  }

  #connect(candidate: Candidate, { route, checked }: Admitted<Route>, firstChunk: Uint8Array): void {
    const { id, socket, asked, observation } = candidate;
    const { deflate = DEFAULT_DEFLATE_OPTIONS, turns } = this.#options;
    const shared = this.#shared.get(route) as RouteServices;
    // Only a client that offers something gets the extra work of it.
    const mayBeDeflated = checked.request.extensions.length > 0 && mayDeflate(asked.query, deflate);
    const { services, endpointOptions } = mayBeDeflated ? (shared.deflating ?? shared) : shared;
    const acting = route.acts?.(checked.request, endpointOptions);
    const connection = new SocketConnection(socket, services, {
      id,
      endpoint: acting?.endpoint ?? new Endpoint(endpointOptions),
      acting,
      nowMs: this.sweeper.nowMs,
      createFrames: route.withFrames
        ? (extensions) => new MessageFrames(services.limits, turns, extensions ? watchAnswer(extensions) : undefined)
        : undefined,
      observation,
    });
    this.#connections.add(connection);
    // One entry for all connections: an entry for each would take 30 more bytes per connection.
    this.sweeper.add(this);
    connection.open(asked.head, checked, firstChunk);
  }

  readonly #forget = (connection: SocketConnection): void => {
    this.#connections.delete(connection);
    if (this.#connections.size > 0) return;
    this.sweeper.delete(this);
    this.#onAllClosed?.();
  };

  #reportRefusal({ id, socket, asked, observation }: Candidate, refused: HttpRefusal, answer: Uint8Array): void {
    // A long path must not push the reason out of the line.
    const path =
      asked.path.length <= MAX_LOGGED_PATH_CHARACTERS
        ? asked.path
        : `${asked.path.slice(0, MAX_LOGGED_PATH_CHARACTERS)}…`;
    const name = `#${id} ${remoteOf(socket)} ${path}`;
    this.#options.log?.(refused.rule, `${name}: refused with ${refused.httpStatus}: ${refused.sentence}`);
    observation?.chunk('out', answer);
    observation?.close({ closeCode: 1006, reason: '', clean: false });
  }
}
