import { createServer, type Server, type Socket } from 'node:net';
import type { Direction } from '../../src/inspector/index.ts';
import { roomFor } from '../bounds/descriptors.ts';
import { type Listening, listeningOf } from '../request/listening.ts';
import { explainDialError } from '../socket/dial-error.ts';
import { ListeningSockets } from '../socket/listening-sockets.ts';
import { dial } from './dial.ts';
import { HeadPolicy, type HeadPolicyOptions } from './head-policy.ts';
import { type EndedHow, ProxiedConnection, type ProxiedWebSocket } from './proxied-connection.ts';
import { Recording } from './recording.ts';
import type { Decide } from './ruled-direction.ts';
import type { ProxyTarget } from './target.ts';

/** What happens at a proxy, for its terminal and its tests. */
export interface ProxyListener {
  /** The target has answered a handshake; `webSocket.httpStatus` is 101 if frames follow. */
  opened?(webSocket: ProxiedWebSocket): void;
  /** @param by who ended it first: `in` is the client, `out` the target, undefined the proxy */
  ended?(webSocket: ProxiedWebSocket, by: Direction | undefined, how: EndedHow): void;
  /** A rule has done something to a frame. */
  acted?(webSocket: ProxiedWebSocket, sentence: string): void;
  /** Something that a person should know: the target is gone, a limit is reached. */
  problem?(sentence: string): void;
}

export interface ProxyServerOptions extends Partial<Omit<HeadPolicyOptions, 'listensOn'>> {
  readonly target: ProxyTarget;
  /** 0 for any free port. */
  readonly port?: number;
  readonly host?: string;
  /** Accepts any certificate of the target. */
  readonly insecure?: boolean;
  readonly recording?: Recording;
  readonly listener?: ProxyListener;
  /** Changes what passes. Undefined: everything passes as it is. */
  readonly decide?: Decide | undefined;
  /** How long {@link ProxyServer.close} waits for the last bytes to be taken. */
  readonly closingTimeoutMs?: number;
}

const DEFAULT_CLOSING_TIMEOUT_MS = 2_000;
const MAX_CONNECTIONS = 10_000;
/** One connection is a socket to the client and one to the target. */
const DESCRIPTORS_PER_CONNECTION = 2;

/** Passes every connection on to one target, and records its WebSocket connections. */
export class ProxyServer {
  readonly recording: Recording;
  readonly connections = new Set<ProxiedConnection>();
  readonly #options: ProxyServerOptions;
  readonly #server: Server;
  readonly #sockets: ListeningSockets;
  readonly #policy: HeadPolicy;
  /** The directions that are held, each with what goes on when it is released. */
  readonly #holds = new Map<readonly Direction[], (() => void)[]>();
  #lastNumber = 0;
  #onEmpty: (() => void) | undefined;

  constructor(options: ProxyServerOptions) {
    this.#options = options;
    this.recording = options.recording ?? new Recording();
    this.recording.mayReuse = () =>
      [...this.connections].every(({ unsentBytes }) => unsentBytes.in + unsentBytes.out === 0);
    this.#server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => this.#accept(socket));
    const { webSockets, http } = roomFor(DESCRIPTORS_PER_CONNECTION * MAX_CONNECTIONS);
    const room = Math.floor((webSockets + http) / DESCRIPTORS_PER_CONNECTION);
    this.#sockets = new ListeningSockets(this.#server, room);
    for (const server of this.#sockets.servers)
      server.on('drop', () =>
        options.listener?.problem?.(`A connection was dropped: ${room} are open, which is the limit.`),
      );
    const { hostHeader = 'as-is', origin, allowedOrigins = [], host = 'localhost' } = options;
    this.#policy = new HeadPolicy(options.target, { hostHeader, origin, allowedOrigins, listensOn: host });
  }

  /** @throws NodeJS.ErrnoException if the port cannot be taken */
  async listen(): Promise<Listening> {
    const { port = 0, host = 'localhost', listener } = this.#options;
    await this.#sockets.listen(port, host);
    for (const server of this.#sockets.servers)
      server.on('error', (error) => listener?.problem?.(`The proxy: ${error.message}.`));
    return this.listening;
  }

  get listening(): Listening {
    return listeningOf(this.#server, this.#sockets.host);
  }

  /**
   * Reads nothing more in these directions, from all connections, those that come later too.
   *
   * @returns a function that goes on
   */
  hold(directions: readonly Direction[]): () => void {
    const hold = [...directions];
    const resumes = [...this.connections].flatMap((connection) => hold.map((each) => connection.hold(each)));
    this.#holds.set(hold, resumes);
    return () => {
      this.#holds.delete(hold);
      for (const resume of resumes) resume();
    };
  }

  /** Passes on what rules hold. */
  release(): void {
    for (const connection of this.connections) connection.release();
  }

  /** Accepts no more, passes on everything that was read, ends TCP on both sides, and resolves when all of it is gone. */
  async close(): Promise<void> {
    const stopped = this.#sockets.close();
    // What has arrived by now is read in the next turn of the event loop. It counts as accepted.
    for (let turn = 0; turn < 2; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
    const { closingTimeoutMs = DEFAULT_CLOSING_TIMEOUT_MS } = this.#options;
    const deadline = setTimeout(() => {
      for (const connection of this.connections) connection.destroy();
    }, closingTimeoutMs);
    const empty = new Promise<void>((resolve) => {
      this.#onEmpty = resolve;
    });
    for (const connection of this.connections) connection.close();
    if (this.connections.size > 0) await empty;
    clearTimeout(deadline);
    await stopped;
  }

  #accept(socket: Socket): void {
    const { target, insecure = false, listener } = this.#options;
    const connection = new ProxiedConnection(socket, dial(target, insecure), {
      recording: this.recording,
      policy: this.#policy,
      decide: this.#options.decide,
      acted: (webSocket, sentence) => listener?.acted?.(webSocket, sentence),
      nextNumber: () => ++this.#lastNumber,
      answered: (webSocket) => listener?.opened?.(webSocket),
      ended: (webSocket, by, how) => listener?.ended?.(webSocket, by, how),
      explain: (error) => {
        const sentence = explainDialError(error, target);
        listener?.problem?.(sentence);
        return sentence;
      },
      closed: (closed) => {
        this.connections.delete(closed);
        if (this.connections.size === 0) this.#onEmpty?.();
      },
    });
    this.connections.add(connection);
    for (const [directions, resumes] of this.#holds)
      for (const direction of directions) resumes.push(connection.hold(direction));
  }
}
