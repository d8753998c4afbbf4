import { meet, meetAndPart } from '../faults/peers/newcomer.ts';
import { type Mischief, must } from './mischief.ts';

/** Of the server's process: fewer than some of this takes. */
export const DESCRIPTORS = 1500;
const MOST_CONNECTIONS = 1500;

/** What goes on by itself, since others would be refused for it. */
export const LONE_MISCHIEF: readonly Mischief[] = [
  {
    name: 'more connections than there is room for',
    async make({ port }) {
      const met = await Promise.all(Array.from({ length: MOST_CONNECTIONS }, () => meet(port)));
      for (const { peer } of met) peer.socket.destroy();
      must(
        met.some(({ status }) => status === '101'),
        'nobody was let in',
      );
      must(
        met.some(({ status }) => status !== '101'),
        'there was room for everybody',
      );
    },
  },
  {
    name: 'no descriptor left',
    async make(server, random) {
      server.signal('SIGUSR2');
      await Promise.all(Array.from({ length: 1 + random.nat(100) }, () => meetAndPart(server.port)));
      server.signal('SIGUSR2');
      while ((await meetAndPart(server.port)) !== '101');
    },
  },
];
