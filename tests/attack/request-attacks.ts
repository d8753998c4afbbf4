import { masked } from '../../server/testing/raw-peer.ts';
import { type Attack, scaled } from './attack.ts';
import { Peers, writeAll } from './peers.ts';

/** What one read holds of the shortest requests that there are. */
const SHORT_REQUESTS = Buffer.from('GET / HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(20_000));
const BRACKETS = ']'.repeat(15_000);
const TEXT = 1;

export const REQUEST_ATTACKS: readonly Attack[] = [
  {
    name: 'brackets without an opening one, in the address of a page of any origin',
    load: (scale) => `${scaled(60, scale)} requests of 15 KB`,
    async attack(port, scale) {
      const request = `GET /lab/act?act=ping&payload=${BRACKETS}x HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`;
      await ask(port, scaled(60, scale), request);
    },
    bounds: { peakMegabytes: 60, worstLatencyMs: 1000 },
  },
  {
    name: 'the same in messages to the lab',
    load: (scale) => `${scaled(20, scale)} messages of 100 KB`,
    async attack(port, scale) {
      const peers = new Peers();
      const message = masked({ opcode: TEXT, payload: Buffer.from(`ping ${']'.repeat(100_000)}x`) });
      for (const peer of await peers.open(port, '/lab/act', scaled(20, scale))) {
        const closed = new Promise((resolve) => peer.once('end', resolve));
        peer.resume();
        await writeAll(peer, message);
        peer.write(masked({ opcode: 8, payload: new Uint8Array(0) }));
        await closed;
      }
      await peers.leave();
    },
    testScale: 0.05,
    bounds: { peakMegabytes: 80, worstLatencyMs: 1000 },
  },
  {
    name: 'requests one behind the other, no answer read',
    load: (scale) => `${scaled(10, scale)} connections, 20,000 requests each`,
    async attack(port, scale) {
      const peers = new Peers();
      const connected = await Promise.all(Array.from({ length: scaled(10, scale) }, () => peers.connect(port)));
      await Promise.all(connected.map((peer) => writeAll(peer, SHORT_REQUESTS)));
      await peers.leave();
    },
    testScale: 0.5,
    bounds: { peakMegabytes: 100, worstLatencyMs: 1000 },
  },
  {
    name: 'heads that never end',
    load: (scale) => `${scaled(300, scale)} heads of 16 KB`,
    settings: { limits: { maxMemoryBytes: 128 * 1024 * 1024 } },
    comparable: true,
    async attack(port, scale) {
      const peers = new Peers();
      const head = Buffer.from(`GET /echo HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(16_000)}`);
      for (let i = 0; i < scaled(300, scale); i++) {
        const peer = await peers.connect(port);
        await writeAll(peer, head.subarray(0, 8000));
        await writeAll(peer, head.subarray(8000));
      }
      await peers.leave();
    },
    testScale: 0.2,
    bounds: { peakMegabytes: 200, worstLatencyMs: 1000 },
  },
  {
    name: 'requests under changing names, for the log',
    load: (scale) => `${scaled(660, scale)} requests under 33 names`,
    async attack(port, scale) {
      for (let i = 0; i < scaled(33, Math.min(scale, 1)); i++) {
        const request = `GET /tap HTTP/1.1\r\nHost: name-${i}.test\r\nConnection: close\r\n\r\n`;
        await ask(port, scaled(20, scale), request);
      }
    },
    bounds: { peakMegabytes: 60, worstLatencyMs: 1000, lines: 21 },
  },
];

/** Sends a request so many times, each on a connection of its own, ten at a time, and waits for the answers. */
async function ask(port: number, count: number, request: string): Promise<void> {
  const peers = new Peers();
  for (let asked = 0; asked < count; asked += 10) {
    await Promise.all(
      Array.from({ length: Math.min(10, count - asked) }, async () => {
        const peer = await peers.connect(port);
        const ended = new Promise((resolve) => peer.once('close', resolve));
        peer.resume();
        peer.write(request);
        await ended;
      }),
    );
  }
  await peers.leave();
}
