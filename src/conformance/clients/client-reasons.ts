import { reasonOf } from '../reasons.ts';
import type { ClientCase } from './client-case.ts';

/** Where the reason for a client is another one than for a server; the first prefix that fits. */
const BY_PREFIX: readonly (readonly [prefix: string, why: string])[] = [
  ['4.1-opens', 'Servers and proxies write the same answer in many ways, and all of them mean the same.'],
  ['4.1-request', 'A server refuses a request that breaks a rule, and a proxy may not recognize it.'],
  [
    '4.1-fresh-key',
    'The key shows that the answer belongs to this request. A cache could replay the answer to a known key.',
  ],
  [
    '4.1-rejects',
    'Something that is not a WebSocket server may have answered: a cache, a proxy, or a server for something else. To go on would hand your data to it.',
  ],
  [
    '5.3-',
    'If a script in a page could predict the mask, it could choose the bytes on the wire, and poison the cache of a proxy.',
  ],
  ['5.7', 'These are the bytes that the RFC itself shows.'],
  ['5.2-length', 'At 126 and at 65,536 the header gets longer. A client that misses this reads payload as header.'],
  ['6.2', 'A client that handles small messages, one at a time, must also handle large ones and many at once.'],
  [
    '7.1.1',
    'The side that ends TCP first must keep the port pair for a while. A client that may want to connect again leaves that to the server.',
  ],
  ['7.', 'The close frame is how one side tells the other that it ends the connection on purpose, and why.'],
  ['7692', 'A server may use everything that the RFC allows and the client has offered.'],
];

/** Why the case demands what it demands, in one or two sentences; empty if there is no reason on record. */
export function reasonForClient({ id, rule }: Pick<ClientCase, 'id' | 'rule'>): string {
  if (rule !== undefined) return reasonOf({ id: '', rule });
  return BY_PREFIX.find(([prefix]) => id.startsWith(prefix))?.[1] ?? reasonOf({ id });
}
