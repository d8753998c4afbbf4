import { once } from 'node:events';
import http2, { type ClientHttp2Session, type ClientHttp2Stream, type OutgoingHttpHeaders } from 'node:http2';
import { request as httpsRequest } from 'node:https';
import { createConnection } from 'node:net';
import { connect as tlsConnect } from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket as WsClient } from 'ws';
import { joinBytes } from '../../src/bytes/join-bytes.ts';
import { encodeHpackField } from '../../src/drafts/hpack.ts';
import { END_HEADERS, HTTP_FRAME, http2FrameHead } from '../../src/drafts/http-frames.ts';
import type { WireMessage } from '../../src/inspector/index.ts';
import { encodeFrame, FrameReader } from '../../src/protocol/index.ts';
import type { CompanionOptions } from '../server.ts';
import { startCompanion } from '../testing/companion.ts';
import { masked, maskedText } from '../testing/raw-peer.ts';

const TOKEN = 'a-token-of-sixteen';
const SITE = new URL('../../dist-that-is-not-there/', import.meta.url);

const start = (options: CompanionOptions = {}) => startCompanion({ h2: true, site: SITE, ...options });

/** A session of HTTP/2, once the server's settings are known. */
async function connect(port: number, host = 'localhost'): Promise<ClientHttp2Session> {
  const session = http2.connect(`https://${host}:${port}`, { rejectUnauthorized: false });
  session.on('error', () => {});
  onTestFinished(() => session.destroy());
  await once(session, 'remoteSettings');
  return session;
}

/** A stream that asks for a WebSocket, and what comes back in it. */
class StreamPeer {
  readonly stream: ClientHttp2Stream;
  readonly response: Promise<http2.IncomingHttpHeaders>;
  readonly closed: Promise<unknown>;
  ended = false;
  #received = Buffer.alloc(0);
  readonly #reader = new FrameReader();
  readonly #frames: { opcode: number; payload: Buffer }[] = [];
  #pieces: Uint8Array[] = [];
  #onNews = () => {};

  constructor(session: ClientHttp2Session, path = '/echo', headers: OutgoingHttpHeaders = {}) {
    const all: OutgoingHttpHeaders = {
      ':method': 'CONNECT',
      ':protocol': 'websocket',
      ':scheme': 'https',
      ':path': path,
      'sec-websocket-version': '13',
      ...headers,
    };
    this.stream = session.request(all, { endStream: false });
    this.response = once(this.stream, 'response').then(([fields]) => fields as http2.IncomingHttpHeaders);
    this.response.catch(() => {});
    this.closed = new Promise((done) => this.stream.once('close', () => done(undefined)));
    this.stream.on('error', () => {});
    this.stream.on('data', (chunk: Buffer) => {
      this.#received = Buffer.concat([this.#received, chunk]);
      this.#onNews();
    });
    for (const event of ['end', 'close']) {
      this.stream.on(event, () => {
        this.ended = true;
        this.#onNews();
      });
    }
  }

  get text(): string {
    return this.#received.toString();
  }

  async frame(): Promise<{ opcode: number; payload: Buffer }> {
    for (;;) {
      for (const { opcode, payload, ends } of this.#reader.push(new Uint8Array(this.#received))) {
        this.#pieces.push(payload);
        if (!ends) continue;
        this.#frames.push({ opcode, payload: Buffer.concat(this.#pieces) });
        this.#pieces = [];
      }
      this.#received = Buffer.alloc(0);
      const frame = this.#frames.shift();
      if (frame !== undefined) return frame;
      if (this.ended) throw new Error('the stream has ended');
      await new Promise<void>((done) => {
        this.#onNews = done;
      });
    }
  }
}

