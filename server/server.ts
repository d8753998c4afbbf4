import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { refusal } from '../src/companion/policy/refusal.ts';
import { roomFor } from './bounds/descriptors.ts';
import { DEFAULT_SERVER_LIMITS, type ServerLimits } from './bounds/limits.ts';
import { ClientErrors } from './opening/client-error.ts';
import { attachSockets, type SocketsOptions } from './opening/sockets.ts';
import { type Listening, listeningOf, urlOf } from './request/listening.ts';
import { sendRefusal } from './request/refusal-bytes.ts';
import { HttpConnections } from './site/http-connections.ts';
import { OpenFiles } from './site/open-files.ts';
import { LastResponses } from './site/pending-responses.ts';
import { limitPipelining } from './site/pipelining.ts';
import { createPlainHttp } from './site/plain-http.ts';
import { UnreadResponses } from './site/unread-responses.ts';
import { ListeningSockets } from './socket/listening-sockets.ts';

// An import would read every export of the module, one of them being Node's own WebSocket client: 40 ms of the start, and
// 13 MB, for what a server has no use for.
const { createServer } = process.getBuiltinModule('node:http');

/** RFC 9110 §10.1.1. */
const UNMET_EXPECTATION = refusal(417, 'The only expectation that is met here is 100-continue.', 'unmet-expectation');

const SITE = new URL('../dist/', import.meta.url);

export interface CompanionOptions extends Omit<SocketsOptions, 'leaveOtherUpgrades' | 'readFirst'> {
  /** 0: any that is free. */
  readonly port?: number;
  /** Where the site was built. */
  readonly site?: URL;
}

/** The companion: site and sockets on one port. */
export interface Companion {
  /** @returns what to type into a browser, once it listens */
  listen(): Promise<string>;
  readonly listening: Listening;
  /** How many WebSocket connections are open. */
  readonly connections: number;
  /** Takes nobody any more, closes all connections with 1001, and resolves when the last is gone. */
  close(): Promise<void>;
}

export function createCompanion(options: CompanionOptions = {}): Companion {
  const { host = 'localhost', port = 8080, log = () => {} } = options;
  const asked = { ...DEFAULT_SERVER_LIMITS, ...options.limits };
  const room = roomFor(asked.maxConnections);
  const limits = { ...asked, maxConnections: room.webSockets };
  const httpServer = createHttpServer(limits);
  const maxConnections = room.webSockets + room.http;
  const listeningSockets = new ListeningSockets(httpServer, maxConnections);
  const lastResponses = new LastResponses(httpServer);
  // Before the sockets: of the connections that become WebSockets at their first read, the HTTP server hears nothing.
  new HttpConnections(httpServer, lastResponses);
  const webSockets = attachSockets(httpServer, { ...options, host, limits, readFirst: true });
  const openFiles = new OpenFiles(room.files);
  const servePlainly = createPlainHttp(options.site ?? SITE, openFiles);
  const { sweeper } = webSockets;
  new UnreadResponses(httpServer, { lastResponses, sweeper, openFiles, limits, log });
  const clientErrors = new ClientErrors(lastResponses, limits, sweeper, log);

  const unmet = new WeakSet<IncomingMessage>();
  // Node would answer by itself, without our headers. As a request it is known to all who look at requests.
  httpServer.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    unmet.add(request);
    httpServer.emit('request', request, response);
  });
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    if (unmet.has(request)) sendRefusal(response, UNMET_EXPECTATION);
    else if (webSockets.serves(request)) webSockets.refuse(request, response);
    else servePlainly(request, response);
  };
  httpServer.on('request', limitPipelining(answer, { budget: webSockets.budget, log }));
  httpServer.on('clientError', (error, socket) => clientErrors.answer(error, socket as Socket));
  for (const server of listeningSockets.servers) {
    server.on('drop', () =>
      log('no-room', `a connection was dropped: ${maxConnections} are open, and no more are taken`),
    );
  }
  const listening = () => listeningOf(httpServer, listeningSockets.host);
  return {
    async listen() {
      await listeningSockets.listen(port, host);
      // Out of file descriptors, say: this connection is lost, the server goes on.
      for (const server of listeningSockets.servers)
        server.on('error', (error) => log('server-error', `the server: ${error.message}`));
      const url = urlOf(listening());
      if (listeningSockets.problem !== undefined)
        log('other-on-localhost', otherOnLocalhost(listeningSockets.problem, listening(), url));
      return url;
    },
    get listening() {
      return listening();
    },
    get connections() {
      return webSockets.size;
    },
    async close() {
      // Who has said nothing yet goes to the HTTP server now, which ends it.
      sweeper.sweep();
      const stopped = listeningSockets.close();
      const lastDownloads = setTimeout(() => httpServer.closeAllConnections(), limits.closingTimeoutMs);
      await webSockets.close();
      await stopped;
      clearTimeout(lastDownloads);
    },
  };
}

function createHttpServer({ maxHeaderBytes, handshakeTimeoutMs }: ServerLimits): Server {
  const httpServer = createServer({
    maxHeaderSize: maxHeaderBytes,
    headersTimeout: handshakeTimeoutMs,
    requestTimeout: handshakeTimeoutMs,
    connectionsCheckingInterval: Math.min(Math.ceil(handshakeTimeoutMs / 4), 1000),
    // A request without Host is refused by our own rule, which says more.
    requireHostHeader: false,
    // Other upgrades, such as curl's to HTTP/2, may be ignored: RFC 9110 §7.8.
    shouldUpgradeCallback: ({ headers }) => /\bwebsocket\b/i.test(headers.upgrade ?? ''),
  });
  httpServer.maxHeadersCount = 0;
  // Who ends its side behind its request, as `printf … | nc` does, is still to be answered. Node documents no option for it.
  Object.assign(httpServer, { httpAllowHalfOpen: true });
  return httpServer;
}

/** Says why `localhost` is not the address to use. */
function otherOnLocalhost({ code, message }: NodeJS.ErrnoException, { port }: Listening, url: string): string {
  const reason = code === 'EADDRINUSE' ? 'is held by another program' : `cannot be listened on (${message})`;
  return `[::1]:${port} ${reason}, and a browser can go there for http://localhost:${port}: use ${url}.`;
}
