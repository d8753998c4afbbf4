import { once } from 'node:events';
import type { Socket } from 'node:net';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { encodeFrame } from '../../src/protocol/framing/frame.ts';
import { startTarget } from '../testing/proxy.ts';
import { maskedText, RawPeer, requestFor } from '../testing/raw-peer.ts';
import { FrameSplitter, MAX_RULED_FRAME_BYTES } from './frame-splitter.ts';
import { type ProxyOptions, proxy } from './in-process.ts';

const ANSWER =
  'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n';
const text = (payload: string) => encodeFrame({ opcode: 1, payload: Buffer.from(payload) });

/** An open connection through a proxy with rules, and the server's end of it. */
async function open(options: ProxyOptions) {
  const { promise, resolve } = Promise.withResolvers<Socket>();
  const target = await startTarget(resolve);
  const between = await proxy(`ws://127.0.0.1:${target.port}/chat`, { closingTimeoutMs: 200, ...options });
  onTestFinished(() => between.close());
  const peer = await RawPeer.connect(between.port);
  peer.send(requestFor('/chat'));
  const server = await promise;
  const chunks: Buffer[] = [];
  server.on('data', (chunk: Buffer) => chunks.push(chunk));
  const got = () => Buffer.concat(chunks).subarray(requestFor('/chat').length);
  const untilGot = async (length: number): Promise<Buffer> => {
    while (got().length < length) await once(server, 'data');
    return got();
  };
  await untilGot(0);
  server.write(ANSWER);
  await peer.head();
  return { between, peer, server, untilGot };
}

const textOf = async (peer: RawPeer) => (await peer.frame()).payload.toString();

test('without rules that fit, the bytes are the same, whatever they are and however they are cut', async () => {
  const { peer, server, untilGot } = await open({ rules: ['path~/^nowhere$/ -> drop'] });
  const frames = fc.array(fc.tuple(fc.nat(15), fc.uint8Array({ maxLength: 300 }), fc.boolean()), {
    minLength: 1,
    maxLength: 5,
  });
  let sent = 0;
  let received = ANSWER.length;
  await fc.assert(
    fc.asyncProperty(frames, fc.nat(40), async (described, cut) => {
      const bytes = Buffer.concat(
        described.map(([opcode, payload, fin]) => encodeFrame({ opcode, payload, fin, maskingKey: 0x01020304 })),
      );
      peer.send(bytes.subarray(0, cut));
      peer.send(bytes.subarray(cut));
      server.write(bytes.subarray(0, cut));
      server.write(bytes.subarray(cut));
      expect((await untilGot(sent + bytes.length)).subarray(sent).equals(bytes)).toBe(true);
      await peer.until(() => peer.received.length >= received + bytes.length);
      expect(peer.received.subarray(received).equals(bytes)).toBe(true);
      sent += bytes.length;
      received += bytes.length;
    }),
    { numRuns: 30 },
  );
});

test('drop, duplicate, reorder, edit and send', async () => {
  const rules = [
    'text~/drop/ -> drop',
    'text~/twice/ -> duplicate',
    'text~/later/ -> reorder',
    'text~/edit/ -> edit text "edited"',
    'text~/more/ -> send ping 00',
  ];
  const { between, peer, server } = await open({ rules });
  server.write(Buffer.concat(['drop', 'twice', 'later', 'first', 'edit', 'more'].map(text)));
  const seen: string[] = [];
  for (let i = 0; i < 7; i++) seen.push(await textOf(peer));
  expect(seen).toEqual(['twice', 'twice', 'first', 'later', 'edited', '\0', 'more']);
  expect(between.acts).toHaveLength(5);
  expect(between.acts[0]).toBe('text frame of 4 bytes from the server: dropped (rule 1)');
});

test('delay keeps the order, and takes its time', async () => {
  const { peer, server } = await open({ rules: ['text~/slow/ -> delay 60'] });
  const startedAtMs = performance.now();
  server.write(Buffer.concat(['slow', 'after'].map(text)));
  expect([await textOf(peer), await textOf(peer)]).toEqual(['slow', 'after']);
  // A timer of Node may fire a millisecond early.
  expect(performance.now() - startedAtMs).toBeGreaterThanOrEqual(59);
});

test('throttle spreads a frame over time', async () => {
  const { peer, server } = await open({ rules: ['all -> throttle 1000'] });
  const startedAtMs = performance.now();
  server.write(text('x'.repeat(198)));
  expect(await textOf(peer)).toHaveLength(198);
  expect(performance.now() - startedAtMs).toBeGreaterThanOrEqual(140);
});

