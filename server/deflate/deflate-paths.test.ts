import { once } from 'node:events';
import { constants, createDeflateRaw, deflateRawSync, inflateRawSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type ClientOptions, type PerMessageDeflateOptions, WebSocket } from 'ws';
import { encodeText } from '../../src/text/utf8.ts';
import { startCompanion } from '../testing/companion.ts';
import { masked, RawPeer } from '../testing/raw-peer.ts';
import { DEFAULT_DEFLATE_OPTIONS, mayDeflate } from './deflate-paths.ts';

const EVERYWHERE = { ...DEFAULT_DEFLATE_OPTIONS, everywhere: true };
const OFFER = ['Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits'];
const HELLO = new Uint8Array(Buffer.from('f248cdc9c90700', 'hex'));
const BACK = new Uint8Array(Buffer.from('f200110000', 'hex'));
const SYNC = { finishFlush: constants.Z_SYNC_FLUSH };
const compressed = (payload: Uint8Array, more = {}) => masked({ opcode: 1, rsv1: true, payload, ...more });

/** The first byte of each frame and its payload, in hex. */
function framesIn(received: Buffer): string[] {
  const frames = received.subarray(received.indexOf('\r\n\r\n') + 4);
  const found: string[] = [];
  for (let at = 0; at < frames.length; ) {
    const length = frames[at + 1] as number;
    found.push(`${frames.toString('hex', at, at + 1)} ${frames.toString('hex', at + 2, at + 2 + length)}`);
    at += 2 + length;
  }
  return found;
}

async function openWs(url: string, options: PerMessageDeflateOptions | boolean = true): Promise<WebSocket> {
  const socket = new WebSocket(url, { perMessageDeflate: options } satisfies ClientOptions);
  onTestFinished(() => socket.terminate());
  await once(socket, 'open');
  return socket;
}

async function echoed(socket: WebSocket, message: string | Buffer): Promise<Buffer> {
  const arrived = once(socket, 'message');
  socket.send(message, { compress: true });
  const [data] = await arrived;
  return data as Buffer;
}

describe('who gets it', () => {
  test.each([
    ['', false, false],
    ['deflate', false, true],
    ['watch=abc&deflate', false, true],
    ['deflate=off', true, false],
    ['watch=deflate', false, false],
    ['watch=deflate', true, true],
    ['', true, true],
  ])('a request with the query "%s", if it is on everywhere: %s', (query, everywhere, expected) => {
    expect(mayDeflate(query, { ...DEFAULT_DEFLATE_OPTIONS, everywhere })).toBe(expected);
  });

  test.each([
    ['/echo', EVERYWHERE, true],
    ['/broadcast', EVERYWHERE, true],
    ['/dump', EVERYWHERE, true],
    ['/tap', EVERYWHERE, false],
    ['/echo', DEFAULT_DEFLATE_OPTIONS, false],
    ['/echo?deflate', DEFAULT_DEFLATE_OPTIONS, true],
    ['/lab/act?act=masked-frame&deflate', EVERYWHERE, false],
  ])('%s with %o: %s', async (path, deflate, expected) => {
    const { port } = await startCompanion({ deflate });
    const peer = await RawPeer.open(port, path, OFFER);
    expect(peer.received.toString().includes('Sec-WebSocket-Extensions: permessage-deflate\r\n')).toBe(expected);
    peer.socket.destroy();
  });

  test('nobody who does not offer it', async () => {
    const { port } = await startCompanion({ deflate: EVERYWHERE });
    const peer = await RawPeer.open(port, '/echo');
    expect(peer.received.toString()).not.toContain('Extensions');
    peer.send(compressed(HELLO));
    expect((await peer.frame()).payload.readUInt16BE()).toBe(1002);
    peer.socket.destroy();
  });
});

