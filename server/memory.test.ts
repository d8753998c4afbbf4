import { expect, test } from 'vitest';
import type { FrameDump, WireMessage } from '../src/inspector/index.ts';
import { encodeText } from '../src/text/utf8.ts';
import { startCompanion } from './testing/companion.ts';
import { masked, maskedText, RawPeer } from './testing/raw-peer.ts';

const KIB = 1024;
const limits = { maxMemoryBytes: 1024 * KIB };
const [CONTINUATION, TEXT, BINARY, CLOSE] = [0, 1, 2, 8];
const TOKEN = 'a-token-nobody-else-has';

/** A message of which the last bytes are missing. */
const halfOf = (byteLength: number) =>
  masked({ opcode: BINARY, payload: new Uint8Array(byteLength) }).subarray(0, -100);

test('past the limit the peer with the longest half message is closed with 1013, and nobody else', async () => {
  const { port, lines } = await startCompanion({ limits });
  const [modest, greedy] = [await RawPeer.open(port, '/echo'), await RawPeer.open(port, '/echo')];
  modest.send(halfOf(100 * KIB));
  greedy.send(halfOf(2000 * KIB));
  const close = await greedy.frame();
  expect([close.opcode, close.payload.readUInt16BE()]).toEqual([CLOSE, 1013]);
  await greedy.end();
  expect(lines).toEqual([
    expect.stringMatching(/^#2 .* \/echo: cut off with 1013: it takes more memory than any other connection/),
  ]);
  modest.send(new Uint8Array(100), maskedText('Hello'));
  expect((await modest.frame()).payload.length).toBe(100 * KIB);
  expect((await modest.frame()).payload.toString()).toBe('Hello');
  modest.socket.destroy();
});

test('the freed memory is available to others', async () => {
  const { port } = await startCompanion({ limits });
  for (let i = 0; i < 3; i++) {
    const greedy = await RawPeer.open(port, '/echo');
    greedy.send(halfOf(2000 * KIB));
    expect((await greedy.frame()).payload.readUInt16BE()).toBe(1013);
    await greedy.end();
    const other = await RawPeer.open(port, '/echo');
    other.send(masked({ opcode: BINARY, payload: new Uint8Array(200 * KIB) }));
    expect((await other.frame()).payload.length).toBe(200 * KIB);
    other.socket.destroy();
  }
});

test('a peer that reads no answers is cut off with them when the server needs the memory', async () => {
  const { port, lines } = await startCompanion({ limits: { maxMemoryBytes: 256 * KIB } });
  const peer = await RawPeer.open(port, '/echo');
  const closed = new Promise((resolve) => peer.socket.once('close', resolve));
  peer.socket.pause();
  const message = masked({ opcode: BINARY, payload: new Uint8Array(64 * KIB) });
  for (let i = 0; i < 200 && lines.length === 0; i++) {
    peer.send(message);
    await new Promise(setImmediate);
  }
  while (lines.length === 0) await new Promise(setImmediate);
  expect(lines[0]).toMatch(/\/echo: cut off with 1013/);
  peer.socket.resume();
  await closed;
});

test('a broadcast receiver that reads nothing is cut off, and the others go on', async () => {
  const { port, lines } = await startCompanion({ limits: { maxMemoryBytes: 512 * KIB } });
  const [sender, slow] = [await RawPeer.open(port, '/broadcast'), await RawPeer.open(port, '/broadcast')];
  slow.socket.pause();
  const message = masked({ opcode: BINARY, payload: new Uint8Array(64 * KIB) });
  for (let i = 0; i < 1000 && lines.length === 0; i++) {
    sender.send(message);
    expect((await sender.frame()).payload.length).toBe(64 * KIB);
  }
  expect(lines).toEqual([expect.stringMatching(/^#2 .*\/broadcast: cut off with 1013: too slow to read/)]);
  sender.send(maskedText('Hello'));
  expect((await sender.frame()).payload.toString()).toBe('Hello');
  for (const peer of [sender, slow]) peer.socket.destroy();
});

test('an unfinished message on /dump costs only what was sent of it', async () => {
  const { port, lines } = await startCompanion({ limits: { maxMemoryBytes: 512 * KIB } });
  const peer = await RawPeer.open(port, '/dump', ['Sec-WebSocket-Protocol: dump.json']);
  const fragment = (fin: boolean, opcode: number) => masked({ fin, opcode, payload: encodeText('x') });
  peer.send(fragment(false, TEXT), ...Array(250).fill(fragment(false, CONTINUATION)), fragment(true, CONTINUATION));
  for (let i = 0; i < 252; i++) expect((await peer.json<FrameDump>()).payload.text).toBe('x');
  expect(lines).toEqual([]);
  peer.socket.destroy();
});

test('dumps of a long message on /dump show a limited number of bytes, say so, and show every header', async () => {
  const { port } = await startCompanion();
  const peer = await RawPeer.open(port, '/dump', ['Sec-WebSocket-Protocol: dump.json']);
  const payload = new Uint8Array(60_000);
  const count = 30;
  for (let i = 0; i < count; i++) {
    peer.send(masked({ fin: i === count - 1, opcode: i === 0 ? BINARY : CONTINUATION, payload }));
  }
  const dumps: FrameDump[] = [];
  for (let i = 0; i < count; i++) dumps.push(await peer.json<FrameDump>());
  expect(dumps.map(({ byteLength }) => byteLength)).toEqual(Array(count).fill(60_008));
  expect(dumps[0]?.truncated).toBe(false);
  expect(dumps.at(-1)?.truncated).toBe(true);
  expect(dumps.at(-1)?.fields.map(({ name }) => name)).toContain('masking-key');
  expect(dumps.reduce((sum, { hex }) => sum + hex.length / 2, 0)).toBeLessThan(1.1 * 1024 * KIB);
  peer.socket.destroy();
});

test('a flood is explained over many turns, whole and in order', async () => {
  const { port } = await startCompanion();
  const tap = await RawPeer.open(port, `/tap?watch=${TOKEN}`);
  const peer = await RawPeer.open(port, `/echo?watch=${TOKEN}`);
  const count = 5000;
  peer.send(
    ...Array.from({ length: count }, (_, i) => maskedText(String(i))),
    masked({ opcode: CLOSE, payload: new Uint8Array(0) }),
  );
  const seen = { in: [] as string[], out: [] as string[] };
  for (let closed = false; !closed; ) {
    const message = await tap.json<WireMessage>();
    if (message.type === 'frame' && message.payload.text !== undefined)
      seen[message.direction].push(message.payload.text);
    expect(message.type).not.toBe('dropped');
    closed = message.type === 'close';
  }
  const expected = Array.from({ length: count }, (_, i) => String(i));
  expect(seen).toEqual({ in: expected, out: expected });
  for (const each of [tap, peer]) each.socket.destroy();
});
