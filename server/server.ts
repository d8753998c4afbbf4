import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { refusal } from '../src/companion/policy/refusal.ts';
import { roomFor } from './bounds/descriptors.ts';
import { DEFAULT_SERVER_LIMITS, type ServerLimits } from './bounds/limits.ts';
import { selfSignedCertificate } from './http2/certificate.ts';
import { SecureFront } from './http2/secure-front.ts';
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

// An import would load every export of the module, Node's own WebSocket client among them: 40 ms at start and 13 MB for
// something that a server does not need.
const { createServer } = process.getBuiltinModule('node:http');

/** RFC 9110 §10.1.1. */
const UNMET_EXPECTATION = refusal(
  417,
  'The only expectation that this server can meet is 100-continue. Send no other.',
  'unmet-expectation',
);

const SITE = new URL('../dist/', import.meta.url);

export interface CompanionOptions extends Omit<SocketsOptions, 'leaveOtherUpgrades' | 'readFirst' | 'front' | 'dial'> {
  /** 0 for any free port. */
  readonly port?: number;
  /** The folder of the built site. */
  readonly site?: URL;
  /** Whether to speak TLS, with a certificate made now, and HTTP/2 in it: WebSockets open in its streams, too. */
  readonly h2?: boolean;
}

/** The companion server: the site and the WebSocket paths, on one port. */
export interface Companion {
  /** @returns the URL to open in a browser, once the server listens */
  listen(): Promise<string>;
  readonly listening: Listening;
  /** The number of open WebSocket connections. */
  readonly connections: number;
  /** Accepts no more connections, closes the open ones with 1001, and resolves when the last is gone. */
  close(): Promise<void>;
}

export function createCompanion(options: CompanionOptions = {}): Companion {
  const { host = 'localhost', port = 8080, log = () => {} } = options;
  const asked = { ...DEFAULT_SERVER_LIMITS, ...options.limits };
  const room = roomFor(asked.maxConnections);
  const limits = { ...asked, maxConnections: room.webSockets };
  const httpServer = createHttpServer(limits);
  const maxConnections = room.webSockets + room.http;
  const front = options.h2
    ? new SecureFront(httpServer, {
        ...{ certificate: selfSignedCertificate(namesOf(host)), limits, log },
        open: (stream, head, fields) => webSockets.openStream(stream, head, fields),
        answer: (request, response) => answer(request, response),
      })
    : undefined;
  const listeningSockets = new ListeningSockets(front?.server ?? httpServer, maxConnections, front === undefined);
  const lastResponses = new LastResponses(httpServer);
  // Before the sockets: the HTTP server never sees connections that become WebSockets at their first read.
  new HttpConnections(httpServer, lastResponses);
  const webSockets = attachSockets(httpServer, {
    ...{ ...options, host, limits, readFirst: true },
    ...(front && { front: front.server, dial: (address) => front.dial(address) }),
  });
  const openFiles = new OpenFiles(room.files);
  const servePlainly = createPlainHttp(options.site ?? SITE, openFiles);
  const { sweeper } = webSockets;
  new UnreadResponses(httpServer, { lastResponses, sweeper, openFiles, limits, log });
  const clientErrors = new ClientErrors(lastResponses, limits, sweeper, log);

  const unmet = new WeakSet<IncomingMessage>();
  // Node would answer by itself, without our headers. Emitted as a request, it passes through everything that handles
  // requests.
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
    server.on('drop', () => log('no-room', `a connection was dropped: ${maxConnections} are open, which is the limit`));
  }
  const listening = () => listeningOf(front?.server ?? httpServer, listeningSockets.host);
  return {
    async listen() {
      await listeningSockets.listen(port, host);
      // For example, no file descriptor is free. This connection is lost, and the server goes on.
      for (const server of listeningSockets.servers)
        server.on('error', (error) => log('server-error', `the server: ${error.message}`));
      const url = urlOf(listening(), front === undefined ? 'http' : 'https');
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
      // Connections that have sent nothing go to the HTTP server now, which ends them.
      sweeper.sweep();
      const stopped = listeningSockets.close();
      const lastDownloads = setTimeout(() => httpServer.closeAllConnections(), limits.closingTimeoutMs);
      // It does not listen itself behind TLS, and so does not end its connections when the listening stops.
      if (front !== undefined) httpServer.closeIdleConnections();
      front?.close();
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
    // Our own rule refuses a request without Host with a better message.
    requireHostHeader: false,
    // A server may ignore other upgrades, such as curl's to HTTP/2. RFC 9110 §7.8.
    shouldUpgradeCallback: ({ headers }) => /\bwebsocket\b/i.test(headers.upgrade ?? ''),
  });
  httpServer.maxHeadersCount = 0;
  // A client that ends its side after its request, as `printf … | nc` does, still gets an answer. Node has no
  // documented option for this.
  Object.assign(httpServer, { httpAllowHalfOpen: true });
  return httpServer;
}

/** The names in the certificate of a server that listens on a host. */
function namesOf(host: string): string[] {
  return [...new Set(['localhost', '127.0.0.1', '::1', host.toLowerCase()])];
}

/** Explains why `localhost` is not the address to use. */
function otherOnLocalhost({ code, message }: NodeJS.ErrnoException, { port }: Listening, url: string): string {
  const reason = code === 'EADDRINUSE' ? 'belongs to another program' : `is not available (${message})`;
  return `[::1]:${port} ${reason}. A browser may open that for ${new URL(url).protocol}//localhost:${port}, so use ${url}.`;
}