describe('/echo', () => {
  test('the bytes of RFC 7692 §7.2.3, an empty message as Chromium sends it and as Firefox does, and plain ones between', async () => {
    const { port } = await startCompanion({ deflate: EVERYWHERE });
    const peer = await RawPeer.open(port, '/echo', OFFER);
    const plain = masked({ opcode: 1, payload: encodeText('plain') });
    const empty = masked({ opcode: 1, payload: new Uint8Array(0) });
    const ping = masked({ opcode: 9, payload: encodeText('?') });
    peer.send(
      compressed(HELLO),
      plain,
      compressed(BACK.subarray(0, 2), { fin: false }),
      ping,
      masked({ opcode: 0, payload: BACK.subarray(2) }),
      compressed(Uint8Array.of(0)),
      empty,
      compressed(BACK),
      masked({ opcode: 8, payload: new Uint8Array(0) }),
    );
    await peer.end();
    const [first, ...others] = framesIn(peer.received);
    expect(first).toBe('c1 f248cdc9c90700');
    expect(others[1]).toBe('8a 3f');
    const texts = others.filter((frame) => frame.startsWith('c1 ')).map((frame) => frame.slice(3));
    expect(texts).toHaveLength(5);
    // One stream, as any zlib inflates it: the window goes on from message to message.
    const stream = Buffer.from(['f248cdc9c90700', ...texts].map((payload) => `${payload}0000ffff`).join(''), 'hex');
    expect(inflateRawSync(stream, SYNC).toString()).toBe('HelloplainHelloHello');
    expect(texts[2]).toBe('00');
  });

  test.each<[string, PerMessageDeflateOptions]>([
    ['both contexts', { threshold: 0 }],
    ['none', { threshold: 0, serverNoContextTakeover: true, clientNoContextTakeover: true }],
    ['the smallest windows that ws has', { threshold: 0, serverMaxWindowBits: 9, clientMaxWindowBits: 9 }],
    ['a server’s window of 2^8', { threshold: 0, serverMaxWindowBits: 8 }],
    ['a client without context', { threshold: 0, clientNoContextTakeover: true, serverMaxWindowBits: 12 }],
  ])('everything that ws sends comes back: %s', async (_, options) => {
    const { url } = await startCompanion({ deflate: EVERYWHERE });
    const socket = await openWs(`${url}/echo`, options);
    expect(socket.extensions).toContain('permessage-deflate');
    const source = Buffer.from(JSON.stringify(Array.from({ length: 3000 }, (_, i) => ({ i, name: `row ${i % 7}` }))));
    for (const length of [0, 1, 5, 125, 1024, 16_383, 16_384, 65_536, source.length, 300, 0]) {
      for (const message of [source.subarray(0, length), source.toString('latin1', 0, length)]) {
        expect((await echoed(socket, message)).equals(Buffer.from(message))).toBe(true);
      }
    }
    const long = Buffer.concat(Array(20).fill(source));
    expect((await echoed(socket, long)).equals(long)).toBe(true);
    expect((await echoed(socket, 'the end')).toString()).toBe('the end');
  });

  test('a short message goes out as it is, with a threshold', async () => {
    const { port } = await startCompanion({ deflate: { everywhere: true, minBytes: 6 } });
    const peer = await RawPeer.open(port, '/echo', OFFER);
    peer.send(compressed(HELLO), compressed(deflateRawSync('Hello!', SYNC).subarray(0, -4)));
    expect(await peer.frame()).toMatchObject({ opcode: 1, payload: Buffer.from('Hello') });
    await peer.frame();
    expect(framesIn(peer.received)[1]).toMatch(/^c1 /);
    peer.socket.destroy();
  });
});

