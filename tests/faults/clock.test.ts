import { expect, test } from 'vitest';
import { masked, maskedText, RawPeer } from '../../server/testing/raw-peer.ts';
import { expectHarm, startServer } from './harm.ts';
import { slowHeads } from './peers/slow-heads.ts';

const [CLOSE, PING, PONG] = [8, 9, 10];
const HOUR_MS = 3_600_000;
const limits = { handshakeTimeoutMs: 800, idleTimeoutMs: 2400, closingTimeoutMs: 400 };

/** On the clock of this process, which nobody sets. */
async function msOf(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Is silent until the server closes, and does not answer that. */
async function keepsSilent(port: number): Promise<void> {
  const peer = await RawPeer.open(port, '/echo');
  while ((await peer.frame()).opcode !== CLOSE);
  await peer.end();
}

/** Answers so many pings of the server, and says nothing else. @returns the code of the close that comes upon its own */
async function answersPings(port: number, pings: number): Promise<number> {
  const peer = await RawPeer.open(port, '/echo');
  for (let answered = 0; answered < pings; answered++) {
    const ping = await peer.frame();
    expect(ping.opcode).toBe(PING);
    peer.send(masked({ opcode: PONG, payload: ping.payload }));
  }
  peer.send(maskedText('still here'), masked({ opcode: CLOSE, payload: Uint8Array.of(0x0b, 0xb8) }));
  expect((await peer.frame()).payload.toString()).toBe('still here');
  const close = await peer.frame();
  await peer.end();
  return close.payload.readUInt16BE();
}

test('a wall clock that jumps by hours, forward and back, moves no deadline', async () => {
  const server = await startServer({ settings: { limits }, preloads: [new URL('jumping-clock.ts', import.meta.url)] });
  const [first, second, third] = [await server.usage(), await server.usage(), await server.usage()];
  // Up and down: the server does see it jump.
  expect(Math.abs(second.timeOfDay - first.timeOfDay)).toBeGreaterThan(HOUR_MS);
  expect(Math.sign(third.timeOfDay - second.timeOfDay)).not.toBe(Math.sign(second.timeOfDay - first.timeOfDay));
  await expectHarm(server, { peakMegabytes: 48, lines: 30 }, async () => {
    const [slowMs, silentMs, closeCode] = await Promise.all([
      msOf(async () => expect(new Set(await slowHeads(server.port, 10, 50)).size).toBe(1)),
      msOf(() => keepsSilent(server.port)),
      answersPings(server.port, 2),
    ]);
    console.log(
      `a slow head had ${Math.round(slowMs)} ms of 800, a silent peer ${Math.round(silentMs)} of 2400 and 400`,
    );
    expect(closeCode).toBe(3000);
    for (const [ms, deadline] of [
      [slowMs, limits.handshakeTimeoutMs],
      [silentMs, limits.idleTimeoutMs],
    ] as const) {
      // Deadlines are looked at every now and then; and a machine may be busy.
      expect(ms).toBeGreaterThan(0.9 * deadline);
      expect(ms).toBeLessThan(deadline + 8000);
    }
  });
});
