import { setTimeout as wait } from 'node:timers/promises';
import { Bystander } from '../faults/bystander.ts';
import { claimMuch, claimTooMuch, sendFragments } from '../faults/peers/claims.ts';
import { comeAndGo, idle } from '../faults/peers/crowd.ts';
import { HALF_OPEN } from '../faults/peers/half-open.ts';
import { broadcastUnread, echoUnread, floodWithPings } from '../faults/peers/not-reading.ts';
import { resetAtEveryState } from '../faults/peers/resets.ts';
import { ask, askUnread } from '../faults/peers/site.ts';
import { slowHeads } from '../faults/peers/slow-heads.ts';
import { CountingTap } from '../faults/peers/tap.ts';
import type { ServerProcess } from '../faults/server-process.ts';
import type { Random } from '../fuzz/random.ts';

/** One way to misbehave. */
export interface Mischief {
  readonly name: string;
  /**
   * Resolves when it is over.
   *
   * @throws Error where the server did not do what it must
   */
  make(server: ServerProcess, random: Random): Promise<void>;
}

/** What can go on together. */
export const MISCHIEF: readonly Mischief[] = [
  {
    name: 'heads a byte at a time',
    async make({ port }, random) {
      const answers = new Set(await slowHeads(port, 1 + random.nat(20), 20 + random.nat(80)));
      must([...answers].join() === 'HTTP/1.1 408 Request Timeout', `slow heads were answered with ${[...answers]}`);
    },
  },
  {
    name: 'half-open connections',
    async make({ port }) {
      await Promise.all(Object.values(HALF_OPEN).map((leave) => leave(port)));
    },
  },
  {
    name: 'resets at every state',
    async make({ port }, random) {
      await Promise.all(Array.from({ length: 1 + random.nat(3) }, () => resetAtEveryState(port)));
    },
  },
  { name: 'echoes unread', make: ({ port }, random) => echoUnread(port, 1 + random.nat(5)) },
  {
    name: 'a broadcast unread',
    async make({ port }, random) {
      const messages = 100 + random.nat(200);
      const received = await broadcastUnread(port, 1 + random.nat(5), messages);
      must(received === messages, `${received} of ${messages} broadcast messages came back to their sender`);
    },
  },
  {
    name: 'pongs unread, then read',
    async make({ port }, random) {
      const pings = 1000 * (1 + random.nat(600));
      const flood = await floodWithPings(port, pings);
      await wait(random.nat(300));
      const pongs = await flood.read();
      must(pongs === pings, `${pongs} pongs came for ${pings} pings`);
    },
  },
  {
    name: 'fragments of one byte',
    async make({ port }, random) {
      const fragments = 2 + random.nat(100_000);
      must((await sendFragments(port, fragments)) === fragments, `${fragments} fragments did not come back whole`);
    },
  },
  {
    name: 'claims of 2^62 bytes',
    async make({ port }, random) {
      const codes = await Promise.all(Array.from({ length: 1 + random.nat(50) }, () => claimTooMuch(port)));
      must(
        codes.every((code) => code === 1009),
        `a claim of 2^62 bytes was answered with ${codes}`,
      );
    },
  },
  {
    name: 'claims of 16 MiB, unfinished',
    async make({ port }, random) {
      const claims = Array.from({ length: 1 + random.nat(50) }, () => claimMuch(port, 2 ** 24, random.nat(5000)));
      const hangUps = await Promise.all(claims);
      await wait(random.nat(500));
      for (const hangUp of hangUps) hangUp();
    },
  },
  {
    name: 'idle connections',
    async make({ port }, random) {
      const drop = await idle(port, 1 + random.nat(300));
      await wait(random.nat(1000));
      drop();
    },
  },
  {
    name: 'connects and drops',
    async make({ port }, random) {
      await comeAndGo(port, 200 + random.nat(800));
    },
  },
  {
    name: 'a tap that stops reading',
    async make({ port }, random) {
      const token = `a-tap-that-stops-${random.nat(2 ** 31)}`;
      const tap = await CountingTap.open(port, token);
      tap.stopReading();
      const watched = await Bystander.open(port, { path: `/echo?watch=${token}`, payloadLength: 50_000, pauseMs: 0 });
      await watched.untilEchoed(1 + random.nat(150));
      const { lost } = await watched.stop();
      must(lost === 0, 'a connection that was watched by a tap that does not read lost a message');
      tap.hangUp();
    },
  },
  {
    name: 'files asked for and not read',
    async make({ port }, random) {
      const hangUp = await askUnread(port, '/long.js', 1 + random.nat(3000));
      const { status } = await ask(port);
      must(status === '200', `beside files that are not read, the home page was answered with ${status}`);
      hangUp();
    },
  },
];

/** @throws Error where it does not hold */
export function must(holds: boolean, sentence: string): void {
  if (!holds) throw new Error(sentence);
}
