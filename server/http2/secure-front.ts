import type { Server as HttpServer, IncomingMessage, ServerResponse } from 'node:http';
import type { IncomingHttpHeaders, ServerHttp2Session, ServerHttp2Stream } from 'node:http2';
import type { Socket } from 'node:net';
import type { TLSSocket, Server as TlsServer } from 'node:tls';
import type { HttpRefusal } from '../../src/companion/policy/refusal.ts';
import type { RequestHead } from '../../src/protocol/index.ts';
import { encodeText } from '../../src/text/utf8.ts';
import type { ServerLimits } from '../bounds/limits.ts';
import type { Log } from '../log.ts';
import { refuseSafely } from '../request/refusal-bytes.ts';
import { remoteOf } from '../socket/remote.ts';
import { fieldsOf, headersOf } from './answer-in-fields.ts';
import type { Certificate } from './certificate.ts';
import { requestOfStream } from './stream-request.ts';

/** The requests of one browser window fit in it, and a hundred WebSockets. RFC 9113 §6.5.2 recommends no less. */
const MAX_STREAMS = 128;
/** A session keeps tables and buffers of its own. A browser needs one. */
const MAX_SESSIONS = 256;
/** Node's unit is a million bytes: what one session may queue before it gets no more streams. */
const MAX_SESSION_MEMORY = 10;
/** RFC 9113 §7. */
const NO_ERROR = 0;
const CANCEL = 8;

export interface SecureFrontOptions {
  readonly certificate: Certificate;
  readonly limits: ServerLimits;
  readonly log: Log;
  /** Opens a WebSocket in a stream. @returns why it is refused; undefined once it is open */
  readonly open: (stream: ServerHttp2Stream, head: RequestHead, fields: readonly string[]) => HttpRefusal | undefined;
  /** Answers a request that is no CONNECT, such as one for a page. */
  readonly answer: (request: IncomingMessage, response: ServerResponse) => void;
}

/**
 * Speaks TLS on a port. A client that agrees on HTTP/2 (by ALPN, RFC 7301) gets a session with streams, in which it may open
 * WebSockets by extended CONNECT (RFC 8441). Any other client's connection goes to the HTTP/1.1 server, as if there were no TLS.
 */
export class SecureFront {
  /** The server that listens. */
  readonly server: TlsServer;
  readonly #options: SecureFrontOptions;
  readonly #sessions = new Set<ServerHttp2Session>();
  #closing = false;

  constructor(httpServer: HttpServer, options: SecureFrontOptions) {
    this.#options = options;
    const { certificate, limits, log } = options;
    // Only a server with this option loads the modules.
    const { createServer } = process.getBuiltinModule('node:http2');
    const tls = process.getBuiltinModule('node:tls');
    this.server = tls.createServer({
      ...certificate,
      ALPNProtocols: ['h2', 'http/1.1'],
      handshakeTimeout: limits.handshakeTimeoutMs,
      // A half-open connection would stay for ever: neither the handshake nor a session notices that its client has ended.
      allowHalfOpen: false,
      noDelay: true,
    });
    const http2Server = createServer({
      settings: {
        enableConnectProtocol: true,
        maxConcurrentStreams: MAX_STREAMS,
        maxHeaderListSize: limits.maxHeaderBytes,
      },
      maxSessionMemory: MAX_SESSION_MEMORY,
    });
    this.server.on('secureConnection', (socket) => {
      if (socket.alpnProtocol !== 'h2') httpServer.emit('connection', socket);
      else if (this.#closing || this.#sessions.size >= MAX_SESSIONS) this.#turnAway(socket);
      else http2Server.emit('connection', socket);
    });
    this.server.on('tlsClientError', (error: NodeJS.ErrnoException, socket) => {
      // A client that hangs up is no news.
      if (error.code === 'ECONNRESET') return;
      const why = /CERTIFICATE|UNKNOWN_CA/.test(error.code ?? '')
        ? 'The client does not trust the certificate, which nobody else has signed.'
        : 'The address begins with https:// or wss://.';
      log('tls-failed', `${remoteOf(socket)}: no TLS handshake (${error.code}). ${why}`);
    });
    http2Server.on('session', (session) => this.#take(session as ServerHttp2Session));
    http2Server.on('stream', (stream, headers, _flags, fields) =>
      this.#answer(stream, headers, fields as unknown as string[]),
    );
  }

  /** A connection to this server itself, with HTTP/1.1 in it. */
  dial(address: { readonly host: string; readonly port: number }): Socket {
    const { cert: ca } = this.#options.certificate;
    // It is this server's own certificate, whatever the address is called.
    return process
      .getBuiltinModule('node:tls')
      .connect({ ...address, ca, ALPNProtocols: ['http/1.1'], checkServerIdentity: () => undefined });
  }

  /** Tells every client to open no more streams, and ends each session after its last one. RFC 9113 §6.8. */
  close(): void {
    this.#closing = true;
    for (const session of this.#sessions) session.close();
    // The WebSockets have a timeout of their own, which comes first.
    setTimeout(() => {
      for (const session of this.#sessions) session.destroy();
    }, 2 * this.#options.limits.closingTimeoutMs).unref();
  }

  #turnAway(socket: TLSSocket): void {
    this.#options.log(
      'no-room',
      `${remoteOf(socket)}: dropped: ${MAX_SESSIONS} sessions of HTTP/2 are open, which is the limit`,
    );
    socket.destroy();
  }

  #take(session: ServerHttp2Session): void {
    const { limits } = this.#options;
    this.#sessions.add(session);
    session.once('close', () => this.#sessions.delete(session));
    // A client that breaks a rule of HTTP/2 loses its session, and nobody else notices.
    session.on('error', () => {});
    // WebSockets are pinged, so this is for sessions without any, and for those whose client is gone.
    if (limits.idleTimeoutMs > 0) session.setTimeout(2 * limits.idleTimeoutMs, () => session.destroy());
  }

  #answer(stream: ServerHttp2Stream, headers: IncomingHttpHeaders, fields: readonly string[]): void {
    stream.on('error', () => {});
    if (headers[':method'] === 'CONNECT') this.#connect(stream, headers, fields);
    else this.#answerPlainly(stream, headers, fields);
  }

  #connect(stream: ServerHttp2Stream, headers: IncomingHttpHeaders, fields: readonly string[]): void {
    const read = requestOfStream(headers, fields);
    const refused = 'refused' in read ? read.refused : this.#options.open(stream, read.head, fields);
    if (refused === undefined || stream.destroyed) return;
    const { head, body } = refuseSafely(refused);
    stream.respond(headersOf(fieldsOf(head)));
    stream.end(encodeText(body));
    // What the client still sends is not read.
    stream.close(NO_ERROR);
  }

  #answerPlainly(stream: ServerHttp2Stream, headers: IncomingHttpHeaders, fields: readonly string[]): void {
    const { Http2ServerRequest, Http2ServerResponse } = process.getBuiltinModule('node:http2');
    const { idleTimeoutMs } = this.#options.limits;
    if (idleTimeoutMs > 0) stream.setTimeout(idleTimeoutMs, () => stream.close(CANCEL));
    const request = new Http2ServerRequest(stream, headers, {}, fields);
    const response = new Http2ServerResponse(stream);
    // Node made these classes to stand in for those of HTTP/1.1.
    this.#options.answer(request as unknown as IncomingMessage, response as unknown as ServerResponse);
  }
}