/** A client that writes each frame of HTTP/2 itself, as src/drafts encodes it. */
async function rawClient(port: number) {
  const socket = tlsConnect({ port, host: '127.0.0.1', ALPNProtocols: ['h2'], rejectUnauthorized: false });
  onTestFinished(() => {
    socket.destroy();
  });
  let received = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
  });
  socket.on('error', () => {});
  await once(socket, 'secureConnect');
  const frame = (type: number, flags: number, stream: number, payload: Uint8Array = new Uint8Array(0)) =>
    socket.write(Buffer.concat([http2FrameHead(type, flags, stream, payload.length), payload]));
  socket.write('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
  frame(SETTINGS, 0, 0);
  return { socket, frame, received: () => received };
}

const SETTINGS = 4;
const RST_STREAM = 3;
const openingOf = (path: string, port: number) =>
  joinBytes(
    (
      [
        [':method', 'CONNECT'],
        [':protocol', 'websocket'],
        [':scheme', 'https'],
        [':path', path],
        [':authority', `localhost:${port}`],
        ['sec-websocket-version', '13'],
      ] as const
    ).map((field) => encodeHpackField(field).bytes),
  );

describe('a WebSocket in a stream of HTTP/2', () => {
  test('the server allows extended CONNECT in its settings', async () => {
    const { port, url } = await start();
    expect(url).toBe(`https://localhost:${port}`);
    const session = await connect(port);
    expect(session.remoteSettings.enableConnectProtocol).toBe(true);
    expect(session.alpnProtocol).toBe('h2');
  });

  test('opens with 200, echoes, and closes with the handshake; then the stream ends', async () => {
    const companion = await start();
    const peer = new StreamPeer(await connect(companion.port));
    const response = await peer.response;
    expect(response[':status']).toBe(200);
    // Neither an accept nor an upgrade: what node adds is the date.
    expect(Object.keys(response).sort()).toEqual([':status', 'date']);
    peer.stream.write(maskedText('Hello'));
    expect(await peer.frame()).toEqual({ opcode: 1, payload: Buffer.from('Hello') });
    expect(companion.connections).toBe(1);
    peer.stream.write(masked({ opcode: 8, payload: Uint8Array.of(3, 232) }));
    expect(await peer.frame()).toEqual({ opcode: 8, payload: Buffer.from([3, 232]) });
    peer.stream.end();
    await peer.closed;
    expect(peer.stream.rstCode).toBe(0);
    await expect.poll(() => companion.connections).toBe(0);
  });

  test('many streams of one session are connections of their own', async () => {
    const companion = await start();
    const session = await connect(companion.port);
    const peers = Array.from({ length: 20 }, () => new StreamPeer(session));
    for (const [i, peer] of peers.entries()) peer.stream.write(maskedText(`number ${i}`));
    for (const [i, peer] of peers.entries()) expect((await peer.frame()).payload.toString()).toBe(`number ${i}`);
    expect(companion.connections).toBe(20);
  });

  test('a broadcast reaches streams and connections of HTTP/1.1 alike', async () => {
    const { port } = await start();
    const peer = new StreamPeer(await connect(port), '/broadcast');
    await peer.response;
    const other = new WsClient(`wss://localhost:${port}/broadcast`, { rejectUnauthorized: false });
    await once(other, 'open');
    const heard = once(other, 'message');
    peer.stream.write(maskedText('to all'));
    expect((await peer.frame()).payload.toString()).toBe('to all');
    expect(String((await heard)[0])).toBe('to all');
    other.terminate();
  });

  test('frames are cut and joined anywhere, and a broken rule is answered with 1002', async () => {
    const { port } = await start();
    const peer = new StreamPeer(await connect(port));
    for (const byte of maskedText('cut')) peer.stream.write(Uint8Array.of(byte));
    expect((await peer.frame()).payload.toString()).toBe('cut');
    peer.stream.write(encodeFrame({ opcode: 1, payload: Uint8Array.of(65) }));
    expect((await peer.frame()).payload.subarray(0, 2)).toEqual(Buffer.from([3, 234]));
    expect(peer.stream.rstCode ?? 0).toBe(0);
  });

  test('a subprotocol and compression are agreed on in the fields', async () => {
    const { port } = await start();
    const peer = new StreamPeer(await connect(port), '/dump?deflate', {
      'sec-websocket-protocol': 'other, dump.json',
      'sec-websocket-extensions': 'permessage-deflate',
    });
    expect(await peer.response).toMatchObject({
      ':status': 200,
      'sec-websocket-protocol': 'dump.json',
      'sec-websocket-extensions': 'permessage-deflate',
    });
    peer.stream.write(maskedText('x'));
    expect((await peer.frame()).opcode).toBe(1);
  });

  test('RST_STREAM ends the connection at once, and no other', async () => {
    const companion = await start();
    const { frame, received } = await rawClient(companion.port);
    for (const stream of [1, 3]) frame(HTTP_FRAME.headers, END_HEADERS, stream, openingOf('/echo', companion.port));
    await expect.poll(() => companion.connections).toBe(2);
    frame(RST_STREAM, 0, 1, Uint8Array.of(0, 0, 0, 8));
    await expect.poll(() => companion.connections).toBe(1);
    frame(HTTP_FRAME.data, 0, 3, maskedText('still'));
    await expect.poll(() => received().includes('\x81\x05still', undefined, 'latin1')).toBe(true);
    expect(companion.lines.join('\n')).toMatch(/\/echo: ended without a close frame/);
  });

  test.each(['127.0.0.1', '[::1]'])(
    'at %s, a client’s GOAWAY lets its streams go on, and a lost session ends them',
    async (host) => {
      const companion = await start();
      const session = await connect(companion.port, host);
      // Node 24 writes the authority of an IPv6 address without its brackets.
      const peer = new StreamPeer(session, '/echo', { ':authority': `${host}:${companion.port}` });
      await peer.response;
      session.goaway(http2.constants.NGHTTP2_NO_ERROR);
      peer.stream.write(maskedText('after'));
      expect((await peer.frame()).payload.toString()).toBe('after');
      session.destroy();
      await expect.poll(() => companion.connections).toBe(0);
    },
  );

  test('a server that stops closes with 1001 and sends GOAWAY', async () => {
    const companion = await start();
    const session = await connect(companion.port);
    const peer = new StreamPeer(session);
    await peer.response;
    const goaway = once(session, 'goaway');
    const closed = companion.close();
    expect((await peer.frame()).payload.subarray(0, 2)).toEqual(Buffer.from([3, 233]));
    peer.stream.write(masked({ opcode: 8, payload: Uint8Array.of(3, 233) }));
    peer.stream.end();
    expect((await goaway)[0]).toBe(http2.constants.NGHTTP2_NO_ERROR);
    await closed;
  });

  test('a client that does not read is not read from: the window stays closed', async () => {
    const { port } = await start({ limits: { maxUnsentBytes: 64 * 1024 } });
    const peer = new StreamPeer(await connect(port));
    await peer.response;
    peer.stream.pause();
    const message = masked({ opcode: 2, payload: new Uint8Array(64 * 1024) });
    for (let i = 0; i < 100; i++) peer.stream.write(message);
    const frames = 100;
    // Everything that both windows and the server's limit can hold is far less than was written.
    const other = new StreamPeer(await connect(port));
    other.stream.write(maskedText('not blocked'));
    expect((await other.frame()).payload.toString()).toBe('not blocked');
    expect(peer.stream.writableLength).toBeGreaterThan(4 * 1024 * 1024);
    peer.stream.resume();
    for (let i = 0; i < frames; i++) expect((await peer.frame()).payload).toHaveLength(64 * 1024);
    expect(peer.stream.writableLength).toBe(0);
  });

  test('a client that does not answer the close loses its stream, by RST_STREAM', async () => {
    const companion = await start({ limits: { closingTimeoutMs: 100 } });
    const peer = new StreamPeer(await connect(companion.port));
    peer.stream.write(encodeFrame({ opcode: 1, payload: Uint8Array.of(65) }));
    await peer.closed;
    expect(peer.stream.rstCode).toBe(http2.constants.NGHTTP2_CANCEL);
    await expect.poll(() => companion.connections).toBe(0);
  });
});

