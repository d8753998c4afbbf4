import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { computeAccept } from '../../src/protocol/index.ts';

/** What one side sees of TCP's end, in milliseconds after the probe's last act. */
export interface SeenEnd {
  readonly how: 'FIN' | 'RST';
  readonly afterMs: number;
}

/** One end of a connection through the proxy, which writes and reads bytes by hand. */
export class RawEnd {
  readonly chunks: Buffer[] = [];
  end: SeenEnd | undefined;
  readonly ended: Promise<void>;
  #sinceMs = performance.now();
  readonly #socket: Socket;
  #wake = () => {};

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    let finish = () => {};
    this.ended = new Promise((resolve) => {
      finish = resolve;
    });
    socket.on('data', (bytes: Buffer) => {
      this.chunks.push(bytes);
      this.#wake();
    });
    const note = (how: 'FIN' | 'RST') => {
      this.end ??= { how, afterMs: Math.round(performance.now() - this.#sinceMs) };
      finish();
      this.#wake();
    };
    socket.on('end', () => note('FIN'));
    socket.on('error', () => note('RST'));
    socket.on('close', () => finish());
  }

  /** Ends are timed from now on. */
  startClock(): void {
    this.#sinceMs = performance.now();
  }

  get bytes(): Buffer {
    return Buffer.concat(this.chunks);
  }

  get hasClosed(): boolean {
    return this.#socket.destroyed;
  }

  write(bytes: Uint8Array | string): void {
    this.#socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
  }

  finish(): void {
    this.#socket.end();
  }

  reset(): void {
    this.#socket.resetAndDestroy();
  }

  /** Forgets what was read, and returns it. */
  takeChunks(): Buffer[] {
    return this.chunks.splice(0);
  }

  /** Waits for a state of what was read or of the end. @returns false if it was not there in time */
  async until(reached: () => boolean, timeoutMs: number): Promise<boolean> {
    const late = performance.now() + timeoutMs;
    while (!reached()) {
      const leftMs = late - performance.now();
      if (leftMs <= 0 || (this.end !== undefined && !reached())) return reached();
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, leftMs);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    return true;
  }

  /** @returns the head with its empty line, in Latin-1; undefined if it did not come */
  async head(timeoutMs = 3000): Promise<string | undefined> {
    const find = () => this.bytes.indexOf('\r\n\r\n');
    if (!(await this.until(() => find() >= 0, timeoutMs))) return undefined;
    const bytes = this.bytes;
    const end = find() + 4;
    this.chunks.splice(0, this.chunks.length, ...(end < bytes.length ? [bytes.subarray(end)] : []));
    return bytes.toString('latin1', 0, end);
  }
}

/** The server behind the proxy: hands out each connection in the order in which they come. */
export class RawServer {
  readonly #server: Server;
  readonly #waiting: RawEnd[] = [];
  readonly #sockets = new Set<Socket>();
  #wake = () => {};

