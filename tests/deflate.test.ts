import { once } from 'node:events';
import { createConnection } from 'node:net';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { createCodec } from '../server/deflate/codec.ts';
import { createDeflate, DEFAULT_DEFLATE_OPTIONS } from '../server/deflate/deflate-paths.ts';
import { ONE_SHOT } from '../server/deflate/one-shot.ts';
import { startCompanion } from '../server/testing/companion.ts';
import { masked, RawPeer } from '../server/testing/raw-peer.ts';
import { FreshMemory } from '../src/bytes/memory/fresh-memory.ts';
import {
  DeflateClient,
  type DeflateOffer,
  DeflateServer,
  decodeHeader,
  Endpoint,
  type Limits,
  OPCODE,
} from '../src/protocol/index.ts';
import { decodeLatin1, encodeLatin1 } from '../src/text/latin1.ts';
import { bytesOf, cutAt, cutEverywhere, hexOf } from './bytes.ts';
import { events, REQUEST, textFrame, written } from './endpoints.ts';

const codec = createCodec(new FreshMemory());
const PLAIN: DeflateOffer = {
  serverNoContextTakeover: false,
  clientNoContextTakeover: false,
  serverMaxWindowBits: undefined,
  clientMaxWindowBits: true,
};
const HELLO = { opcode: OPCODE.text, rsv1: true, payload: bytesOf('f248cdc9c90700') };

let nextKey = 1;
const newClient = (offers: readonly DeflateOffer[] = [PLAIN], limits: Partial<Limits> = {}, ofClient = codec) =>
  new Endpoint({
    role: 'client',
    request: REQUEST,
    nextMaskingKey: () => nextKey++,
    extensions: new DeflateClient({ codec: ofClient, offers }),
    limits,
  });
const newServer = (limits: Partial<Limits> = {}, policy = {}) =>
  new Endpoint({ role: 'server', limits, extensions: new DeflateServer({ codec, policy: () => policy }) });

function open(client: Endpoint, server: Endpoint): void {
  events(client.receive(written(server.receive(written(client.connect())))));
}

describe('two endpoints', () => {
  test('agree, and say so', () => {
    const [client, server] = [newClient(), newServer()];
    const request = written(client.connect());
    expect(decodeLatin1(request)).toContain(
      '\r\nSec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n',
    );
    const response = written(server.receive(request));
    expect(decodeLatin1(response)).toContain('\r\nSec-WebSocket-Extensions: permessage-deflate\r\n');
    events(client.receive(response));
    expect([client.extensions, server.extensions]).toEqual(['permessage-deflate', 'permessage-deflate']);
    expect(hexOf(written(server.sendText('Hello')))).toBe('c107f248cdc9c90700');
    expect(hexOf(written(server.sendText('Hello')))).toBe('c105f200110000');
    expect(hexOf(written(server.sendText('')))).toBe('c10100');
  });

  test('without an offer or an answer, send messages as they are', () => {
    const plain = new Endpoint({ role: 'client', request: REQUEST, nextMaskingKey: () => 1 });
    const server = newServer();
    open(plain, server);
    expect(hexOf(written(server.sendText('Hello')))).toBe('810548656c6c6f');
    const client = newClient();
    open(client, new Endpoint({ role: 'server' }));
    expect(client.extensions).toBeUndefined();
    expect(decodeHeader(written(client.sendText('Hello')))).toMatchObject({ rsv1: false });
  });

  const bits = fc.option(fc.integer({ min: 8, max: 15 }), { nil: undefined });
  const offer: fc.Arbitrary<DeflateOffer> = fc.record({
    serverNoContextTakeover: fc.boolean(),
    clientNoContextTakeover: fc.boolean(),
    serverMaxWindowBits: bits,
    clientMaxWindowBits: fc.oneof(bits, fc.constant(true as const)),
  });
  const message = fc.record({
    opcode: fc.constantFrom(OPCODE.text, OPCODE.binary),
    words: fc.array(fc.nat(50), { maxLength: 300 }),
    toServer: fc.boolean(),
    cuts: fc.array(fc.nat(2000), { maxLength: 3 }),
    pings: fc.boolean(),
  });

  test('give each other what their programs sent, whatever they agreed on', () => {
    const property = fc.property(
      offer,
      fc.array(message, { maxLength: 8 }),
      fc.constantFrom(codec, { ...ONE_SHOT, inflaterBytes: 0 }),
      (offered, messages, ofClient) => {
        const [client, server] = [newClient([offered], {}, ofClient), newServer()];
        open(client, server);
        for (const { opcode, words, toServer, cuts, pings } of messages) {
          const [from, to] = toServer ? [client, server] : [server, client];
          const payload = Buffer.from(words.map((word) => `wörd${word}`).join(' '));
          const bytes = Buffer.concat([
            pings ? written(from.sendPing()) : Buffer.alloc(0),
            written(from.sendMessage(opcode, payload)),
          ]);
          const received = cutAt(new Uint8Array(bytes), cuts).flatMap((chunk) =>
            events(to.receive(chunk)).map((event) =>
              event.type === 'message' ? { ...event, payload: Buffer.from(event.payload) } : event,
            ),
          );
          expect(received.filter(({ type }) => type === 'message')).toEqual([{ type: 'message', opcode, payload }]);
        }
        for (const endpoint of [client, server]) endpoint.receiveEnd();
      },
    );
    fc.assert(property, { numRuns: 100 });
  });

  test('a server of one window, a client of another', () => {
    const [client, server] = [
      newClient([{ ...PLAIN, serverMaxWindowBits: 8, clientMaxWindowBits: 9 }]),
      newServer({}, { clientMaxWindowBits: 8, serverNoContextTakeover: true }),
    ];
    open(client, server);
    expect(client.extensions).toBe(
      'permessage-deflate; server_no_context_takeover; server_max_window_bits=8; client_max_window_bits=8',
    );
  });
});