describe('a CONNECT that is refused', () => {
  const OTHERS = { origin: 'https://example.com' };
  test.each<[string, string, OutgoingHttpHeaders, number, string]>([
    ['a foreign Origin', '/echo', OTHERS, 403, 'Pages from this origin must not connect'],
    ['a name that leads here by DNS rebinding', '/tap', { ':authority': 'evil.example' }, 403, 'under the server'],
    ['an unknown path', '/nowhere', {}, 404, 'There is no WebSocket at this path'],
    ['another version', '/echo', { 'sec-websocket-version': '8' }, 426, '13'],
    ['a wrong subprotocol', '/echo', { 'sec-websocket-protocol': 'a b' }, 400, ''],
    ['another protocol', '/echo', { ':protocol': 'webtransport' }, 501, 'The only :protocol'],
  ])('%s', async (_, path, headers, status, sentence) => {
    const companion = await start();
    const session = await connect(companion.port);
    const peer = new StreamPeer(session, path, headers);
    const response = await peer.response;
    expect(response[':status']).toBe(status);
    expect(response['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(response.connection).toBeUndefined();
    await peer.closed;
    expect(peer.text).toContain(sentence);
    expect(companion.connections).toBe(0);
    // The session goes on.
    const next = new StreamPeer(session);
    expect((await next.response)[':status']).toBe(200);
  });

  test('no :protocol', async () => {
    const { port } = await start();
    const session = await connect(port);
    const stream = session.request({ ':method': 'CONNECT', ':authority': `localhost:${port}` });
    const [fields] = (await once(stream, 'response')) as [http2.IncomingHttpHeaders];
    expect(fields[':status']).toBe(400);
    let text = '';
    for await (const chunk of stream) text += String(chunk);
    expect(text).toBe('This CONNECT has no :protocol. To open a WebSocket, send :protocol with the value websocket.\n');
  });

  test('beyond the limit of connections', async () => {
    const { port } = await start({ limits: { maxConnections: 1 } });
    const session = await connect(port);
    expect((await new StreamPeer(session).response)[':status']).toBe(200);
    expect((await new StreamPeer(session).response)[':status']).toBe(503);
  });
});

describe('what a tap sees', () => {
  test('the fields, and the frames as over HTTP/1.1', async () => {
    const { port } = await start();
    const session = await connect(port);
    const tap = new StreamPeer(session, `/tap?watch=${TOKEN}`);
    await tap.response;
    const peer = new StreamPeer(session, `/echo?watch=${TOKEN}`, { origin: `https://localhost:${port}` });
    peer.stream.write(maskedText('Hello'));
    await peer.frame();
    peer.stream.write(masked({ opcode: 8, payload: Uint8Array.of(3, 232) }));
    await peer.frame();
    peer.stream.end();
    const messages: WireMessage[] = [];
    while (messages.at(-1)?.type !== 'ending') messages.push(JSON.parse(String((await tap.frame()).payload)));
    expect(messages.map(({ type }) => type)).toEqual([
      ...['open', 'chunk', 'frame', 'chunk', 'frame', 'chunk', 'frame', 'chunk', 'frame', 'close', 'ending'],
    ]);
    expect(messages[0]).toMatchObject({
      path: '/echo',
      remote: expect.stringMatching(/^(?:127\.0\.0\.1|\[::1\]):\d+$/),
      http2: { stream: 3, response: [[':status', '200']] },
    });
    const open = messages[0]?.type === 'open' ? messages[0] : undefined;
    expect(open?.http2?.request).toContainEqual([':protocol', 'websocket']);
    expect(messages[2]).toMatchObject({ offset: 0, direction: 'in', payload: { text: 'Hello' }, violations: [] });
    expect(messages[4]).toMatchObject({ offset: 0, direction: 'out', payload: { text: 'Hello' }, violations: [] });
    expect(messages.at(-1)).toMatchObject({ endedBy: 'client', cause: 'normal-closure' });
  });

  test('RST_STREAM as a reset', async () => {
    const { port } = await start();
    const session = await connect(port);
    const tap = new StreamPeer(session, `/tap?watch=${TOKEN}`);
    await tap.response;
    const { frame } = await rawClient(port);
    frame(HTTP_FRAME.headers, END_HEADERS, 1, openingOf(`/echo?watch=${TOKEN}`, port));
    frame(RST_STREAM, 0, 1, Uint8Array.of(0, 0, 0, 8));
    const messages: WireMessage[] = [];
    while (messages.at(-1)?.type !== 'ending') messages.push(JSON.parse(String((await tap.frame()).payload)));
    expect(messages.at(-1)).toMatchObject({ tcp: 'RST', endedBy: 'client' });
  });
});

describe('the same port', () => {
  test('wss over HTTP/1.1', async () => {
    const { port } = await start();
    const client = new WsClient(`wss://localhost:${port}/echo`, { rejectUnauthorized: false });
    await once(client, 'open');
    client.send('Hello');
    expect(String((await once(client, 'message'))[0])).toBe('Hello');
    client.send(Buffer.alloc(300_000, 7));
    expect((await once(client, 'message'))[0]).toEqual(Buffer.alloc(300_000, 7));
    client.close(1000);
    expect((await once(client, 'close'))[0]).toBe(1000);
  });

  test('the site, /healthz and a refusal, over HTTP/2 and HTTP/1.1 alike', async () => {
    const { port } = await start();
    const session = await connect(port);
    const over2 = async (path: string, method = 'GET') => {
      const stream = session.request({ ':path': path, ':method': method });
      const [fields] = (await once(stream, 'response')) as [http2.IncomingHttpHeaders];
      let text = '';
      for await (const chunk of stream) text += String(chunk);
      return { status: fields[':status'], safe: fields['x-content-type-options'], text };
    };
    const over1 = async (path: string, method = 'GET') => {
      const request = httpsRequest({ port, path, method, rejectUnauthorized: false }).end();
      const [response] = await once(request, 'response');
      let text = '';
      for await (const chunk of response) text += String(chunk);
      return { status: response.statusCode, safe: response.headers['x-content-type-options'], text };
    };
    for (const path of ['/', '/healthz', '/echo', '/*?']) expect(await over2(path), path).toEqual(await over1(path));
    expect((await over2('/healthz')).text).toContain('"name":"framelight"');
    expect((await over2('/echo')).status).toBe(426);
  });

  test('the certificate is for its names', async () => {
    const { port } = await start();
    const socket = tlsConnect({ port, host: '127.0.0.1', servername: 'localhost', rejectUnauthorized: false });
    await once(socket, 'secureConnect');
    expect(socket.getPeerX509Certificate()?.subjectAltName).toContain('DNS:localhost, IP Address:127.0.0.1');
    socket.destroy();
  });

  test('a client that speaks no TLS loses its connection, and the log says why', async () => {
    const companion = await start();
    const socket = createConnection({ port: companion.port, host: '127.0.0.1' });
    socket.on('error', () => {});
    socket.resume();
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await once(socket, 'close');
    expect(companion.lines.join('\n')).toContain('The address begins with https:// or wss://.');
  });

  test('the lab reaches itself over TLS', async () => {
    const { port } = await start();
    const client = new WsClient(`wss://localhost:${port}/lab/raw`, { rejectUnauthorized: false });
    await once(client, 'open');
    const hex = Buffer.from('GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n').toString('hex');
    client.send(JSON.stringify({ type: 'run', steps: [{ hex }] }));
    let text = '';
    client.on('message', (data) => {
      text += String(data);
    });
    await expect.poll(() => text).toContain('\\"framelight\\"');
    client.terminate();
  });
});
