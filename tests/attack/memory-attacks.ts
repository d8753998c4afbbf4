import type { Socket } from 'node:net';
import { masked } from '../../server/testing/raw-peer.ts';
import { type Attack, scaled } from './attack.ts';
import { finish, Peers, writeAll } from './peers.ts';

const [CONTINUATION, TEXT, BINARY] = [0, 1, 2];
const NOTHING = new Uint8Array(0);

const MIB = 1024 * 1024;
/** What all peers together may hold, in these attacks: the same at every scale. */
const MAX_MEMORY_BYTES = 128 * MIB;
const settings = { limits: { maxMemoryBytes: MAX_MEMORY_BYTES } };

/** Peers that do all at once what one does, and leave. */
async function together(peers: readonly Socket[], act: (peer: Socket) => Promise<void>): Promise<void> {
  await Promise.all(peers.map(act));
}

const EMPTY_TEXT = masked({ opcode: TEXT, payload: NOTHING });
/** One read's worth of messages without a payload. */
const EMPTY_TEXTS = Buffer.concat(Array(10_900).fill(EMPTY_TEXT));

/** A message of which all but the last fragment is sent. */
function fragmentsWithoutEnd(count: number, payload: Uint8Array): Buffer {
  const first = masked({ fin: false, opcode: BINARY, payload });
  return Buffer.concat([first, ...Array(count - 1).fill(masked({ fin: false, opcode: CONTINUATION, payload }))]);
}

export const MEMORY_ATTACKS: readonly Attack[] = [
  {
    name: 'halves of long messages',
    load: (scale) => `${scaled(20, scale)} × 15.9 MiB`,
    settings,
    comparable: true,
    async attack(port, scale) {
      const peers = new Peers();
      const half = masked({ opcode: BINARY, payload: new Uint8Array(16 * MIB) }).subarray(0, 15.9 * MIB);
      await together(await peers.open(port, '/echo', scaled(20, scale)), (peer) => writeAll(peer, half));
      await peers.leave();
    },
    // What is held, what it grew from, and what the reads of one turn bring before it is counted.
    bounds: { peakMegabytes: 220, worstLatencyMs: 1500 },
  },
  {
    name: 'fragments of 1 byte of messages that never end, on /dump',
    load: (scale) => `${scaled(300, scale)} × 255 fragments`,
    settings,
    async attack(port, scale) {
      const peers = new Peers();
      const fragments = fragmentsWithoutEnd(255, new Uint8Array(1));
      await together(await peers.open(port, '/dump', scaled(300, scale)), (peer) => writeAll(peer, fragments));
      await peers.leave();
    },
    bounds: { peakMegabytes: 120, worstLatencyMs: 1000 },
  },
  {
    name: 'long fragments of messages that never end, on /dump',
    load: (scale) => `${scaled(6, scale)} × 255 × 16,300 bytes`,
    settings,
    async attack(port, scale) {
      const peers = new Peers();
      const fragments = fragmentsWithoutEnd(255, new Uint8Array(16_300));
      await together(await peers.open(port, '/dump', scaled(6, scale)), (peer) => writeAll(peer, fragments));
      await peers.leave();
    },
    bounds: { peakMegabytes: 120, worstLatencyMs: 1000 },
  },
  {
    name: 'empty messages on /dump, no answer read',
    load: (scale) => `${scaled(15, scale)} × 10,900 messages`,
    settings,
    async attack(port, scale) {
      const peers = new Peers();
      const opened = await peers.open(port, '/dump', scaled(15, scale), ['Sec-WebSocket-Protocol: dump.json']);
      await together(opened, (peer) => writeAll(peer, EMPTY_TEXTS));
      await peers.leave();
    },
    bounds: { peakMegabytes: 60, worstLatencyMs: 1000 },
  },
  {
    name: 'a flood of empty messages on watched connections',
    load: (scale) => `${scaled(4, scale)} connections, 10 reads each`,
    settings,
    async attack(port, scale) {
      const peers = new Peers();
      const opened = await peers.open(port, '/echo?watch=a-token-nobody-else-has', scaled(4, scale));
      for (const peer of opened) peer.resume();
      await together(opened, async (peer) => {
        for (let i = 0; i < 10; i++) await writeAll(peer, EMPTY_TEXTS);
        await finish(peer);
      });
      await peers.leave();
    },
    bounds: { peakMegabytes: 120, worstLatencyMs: 1500 },
  },
  {
    name: 'taps of one token that read nothing',
    load: (scale) => `${scaled(100, scale)} taps, 25 MiB told to each`,
    settings,
    async attack(port, scale) {
      const peers = new Peers();
      await peers.open(port, '/tap?watch=a-token-nobody-else-has', scaled(100, scale));
      const [watched] = await peers.open(port, '/echo?watch=a-token-nobody-else-has', 1);
      watched?.resume();
      const message = masked({ opcode: BINARY, payload: new Uint8Array(1000) });
      const messages = Buffer.concat(Array(65).fill(message));
      for (let i = 0; i < 40; i++) await writeAll(watched as Socket, messages);
      await finish(watched as Socket);
      await peers.leave();
    },
    bounds: { peakMegabytes: 150, worstLatencyMs: 1500 },
  },
  {
    name: 'recordings kept for tokens that nobody watches',
    load: (scale) => `${scaled(64, scale)} tokens, 2 MiB and more each`,
    settings,
    async attack(port, scale) {
      const peers = new Peers();
      const message = masked({ opcode: BINARY, payload: new Uint8Array(4000) });
      const messages = Buffer.concat(Array(16).fill(message));
      for (let token = 0; token < scaled(64, scale); token++) {
        const [watched] = await peers.open(port, `/echo?watch=${String(token).padStart(16, '0')}`, 1);
        watched?.resume();
        for (let i = 0; i < 10; i++) await writeAll(watched as Socket, messages);
        await finish(watched as Socket);
      }
      await peers.leave();
    },
    bounds: { peakMegabytes: 260, worstLatencyMs: 1000 },
  },
  {
    name: 'a broadcast that most of its receivers do not read',
    load: (scale) => `${scaled(100, scale)} receivers, 16 MiB`,
    settings,
    async attack(port, scale) {
      const peers = new Peers();
      await peers.open(port, '/broadcast', scaled(100, scale));
      const [sender] = await peers.open(port, '/broadcast', 1);
      sender?.resume();
      const message = masked({ opcode: BINARY, payload: new Uint8Array(64 * 1024) });
      for (let i = 0; i < 256; i++) await writeAll(sender as Socket, message);
      await finish(sender as Socket);
      await peers.leave();
    },
    bounds: { peakMegabytes: 80, worstLatencyMs: 1000 },
  },
];
