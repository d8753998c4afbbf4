import { DEFLATE_RULES } from '../protocol/extensions/permessage-deflate/rules.ts';
import { HANDSHAKE_RULES } from '../protocol/handshake/rules.ts';
import { FRAME_RULES } from '../protocol/rules.ts';
import type { ConformanceCase } from './case.ts';

/** The rules give their own reasons. */
const BY_RULE = new Map(
  [...FRAME_RULES, ...Object.values(DEFLATE_RULES), ...HANDSHAKE_RULES].map(({ name, why }) => [name, why]),
);

/** Reasons for the cases that break no rule; the first prefix that fits. */
const BY_PREFIX: readonly (readonly [prefix: string, why: string])[] = [
  ['4.2.1-refuses-no-such-path', 'The client should learn that its address is wrong instead of waiting for messages.'],
  ['4.2.2-opens-plain', 'Nearly every case begins and ends like this one, so a mistake here shows up everywhere.'],
  ['4.2.2-accept', 'The accept proves that a WebSocket server read this very request, and not a cache on the way.'],
  ['4.2.2-opens-extension', 'A client fails the connection if the server uses an extension that it did not offer.'],
  ['9.1-opens', 'A client fails the connection if the server uses an extension that it did not offer.'],
  [
    '4.2.2-opens-subprotocol',
    'A client fails the connection if the server chooses a subprotocol that it did not offer. Chromium also fails it if the server chooses none.',
  ],
  [
    '4.2.2-opens-close',
    'A client that does not wait for the response breaks the rules. A server may still be forgiving.',
  ],
  [
    '4.2.2-opens-frames',
    'A client that does not wait for the response breaks the rules. A server may still be forgiving.',
  ],
  [
    '4.2.2-opens-ping',
    'A client that does not wait for the response breaks the rules. A server may still be forgiving.',
  ],
  [
    '4.2.1-opens-cut',
    'TCP may split the request anywhere. A server that expects it in one read fails on slow networks.',
  ],
  ['4.2.1', 'Clients and proxies write the same request in many ways, and all of them mean the same.'],
  ['5.2-length', 'At 126 and at 65,536 the header gets longer. A server that misses this reads payload as header.'],
  ['5.2', 'TCP may split the stream inside a header or join several frames. Only the lengths say where a frame ends.'],
  ['5.3', 'A server that starts with the wrong byte of the key returns noise, and a key of zeros hides the mistake.'],
  ['5.4-ping', 'If a ping had to wait for the end of a long message, its sender might give up on the connection.'],
  ['5.4-pong', 'If a ping had to wait for the end of a long message, its sender might give up on the connection.'],
  ['5.4', 'A proxy may split and join the frames of a message, so only the message as a whole has a meaning.'],
  ['5.5.1', 'The close frame is how one side tells the other that it ends the connection on purpose, and why.'],
  ['5.5.2', 'The pong shows that the other side is alive, and its payload shows which ping it answers.'],
  ['5.5.3', 'Such a pong is a heartbeat that needs no answer. If it were answered, the answer would be answered too.'],
  ['5.6', 'A binary message belongs to the program: nothing on the way looks at its bytes.'],
  ['5.7', 'These are the bytes that the RFC itself shows.'],
  ['6.2', 'A server that handles small messages, one at a time, must also handle large ones and many at once.'],
  [
    '7.',
    'The side that ends TCP first must keep the port pair for a while. That hinders a client, which may want to connect again, and not a server.',
  ],
  ['7692-offer', 'A client fails the connection if the answer has what it did not offer, or lacks what it asked for.'],
  ['7692', 'Every browser offers compression. A server that accepts it must read all that a legal compressor writes.'],
  ['8.1', 'Text is UTF-8 and nothing else: every character that it can encode must come through.'],
  ['10.4', 'A server that announces a limit must accept messages up to that limit.'],
];

/** Why the case demands what it demands, in one or two sentences; empty if there is no reason on record. */
export function reasonOf({ id, rule }: Pick<ConformanceCase, 'id' | 'rule'>): string {
  return BY_RULE.get(rule ?? '') ?? BY_PREFIX.find(([prefix]) => id.startsWith(prefix))?.[1] ?? '';
}
