import { expect, test } from 'vitest';
import { masked, RawPeer } from '../../server/testing/raw-peer.ts';
import { expectHarm, startServer } from './harm.ts';

test('a message of 100,000 fragments of one byte each comes back whole', async () => {
  const server = await startServer();
  await expectHarm(server, { peakMegabytes: 64, lines: 0 }, async () => {
    const peer = await RawPeer.open(server.port, '/echo');
    const payload = Uint8Array.of(7);
    const [first, next, last] = [
      masked({ fin: false, opcode: 2, payload }),
      masked({ fin: false, opcode: 0, payload }),
      masked({ opcode: 0, payload }),
    ];
    peer.send(first, ...Array.from({ length: 99_998 }, () => next), last);
    expect((await peer.frame()).payload.length).toBe(100_000);
    peer.send(masked({ opcode: 8, payload: Uint8Array.of(3, 232) }));
    await peer.end();
  });
});