describe('what is refused', () => {
  const closeCode = async (frames: readonly Uint8Array[], limits = {}) => {
    const { port } = await startCompanion({ deflate: EVERYWHERE, limits });
    const peer = await RawPeer.open(port, '/echo', OFFER);
    peer.send(...frames);
    const { opcode, payload } = await peer.frame();
    await peer.end();
    return opcode === 8 ? payload.readUInt16BE() : -1;
  };

  test('bytes that are not DEFLATE: 1007', async () => {
    expect(await closeCode([compressed(Uint8Array.of(7))])).toBe(1007);
    expect(await closeCode([compressed(HELLO.subarray(0, 3))])).toBe(1007);
    // It refers to a message that was not sent.
    expect(await closeCode([compressed(BACK)])).toBe(1007);
  });

  test('inflated text that is not UTF-8: 1007, before the message ends', async () => {
    const payload = deflateRawSync(Buffer.from([0x48, 0xff, ...Buffer.alloc(100)]), SYNC).subarray(0, -4);
    expect(await closeCode([compressed(payload, { fin: false })])).toBe(1007);
    expect(await closeCode([compressed(deflateRawSync(Buffer.from([0xe2, 0x82]), SYNC).subarray(0, -4))])).toBe(1007);
  });

  test('RSV1 in a continuation or a ping: 1002', async () => {
    const continued = masked({ opcode: 0, rsv1: true, payload: HELLO.subarray(2) });
    expect(await closeCode([compressed(HELLO.subarray(0, 2), { fin: false }), continued])).toBe(1002);
    expect(await closeCode([masked({ opcode: 9, rsv1: true, payload: new Uint8Array(0) })])).toBe(1002);
  });

  test('a bomb: 1009, and it costs no more than the limit', async () => {
    const maxMessageBytes = 100_000;
    // 256 MiB in 260 kB, in fragments: the first of them is enough.
    const source = createDeflateRaw({ level: 9 });
    const pieces: Buffer[] = [];
    source.on('data', (piece) => pieces.push(piece));
    for (let i = 0; i < 256; i++) source.write(Buffer.alloc(1024 * 1024));
    const flushed = Promise.withResolvers<void>();
    source.flush(constants.Z_SYNC_FLUSH, () => flushed.resolve());
    await flushed.promise;
    const bomb = Buffer.concat(pieces);
    source.destroy();
    const before = process.memoryUsage().arrayBuffers;
    const first = compressed(new Uint8Array(bomb.subarray(0, 60_000)), { fin: false, opcode: 2 });
    expect(await closeCode([first], { maxMessageBytes })).toBe(1009);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(4_000_000);
  });
});

test('reads that stand for 240 MB are worked off in turns: another connection is served long before their end', async () => {
  const { port } = await startCompanion({ deflate: EVERYWHERE });
  const [greedy, modest] = [await RawPeer.open(port, '/echo', OFFER), await RawPeer.open(port, '/echo')];
  const payload = new Uint8Array(deflateRawSync(Buffer.alloc(1024 * 1024), SYNC).subarray(0, -4));
  const messages = Array.from({ length: 240 }, () => masked({ opcode: 2, rsv1: true, payload }));
  let echoes = 0;
  const all = (async () => {
    for (const _ of messages) {
      await greedy.frame();
      echoes++;
    }
  })();
  greedy.send(...messages);
  modest.send(masked({ opcode: 1, payload: encodeText('me') }));
  expect((await modest.frame()).payload.toString()).toBe('me');
  expect(echoes).toBeLessThan(messages.length / 2);
  await all;
  for (const peer of [greedy, modest]) peer.socket.destroy();
});

describe('/broadcast', () => {
  test('compresses once for all receivers with the same window, and not for those that did not agree', async () => {
    const { url, port } = await startCompanion({ deflate: EVERYWHERE });
    const [first, second] = [
      await RawPeer.open(port, '/broadcast', OFFER),
      await RawPeer.open(port, '/broadcast', OFFER),
    ];
    const plain = await RawPeer.open(port, '/broadcast');
    const none = await openWs(`${url}/broadcast`, { threshold: 0, serverNoContextTakeover: true });
    const received: string[] = [];
    none.on('message', (data) => received.push(String(data)));
    for (let i = 0; i < 3; i++) {
      first.send(compressed(i === 0 ? HELLO : BACK));
      const [{ payload }, other] = [await first.frame(), await second.frame()];
      expect(payload.toString('hex')).toBe('f248cdc9c90700');
      expect(other.payload).toEqual(payload);
      expect((await plain.frame()).payload.toString()).toBe('Hello');
    }
    const all = once(none, 'message');
    first.send(compressed(BACK));
    await all;
    while (received.length < 4) await once(none, 'message');
    expect(received).toEqual(Array(4).fill('Hello'));
    for (const peer of [first, second, plain]) peer.socket.destroy();
  });
});

test('/dump explains a compressed message', async () => {
  const { port } = await startCompanion({ deflate: EVERYWHERE });
  const peer = await RawPeer.open(port, '/dump', [...OFFER, 'Sec-WebSocket-Protocol: dump.json']);
  peer.send(compressed(HELLO));
  const answer = await peer.frame();
  const dump = JSON.parse(
    inflateRawSync(Buffer.concat([answer.payload, Buffer.from('0000ffff', 'hex')]), SYNC).toString(),
  );
  expect(dump).toMatchObject({ violations: [], inflated: { text: 'Hello' } });
  peer.socket.destroy();
});
