import type { Socket } from 'node:net';
import { requestFor } from '../../bench/load-connection.ts';
import { masked } from '../../server/testing/raw-peer.ts';
import { type Attack, scaled } from './attack.ts';
import { Peers, writeAll } from './peers.ts';

const TEXT = 1;
const MIB = 1024 * 1024;

const order = (text: string) => masked({ opcode: TEXT, payload: Buffer.from(text) });

const [DONE, PROBLEM, TOO_MANY] = ['"type":"done"', '"type":"problem"', 'Too many pages'];

/** Waits until a page is told that its order is done. @throws Error where it is told that it cannot be */
function done(page: Socket): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let last = '';
  page.on('data', (bytes: Buffer) => {
    last += bytes.toString('latin1');
    if (last.includes(DONE)) resolve();
    // One order too many is refused: that is an answer, too.
    if (last.includes(TOO_MANY)) resolve();
    else if (last.includes(PROBLEM)) reject(new Error(last.slice(last.indexOf(PROBLEM), last.indexOf(PROBLEM) + 200)));
    last = last.slice(-200);
  });
  page.once('close', () => reject(new Error('the page was cut off')));
  return promise;
}

export const LAB_ATTACKS: readonly Attack[] = [
  {
    name: 'orders to the lab to send tiny frames',
    load: (scale) => `${scaled(4, scale)} orders of 520,000 frames`,
    async attack(port, scale) {
      const peers = new Peers();
      const request = Buffer.from(requestFor('/echo')).toString('hex');
      const steps = [{ hex: request }, { waitMs: 100 }, { hex: '8100'.repeat(520_000) }];
      const text = JSON.stringify({ steps });
      const pages = await peers.open(port, '/lab/raw', scaled(4, scale));
      await Promise.all(
        pages.map(async (page) => {
          const answered = done(page);
          await writeAll(page, order(text));
          await answered;
        }),
      );
      await peers.leave();
    },
    testScale: 0.25,
    bounds: { peakMegabytes: 100, worstLatencyMs: 1500 },
  },
  {
    name: 'orders to check a server with the longest messages',
    load: (scale) => `${scaled(2, scale)} orders`,
    async attack(port, scale) {
      const peers = new Peers();
      const url = `ws://127.0.0.1:${port}/echo`;
      const text = JSON.stringify({ type: 'check', url, only: '10.4', maxMessage: 64 * MIB });
      const pages = await peers.open(port, '/lab/check', scaled(2, scale));
      await Promise.all(
        pages.map(async (page) => {
          const answered = done(page);
          await writeAll(page, order(text));
          await answered;
        }),
      );
      await peers.leave();
    },
    testScale: 0.5,
    bounds: { peakMegabytes: 200, worstLatencyMs: 2500 },
  },
];
