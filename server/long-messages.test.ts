import { expect, test } from 'vitest';
import { startCompanion } from './testing/companion.ts';
import { masked, RawPeer } from './testing/raw-peer.ts';

/** A payload that is no other's. */
const payloadOf = (sender: number, i: number) => new Uint8Array(100_000 + 1000 * (i % 7)).fill(100 * sender + (i % 97));

test('a long echo that waits for a slow peer is not written over by what others send and get', async () => {
  const { port } = await startCompanion();
  const [slow, quick] = [await RawPeer.open(port, '/echo'), await RawPeer.open(port, '/echo')];
  slow.socket.pause();
  const waiting = Array.from({ length: 100 }, (_, i) => payloadOf(1, i));
  for (const payload of waiting) slow.send(masked({ opcode: 2, payload }));
  for (let i = 0; i < 100; i++) {
    const payload = payloadOf(2, i);
    quick.send(masked({ opcode: 2, payload }));
    const echo = (await quick.frame()).payload;
    if (!echo.equals(payload)) expect.fail(`the quick peer's message ${i} comes back changed`);
  }
  slow.socket.resume();
  for (const [i, payload] of waiting.entries()) {
    const echo = (await slow.frame()).payload;
    if (!echo.equals(payload)) expect.fail(`the slow peer's message ${i} comes back changed`);
  }
  slow.socket.destroy();
  quick.socket.destroy();
});

test('a long message goes to all subscribers, and a slow one gets the same bytes', async () => {
  const { port } = await startCompanion();
  const peers = [await RawPeer.open(port, '/broadcast'), await RawPeer.open(port, '/broadcast')];
  const [sender, slow] = peers as [RawPeer, RawPeer];
  slow.socket.pause();
  for (let i = 0; i < 50; i++) {
    sender.send(masked({ opcode: 2, payload: payloadOf(1, i) }));
    expect((await sender.frame()).payload.equals(payloadOf(1, i))).toBe(true);
  }
  slow.socket.resume();
  for (let i = 0; i < 50; i++) {
    if (!(await slow.frame()).payload.equals(payloadOf(1, i))) expect.fail(`the slow peer's message ${i} is changed`);
  }
  for (const peer of peers) peer.socket.destroy();
});
