import { expect, test } from 'vitest';
import { masked } from '../../server/testing/raw-peer.ts';
import { expectHarm, startServer } from './harm.ts';
import { orderFrames } from './peers/lab.ts';

const EMPTY = Uint8Array.of(0x81, 0);
const EMPTY_MASKED = masked({ opcode: 1, payload: new Uint8Array(0) });

test.each([
  ['that break a rule', EMPTY, 520_000],
  ['that come back', EMPTY_MASKED, 174_000],
])(
  '16 orders at once to the lab, of a megabyte of empty frames %s: few are explained, in turn',
  async (_, frame, times) => {
    const server = await startServer();
    await expectHarm(server, { peakMegabytes: 160, aliveMegabytes: 16, lines: 45, worstLatencyMs: 1000 }, async () => {
      const runs = Array.from({ length: 16 }, () => orderFrames(server.port, frame, times));
      // A server that is so busy is quiet for a while, or resets the connection before its answer is read.
      for (const end of await Promise.all(runs)) expect(['too-much', 'quiet', 'server']).toContain(end);
    });
  },
);
