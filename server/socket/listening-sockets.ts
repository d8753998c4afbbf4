import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

const LOCALHOST = 'localhost';
const IPV4_LOOPBACK = '127.0.0.1';
const IPV6_LOOPBACK = '::1';
/** With port 0, how many ports are tried to find one that is free on both loopback addresses. */
const MAX_PORTS_TRIED = 10;
/** The error codes of a system without IPv6, or without [::1]. */
const NO_SUCH_ADDRESS = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT']);

/**
 * The sockets that one server, such as an HTTP server, listens on: two for `localhost`, otherwise one.
 *
 * A browser that opens `http://localhost:8080` asks [::1] first and then 127.0.0.1. If only 127.0.0.1 is ours, another
 * program can hold [::1] at the same port and gets the browser's requests. So `localhost` takes both addresses.
 */
export class ListeningSockets {
  readonly #server: Server;
  /** For [::1]: its connections go to the first server, which can listen only once. */
  readonly #second: Server;
  #host = LOCALHOST;
  #problem: NodeJS.ErrnoException | undefined;

  /**
   * @param maxConnections the most connections at a time, on both sockets together
   * @param allowHalfOpen as in the server: Node's HTTP server accepts such sockets, one for TLS does not
   */
  constructor(server: Server, maxConnections: number, allowHalfOpen = true) {
    this.#server = server;
    this.#second = createServer({ allowHalfOpen, noDelay: true });
    this.#second.on('connection', (socket) => server.emit('connection', socket));
    shareLimit(server, this.#second, maxConnections);
    shareLimit(this.#second, server, maxConnections);
  }

  /** Both servers, for events that can happen on either. */
  get servers(): readonly Server[] {
    return [this.#server, this.#second];
  }

  /** The name or address that leads to this process, and to no other program. */
  get host(): string {
    return this.#problem === undefined ? this.#host : IPV4_LOOPBACK;
  }

  /** Why the server does not listen on [::1] for `localhost`; undefined if it does, or if the machine has no [::1]. */
  get problem(): NodeJS.ErrnoException | undefined {
    return this.#problem;
  }

  /**
   * Starts to listen.
   *
   * @param port 0 picks a free one
   * @param host a name or an address; `localhost` is both 127.0.0.1 and [::1]
   * @throws NodeJS.ErrnoException if the port of 127.0.0.1, or of the one address, cannot be taken
   */
  async listen(port: number, host: string): Promise<void> {
    this.#host = host;
    if (host.toLowerCase() !== LOCALHOST) {
      await listenOn(this.#server, port, host);
      return;
    }
    for (let tries = 1; ; tries++) {
      await listenOn(this.#server, port, IPV4_LOOPBACK);
      this.#problem = await this.#listenOnSecond();
      if (this.#problem?.code !== 'EADDRINUSE' || port !== 0 || tries === MAX_PORTS_TRIED) return;
      await closed(this.#server);
    }
  }

  /** Accepts no more connections; resolves when the last connection of both servers has ended. */
  async close(): Promise<void> {
    await Promise.all(this.servers.map(closed));
  }

  async #listenOnSecond(): Promise<NodeJS.ErrnoException | undefined> {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') return undefined;
    try {
      await listenOn(this.#second, address.port, IPV6_LOOPBACK);
      return undefined;
    } catch (error) {
      const problem = error as NodeJS.ErrnoException;
      return NO_SUCH_ADDRESS.has(problem.code ?? '') ? undefined : problem;
    }
  }
}

async function listenOn(server: Server, port: number, host: string): Promise<void> {
  server.listen(port, host);
  await once(server, 'listening');
}

/** Resolves at once if the server does not listen. */
function closed(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

/**
 * Each time a Node server accepts a connection, it compares its limit with the number of its own connections. This limit is
 * for two servers together, so the number of the other's connections is subtracted. Node documents no synchronous count.
 */
function shareLimit(server: Server, other: Counted, maxConnections: number): void {
  Object.defineProperty(server, 'maxConnections', { get: () => maxConnections - (other._connections ?? 0) });
}

/** A server with Node's private count of its connections. */
type Counted = Server & { readonly _connections?: number };
