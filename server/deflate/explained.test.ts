import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import type { WireFrame, WireMessage } from '../../src/inspector/index.ts';
import { startCompanion } from '../testing/companion.ts';
import { RawPeer } from '../testing/raw-peer.ts';

const TOKEN = 'a_token-of-16-ch';
const PRICES = [101, 102, 103].map((price) => JSON.stringify({ symbol: 'ACME', price, text: 'the price of today' }));

async function open(url: string, subprotocol?: string): Promise<WebSocket> {
  const socket = new WebSocket(url, subprotocol ?? [], { perMessageDeflate: { threshold: 0 } });
  onTestFinished(() => socket.terminate());
  await once(socket, 'open');
  return socket;
}

test('a tap tells what the compressed messages of a real client and the answers to them say', async () => {
  const { url, port } = await startCompanion();
  const tap = await RawPeer.open(port, `/tap?watch=${TOKEN}`);
  const socket = await open(`${url.replace('http', 'ws')}/echo?deflate&watch=${TOKEN}`);
  expect(socket.extensions).toContain('permessage-deflate');
  for (const price of PRICES) {
    socket.send(price);
    await once(socket, 'message');
  }
  const frames: WireFrame[] = [];
  while (frames.length < 2 * PRICES.length) {
    const message = await tap.json<WireMessage>();
    if (message.type === 'frame') frames.push(message);
  }
  expect(frames.flatMap(({ violations }) => violations)).toEqual([]);
  for (const direction of ['in', 'out'] as const) {
    const inflated = frames.filter((frame) => frame.direction === direction).map((frame) => frame.inflated);
    expect(inflated.map((each) => each?.text)).toEqual(PRICES);
    expect(inflated.map((each) => each?.window)).toEqual(['empty', 'known', 'known']);
    expect(inflated[2]?.packedBytes).toBeLessThan((inflated[0]?.packedBytes ?? 0) / 2);
  }
});

test('the dump of a compressed message says what it says, as text and as JSON', async () => {
  const { url } = await startCompanion();
  const address = `${url.replace('http', 'ws')}/dump?deflate`;
  const forPeople = await open(address);
  expect(forPeople.extensions).toContain('permessage-deflate');
  forPeople.send(PRICES[0] ?? '');
  const [dump] = await once(forPeople, 'message');
  expect(String(dump)).toMatch(/compressed message: \d+ bytes on the wire, 57 bytes decompressed/);
  expect(String(dump)).toContain('ACME');
  expect(String(dump)).not.toContain('breaks');

  const forPrograms = await open(address, 'dump.json');
  for (const price of PRICES) {
    forPrograms.send(price);
    const [json] = await once(forPrograms, 'message');
    expect(JSON.parse(String(json))).toMatchObject({ violations: [], inflated: { text: price, ending: 'complete' } });
  }
});
