import { describe, expect, test } from 'vitest';
import { formatHex } from '../../src/bytes/hex.ts';
import type { WireMessage } from '../../src/inspector/index.ts';
import { LAB_ACTS } from '../../src/lab/acts.ts';
import { encodeText } from '../../src/text/utf8.ts';
import { startCompanion } from '../testing/companion.ts';
import { ask } from '../testing/http.ts';
import { KEY, masked, maskedText, RawPeer, requestFor } from '../testing/raw-peer.ts';

const TOKEN = 'watch-the-lab-1234';
const OTHER_KEY = 'AAECAwQFBgcICQoLDA0ODw==';
const framesActs = LAB_ACTS.flatMap(({ name, behavior }) => (behavior.kind === 'frames' ? [{ name, behavior }] : []));
const responseActs = LAB_ACTS.filter(({ behavior }) => behavior.kind === 'response');

test.each(framesActs)('$name: its bytes follow the 101, as they are', async ({ name, behavior }) => {
  const { port } = await startCompanion();
  const peer = await RawPeer.open(port, `/lab/act?act=${name}`);
  const expected = Buffer.concat(behavior.frames());
  await peer.until(() => peer.received.indexOf(expected) !== -1);
  const endOfHead = peer.received.indexOf('\r\n\r\n') + 4;
  expect(peer.received.subarray(endOfHead).toString('hex')).toBe(expected.toString('hex'));
  peer.socket.destroy();
});

test.each(responseActs)('$name: the response is not the right one', async ({ name }) => {
  const { port } = await startCompanion();
  const right = await RawPeer.connect(port);
  right.send(requestFor('/lab/act').replace(KEY, OTHER_KEY));
  const wrong = await RawPeer.connect(port);
  wrong.send(requestFor(`/lab/act?act=${name}`).replace(KEY, OTHER_KEY));
  const heads = [await right.head(), await wrong.head()];
  expect(heads[0]).toMatch(/^HTTP\/1\.1 101 /);
  expect(heads[1]).not.toBe(heads[0]);
  for (const peer of [right, wrong]) peer.socket.destroy();
});

test('drop-tcp: TCP ends, and no close frame came', async () => {
  const { port } = await startCompanion();
  const peer = await RawPeer.open(port, '/lab/act?act=drop-tcp');
  await peer.end();
  expect(peer.received.subarray(-4).toString()).toBe('\r\n\r\n');
});

test('silent-close: a close frame is not answered, and what comes after it has no effect', async () => {
  const companion = await startCompanion();
  const peer = await RawPeer.open(companion.port, '/lab/act?act=silent-close');
  peer.send(maskedText('before'));
  expect((await peer.frame()).payload.toString()).toBe('before');
  const before = peer.received.length;
  const tap = await RawPeer.open(companion.port, `/tap?watch=${TOKEN}`);
  peer.send(masked({ opcode: 8, payload: Uint8Array.of(3, 232) }), maskedText('after'));
  // The tap's own answer shows that the server has had its turn since.
  tap.send(masked({ opcode: 9, payload: new Uint8Array(0) }));
  expect((await tap.frame()).opcode).toBe(10);
  expect(peer.received.length).toBe(before);
  expect(peer.ended).toBe(false);
  for (const each of [peer, tap]) each.socket.destroy();
});

test('a close frame of the lab is its only one, and TCP ends after the answer', async () => {
  const { port } = await startCompanion();
  const peer = await RawPeer.open(port, '/lab/act?act=close-1001&reason=bye');
  expect((await peer.frame()).payload.toString('latin1')).toBe('\x03\xe9bye');
  peer.send(masked({ opcode: 8, payload: Uint8Array.of(3, 233) }));
  const before = peer.received.length;
  await peer.end();
  expect(peer.received.length).toBe(before);
});

test('without an act it waits for orders, and echoes the rest', async () => {
  const { port } = await startCompanion();
  const peer = await RawPeer.open(port, '/lab/act');
  peer.send(maskedText('Hello'), maskedText('ping 6869'));
  expect(await peer.frame()).toMatchObject({ opcode: 1, payload: Buffer.from('Hello') });
  expect(await peer.frame()).toMatchObject({ opcode: 9, payload: Buffer.from('hi') });
  peer.socket.destroy();
});