  private constructor(server: Server) {
    this.#server = server;
    server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
      this.#waiting.push(new RawEnd(socket));
      this.#wake();
    });
  }

  static async start(): Promise<RawServer> {
    const server = createServer({ allowHalfOpen: true, noDelay: true });
    const raw = new RawServer(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return raw;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** @returns the next connection; undefined if none came in time */
  async next(timeoutMs = 3000): Promise<RawEnd | undefined> {
    if (this.#waiting.length === 0) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, timeoutMs);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    return this.#waiting.shift();
  }

  /** Drops connections that nobody asked for, such as those a proxy opens ahead. */
  forget(): void {
    this.#waiting.splice(0);
  }

  close(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }
}

export async function dial(port: number): Promise<RawEnd> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
  const end = new RawEnd(socket);
  await once(socket, 'connect');
  return end;
}

const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';

/** The request that every proxy gets: names in several cases, a name twice, a name that no proxy knows. */
export const requestHead = (port: number, extensions: string | undefined, target = '/chat?x=1&y=%20'): string =>
  [
    `GET ${target} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    'Connection: keep-alive, Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${KEY}`,
    'Origin: http://127.0.0.1:5173',
    'X-Twice: one',
    'x-lower: kept?',
    'X-Twice: two',
    'Sec-WebSocket-Protocol: chat, superchat',
    ...(extensions === undefined ? [] : [`Sec-WebSocket-Extensions: ${extensions}`]),
    'Cookie: a=1; b=2',
    '',
    '',
  ].join('\r\n');

export const responseHead = (request: string, extensions: string | undefined): string => {
  const key = /^sec-websocket-key: *(\S+)/im.exec(request)?.[1] ?? KEY;
  return [
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Accept: ${computeAccept(key)}`,
    'Sec-WebSocket-Protocol: chat',
    ...(extensions === undefined ? [] : [`Sec-WebSocket-Extensions: ${extensions}`]),
    'X-From-Server: kept?',
    'Set-Cookie: c=3',
    'Set-Cookie: d=4',
    '',
    '',
  ].join('\r\n');
};

/** A server must not answer with parameters that were not offered: a proxy may make up an offer of its own. */
function answerTo(request: string): string | undefined {
  const offer = /^sec-websocket-extensions: *(.*)$/im.exec(request)?.[1];
  if (offer === undefined) return undefined;
  const name = 'permessage-deflate';
  return offer.includes('client_no_context_takeover')
    ? `${name}; client_no_context_takeover; server_no_context_takeover`
    : name;
}

/** A connection through the proxy, after its 101. */
export interface Opened {
  readonly client: RawEnd;
  readonly server: RawEnd;
  readonly sentRequest: string;
  readonly receivedRequest: string;
  readonly sentResponse: string;
  readonly receivedResponse: string;
}

/** What happened in place of a 101. */
export interface NotOpened {
  readonly receivedRequest: string | undefined;
  readonly receivedResponse: string | undefined;
  readonly client: RawEnd;
  readonly server: RawEnd | undefined;
}

export const isOpened = (outcome: Opened | NotOpened): outcome is Opened => 'sentRequest' in outcome;

/** @param afterHead bytes that the server writes together with its 101 */
export async function openThrough(
  port: number,
  target: RawServer,
  { extensions, afterHead, path }: { extensions?: string; afterHead?: Uint8Array; path?: string } = {},
): Promise<Opened | NotOpened> {
  target.forget();
  const client = await dial(port);
  const sentRequest = requestHead(port, extensions, path);
  client.write(sentRequest);
  const server = await target.next();
  const receivedRequest = await server?.head();
  if (server === undefined || receivedRequest === undefined) {
    return { client, server, receivedRequest, receivedResponse: await client.head(1000) };
  }
  const sentResponse = responseHead(receivedRequest, extensions === undefined ? undefined : answerTo(receivedRequest));
  server.write(Buffer.concat([Buffer.from(sentResponse, 'latin1'), afterHead ?? Buffer.alloc(0)]));
  const receivedResponse = await client.head();
  if (receivedResponse?.startsWith('HTTP/1.1 101') !== true) {
    return { client, server, receivedRequest, receivedResponse };
  }
  return { client, server, sentRequest, receivedRequest, sentResponse, receivedResponse };
}

const PAUSE_MS = 80;

/** How pieces that were written with pauses arrive. */
export interface SeenBytes {
  readonly sent: readonly number[];
  readonly received: readonly number[];
  readonly isEqual: boolean;
}

/** Writes the pieces with pauses between, and reads what arrives. */
export async function passBytes(
  from: RawEnd,
  to: RawEnd,
  pieces: readonly Uint8Array[],
): Promise<SeenBytes & { readonly bytes: Buffer }> {
  to.takeChunks();
  for (const piece of pieces) {
    from.write(piece);
    await wait(PAUSE_MS);
  }
  const sent = Buffer.concat(pieces);
  await to.until(() => to.bytes.length >= sent.length, 2000);
  // What re-frames sends more or fewer bytes: nothing tells when that is over.
  await wait(PAUSE_MS);
  const chunks = to.takeChunks();
  const bytes = Buffer.concat(chunks);
  return {
    sent: pieces.map(({ length }) => length),
    received: chunks.map(({ length }) => length),
    isEqual: bytes.equals(sent),
    bytes,
  };
}

export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex').slice(0, 16);