test.each([
  ['x-other', 'not offered'],
  ['permessage-deflate; foo', 'not a parameter'],
  ['permessage-deflate; client_max_window_bits', 'has no value'],
  ['permessage-deflate; server_max_window_bits=16', 'must be a number from 8 to 15'],
  ['permessage-deflate; server_no_context_takeover; server_no_context_takeover', 'stands twice'],
  ['permessage-deflate, permessage-deflate', '2 extensions'],
])('a client fails an opening handshake with the answer %s', (answer, words) => {
  const client = newClient();
  const right = decodeLatin1(written(new Endpoint({ role: 'server' }).receive(written(client.connect()))));
  const response = encodeLatin1(right.replace('\r\n\r\n', `\r\nSec-WebSocket-Extensions: ${answer}\r\n\r\n`));
  expect([...client.receive(response)]).toEqual([{ type: 'closeTcp' }]);
  const [closed] = events(client.receiveEnd());
  expect(closed).toMatchObject({ closeCode: 1006, refusal: { rule: 'extension-not-offered' } });
  expect(JSON.stringify(closed)).toContain(words);
});

describe('memory', () => {
  const openServer = () => {
    const server = newServer();
    open(newClient(), server);
    return server;
  };
  const cut = textFrame('', { ...HELLO, fin: false });

  test.each<[string, (server: Endpoint) => unknown]>([
    ['TCP ends in the middle of a message', (server) => server.receiveEnd()],
    ['the server gives the connection up', (server) => server.abandon(1013, 'no memory')],
    [
      'the next bytes are not DEFLATE',
      (server) => {
        for (const _ of server.receive(textFrame('', { opcode: 0, payload: bytesOf('07') })));
        server.receiveEnd();
      },
    ],
  ])('is free once %s', (_, end) => {
    const before = codec.inflaterBytes;
    const server = openServer();
    for (const _ of server.receive(cut.slice()));
    expect(server.heldBytes).toBeGreaterThan(32 * 1024);
    expect(codec.inflaterBytes).toBeGreaterThan(before);
    end(server);
    expect(codec.inflaterBytes).toBe(before);
    // Bytes that still arrive take none.
    for (const _ of server.receive(textFrame('', HELLO)));
    expect(codec.inflaterBytes).toBe(before);
  });

  test('an idle connection takes none before its first compressed message, nor without context between messages', () => {
    const before = codec.inflaterBytes;
    const idle = openServer();
    for (const _ of idle.receive(textFrame('Hello')));
    expect(idle.heldBytes).toBe(0);
    const server = newServer();
    open(newClient([{ ...PLAIN, clientNoContextTakeover: true }]), server);
    expect(events(server.receive(textFrame('', HELLO)))).toHaveLength(1);
    expect(server.heldBytes).toBe(0);
    expect(codec.inflaterBytes).toBe(before);
  });

  test('new connections keep no context while those of others take much', () => {
    const extensions = createDeflate(DEFAULT_DEFLATE_OPTIONS, new FreshMemory());
    const endpoints: Endpoint[] = [];
    const answers = new Set<string | undefined>();
    for (let i = 0; i < 2000; i++) {
      const server = new Endpoint({ role: 'server', extensions });
      open(newClient(), server);
      for (const _ of server.receive(textFrame('', HELLO)));
      answers.add(server.extensions);
      endpoints.push(server);
    }
    const forgetful = 'permessage-deflate; server_no_context_takeover; client_no_context_takeover';
    expect([...answers]).toEqual(['permessage-deflate', forgetful]);
    for (const endpoint of endpoints) endpoint.receiveEnd();
    const later = new Endpoint({ role: 'server', extensions });
    open(newClient(), later);
    expect(later.extensions).toBe('permessage-deflate');
  });

  test('the windows of all clients count: past the limit, those with the largest are cut off', async () => {
    const { port, lines } = await startCompanion({
      deflate: { ...DEFAULT_DEFLATE_OPTIONS, everywhere: true },
      limits: { maxMemoryBytes: 1024 * 1024 },
    });
    const offer = ['Sec-WebSocket-Extensions: permessage-deflate'];
    for (let i = 0; i < 40; i++) {
      const peer = await RawPeer.open(port, '/echo', offer);
      onTestFinished(() => void peer.socket.destroy());
      peer.send(masked(HELLO));
      expect([1, 8]).toContain((await peer.frame()).opcode);
    }
    expect(lines.some((line) => line.includes('cut off with 1013'))).toBe(true);
  });
});