test('the tap with its token sees what the lab sent and what the client answered', async () => {
  const { port } = await startCompanion();
  const tap = await RawPeer.open(port, `/tap?watch=${TOKEN}`);
  const peer = await RawPeer.open(port, `/lab/act?act=ping&payload=6869&watch=${TOKEN}`);
  await peer.frame();
  peer.send(masked({ opcode: 10, payload: encodeText('hi') }));
  const frames: WireMessage[] = [];
  while (frames.length < 2) {
    const message = await tap.json<WireMessage>();
    if (message.type === 'frame') frames.push(message);
  }
  expect(frames).toMatchObject([
    { direction: 'out', hex: '89026869' },
    { direction: 'in', payload: { hex: formatHex(encodeText('hi')) } },
  ]);
  for (const each of [peer, tap]) each.socket.destroy();
});

test('a masked frame goes out as it is, with a tap that unmasks it for its readers', async () => {
  const { port } = await startCompanion();
  const tap = await RawPeer.open(port, `/tap?watch=${TOKEN}`);
  const peer = await RawPeer.open(port, `/lab/act?watch=${TOKEN}`);
  const expected = Buffer.concat(framesActs.find(({ name }) => name === 'masked-frame')?.behavior.frames() ?? []);
  peer.send(maskedText('masked-frame'));
  await peer.until(() => peer.received.indexOf(expected.subarray(0, 2)) !== -1);
  expect(peer.received.subarray(-expected.length)).toEqual(expected);
  for (const each of [peer, tap]) each.socket.destroy();
});

test.each(['close-1000', 'masked-frame', 'wrong-accept', 'silent-close'])(
  '%s: a client that vanishes leaves nothing behind',
  async (name) => {
    const companion = await startCompanion();
    const peer = await RawPeer.open(companion.port, `/lab/act?act=${name}`);
    expect(companion.connections).toBe(1);
    peer.socket.resetAndDestroy();
    const next = await RawPeer.open(companion.port, '/lab/act?act=drop-tcp');
    await next.end();
    // Both ends have been told by now: a connection that ends is forgotten in the same turn.
    await companion.close();
    expect(companion.connections).toBe(0);
  },
);

describe('who may use it', () => {
  test.each([
    ['a page of another origin', '/lab/act', 'Origin: https://example.com', 403, 'this origin'],
    ['a page of another program', '/lab/act', 'Origin: http://localhost:3000', 403, 'this origin'],
    ['a page of no origin', '/lab/act', 'Origin: null', 403, 'this origin'],
    ['an act that is none', '/lab/act?act=nonsense', 'Origin: http://localhost', 400, 'no act with this name'],
    ['a payload that is no hex', '/lab/act?act=ping&payload=xx', 'X: y', 400, 'not a hex digit'],
  ])('%s is refused', async (_, target, header, status, sentence) => {
    const { port } = await startCompanion();
    const peer = await RawPeer.connect(port);
    peer.send(requestFor(target, [header]));
    await peer.end();
    expect(peer.received.toString()).toMatch(new RegExp(`^HTTP/1\\.1 ${status} .*${sentence}`, 's'));
  });

  test.each(['/lab/act', '/lab/raw'])('%s under another name is refused', async (target) => {
    const { port } = await startCompanion();
    const peer = await RawPeer.connect(port);
    peer.send(requestFor(target).replace('Host: localhost', 'Host: rebound.example.com'));
    await peer.end();
    expect(peer.received.toString()).toMatch(/^HTTP\/1\.1 403 .*own name/s);
  });

  test('without taps there is no lab', async () => {
    const { port } = await startCompanion({ taps: false });
    const peer = await RawPeer.connect(port);
    peer.send(requestFor('/lab/act'));
    await peer.end();
    expect(peer.received.toString()).toMatch(/^HTTP\/1\.1 404 /);
  });
});

test('a page that loads a hostile detail as an image hears of the upgrade alone', async () => {
  const { port } = await startCompanion();
  const response = await ask(port, `/lab/act?act=ping&payload=${']'.repeat(15_000)}x`);
  expect(response.status).toBe(426);
  expect(response.body).not.toContain('payload');
});