test('hold waits until it is released, and what comes after waits, too', async () => {
  const { between, peer, server } = await open({ rules: ['text~/held/ -> hold'] });
  server.write(Buffer.concat(['before', 'held', 'after'].map(text)));
  expect(await textOf(peer)).toBe('before');
  expect(between.acts).toEqual(['text frame of 4 bytes from the server: held (rule 1)']);
  const length = peer.received.length;
  expect(length).toBe(ANSWER.length + 8);
  between.release();
  expect([await textOf(peer), await textOf(peer)]).toEqual(['held', 'after']);
});

test('what is delayed is not lost when the proxy goes down', async () => {
  const { between, peer, server } = await open({ rules: ['text~/slow/ -> delay 60000', 'text~/held/ -> hold'] });
  server.write(Buffer.concat(['slow', 'held'].map(text)));
  await between.frame(({ payload }) => payload.text === 'held');
  const closed = between.close();
  expect([await textOf(peer), await textOf(peer)]).toEqual(['slow', 'held']);
  peer.socket.end();
  server.end();
  await closed;
});

test('close sends a close frame to both sides, masked only to the server, and ends TCP', async () => {
  const { peer, untilGot, server } = await open({ rules: ['text~/bye/ -> close 1011 "no more"'] });
  peer.send(maskedText('bye'));
  expect((await peer.frame()).payload.subarray(2).toString()).toBe('no more');
  const got = await untilGot(15);
  expect([got[0], (got[1] as number) & 0x80]).toEqual([0x88, 0x80]);
  await Promise.all([peer.end(), once(server, 'end')]);
});

test('cut after bytes passes only these, and then a RST', async () => {
  const { peer, server } = await open({ rules: ['nth=2 -> cut RST after 3 bytes'] });
  const failed = once(peer.socket, 'error');
  server.write(Buffer.concat(['one', 'two'].map(text)));
  expect(((await failed) as [NodeJS.ErrnoException])[0].code).toBe('ECONNRESET');
  expect(peer.received.subarray(ANSWER.length).equals(Buffer.concat([text('one'), text('two').subarray(0, 3)]))).toBe(
    true,
  );
});

test('pings are answered by the proxy, or swallowed', async () => {
  const { peer, server, untilGot } = await open({ rules: ['out & ping -> answer', 'in & ping -> swallow'] });
  server.write(encodeFrame({ opcode: 9, payload: Buffer.from('hi') }));
  const pong = await untilGot(8);
  expect([pong[0], pong[1]]).toEqual([0x8a, 0x82]);
  peer.send(encodeFrame({ opcode: 9, payload: Buffer.from('no'), maskingKey: 1 }), maskedText('next'));
  server.write(text('only this'));
  expect(await textOf(peer)).toBe('only this');
  expect((await untilGot(8 + 10))[8]).toBe(0x81);
});

test('recut sends the same bytes in pieces, and corrupt flips one bit', async () => {
  const { peer, server } = await open({ rules: ['text~/cut/ -> recut 1', 'text~/bit/ -> corrupt 7'] });
  const reads: number[] = [];
  peer.socket.on('data', (chunk: Buffer) => reads.push(chunk.length));
  server.write(text('cut'));
  expect(await textOf(peer)).toBe('cut');
  expect(reads.length).toBeGreaterThan(1);
  server.write(text('bit'));
  expect(await textOf(peer)).toBe('cit');
});

test('a script decides about each frame, and its mistakes let the frame pass', async () => {
  const { between, peer, server } = await open({
    script: ({ text: given, direction }) => {
      if (given === 'throw') throw new Error('a mistake');
      if (given === 'odd') return 'explode';
      return given === 'edit' && direction === 'out' ? 'edit text "by script"' : undefined;
    },
  });
  server.write(Buffer.concat(['edit', 'throw', 'odd'].map(text)));
  expect([await textOf(peer), await textOf(peer), await textOf(peer)]).toEqual(['by script', 'throw', 'odd']);
  expect(between.acts.join('\n')).toMatch(
    /replaced \(script\)\nThe script has thrown: a mistake.*\nThe script returned "explode"/,
  );
});

test('a frame that is too long to wait for passes in parts, and the next one is found', () => {
  const splitter = new FrameSplitter();
  const long = encodeFrame({ opcode: 2, payload: new Uint8Array(MAX_RULED_FRAME_BYTES) });
  const all = Buffer.concat([long, text('next')]);
  const parts = [];
  for (let at = 0; at < all.length; at += 60_000) parts.push(...splitter.push(all.subarray(at, at + 60_000)));
  expect(Buffer.concat(parts.map(({ bytes }) => bytes)).equals(all)).toBe(true);
  expect(parts.map(({ kind }) => kind).filter((kind) => kind === 'frame')).toEqual(['frame']);
});