test('a message inflates alike however it is cut', () => {
  const frames = [textFrame('', HELLO), textFrame('', { ...HELLO, payload: bytesOf('f200110000') })];
  const stream = new Uint8Array(Buffer.concat(frames));
  const server = newServer();
  open(newClient(), server);
  const received = cutEverywhere(stream).flatMap((chunk) =>
    events(server.receive(chunk)).map((event) => event.type === 'message' && Buffer.from(event.payload).toString()),
  );
  expect(received).toEqual(['Hello', 'Hello']);
});

test('a client that stops a bomb: 1009', () => {
  const server = newServer();
  const client = newClient([PLAIN], { maxMessageBytes: 1000 });
  open(client, server);
  expect(events(client.receive(written(server.sendBinary(new Uint8Array(1000)))))).toHaveLength(1);
  const effects = [...client.receive(written(server.sendBinary(new Uint8Array(1001))))];
  expect(effects.map(({ type }) => type)).toEqual(['write', 'closeTcp']);
  expect(events(client.receiveEnd())).toMatchObject([{ violation: { statusCode: 1009 } }]);
});

test('beside ws as the server', async () => {
  const wss = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: { threshold: 0 } });
  onTestFinished(() => wss.close());
  wss.on('connection', (socket) => socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary })));
  await once(wss, 'listening');
  const { port } = wss.address() as { port: number };
  for (const offered of [
    PLAIN,
    { ...PLAIN, serverNoContextTakeover: true, serverMaxWindowBits: 9, clientMaxWindowBits: 10 },
  ]) {
    const client = newClient([offered]);
    const socket = createConnection({ port, host: '127.0.0.1' });
    const messages: Buffer[] = [];
    const { promise: closed, resolve } = Promise.withResolvers<void>();
    const sent = ['Hello', 'Hello', '', 'ü'.repeat(70_000), JSON.stringify(Array(500).fill({ a: 1 })), 'end'];
    const follow = (effects: Iterable<ReturnType<Endpoint['connect']>[number]>) => {
      for (const effect of effects) {
        if (effect.type === 'write') socket.write(Buffer.from(effect.bytes));
        else if (effect.type === 'closeTcp') socket.end();
        else if (effect.event.type === 'open') for (const text of sent) follow(client.sendText(text));
        else if (effect.event.type === 'message') {
          messages.push(Buffer.from(effect.event.payload));
          if (messages.length === sent.length) follow(client.startClosingHandshake(1000));
        } else if (effect.event.type === 'close') resolve();
      }
    };
    socket.on('data', (chunk) => follow(client.receive(new Uint8Array(chunk))));
    socket.on('close', () => follow(client.receiveEnd()));
    follow(client.connect());
    await closed;
    expect(client.extensions).toContain('permessage-deflate');
    expect(messages.map(String)).toEqual(sent);
  }
});
