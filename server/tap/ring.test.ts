import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OPCODE } from '../../src/protocol/index.ts';
import { encodeText } from '../../src/text/utf8.ts';
import { encodeMessage } from '../connection/encoded-message.ts';
import { Ring } from './ring.ts';

const message = (connection: number, text: string) => ({
  connection,
  encoded: encodeMessage(OPCODE.text, encodeText(text)),
});
const arbitraryMessages = fc.array(fc.tuple(fc.nat(3), fc.string({ maxLength: 20 })).map((parts) => message(...parts)));

test('a ring keeps the latest that fit, and counts the others', () => {
  fc.assert(
    fc.property(arbitraryMessages, fc.integer({ min: 4, max: 20 }), fc.integer({ min: 0, max: 300 }), (all, n, l) => {
      const ring = new Ring({ maxMessages: n, maxBytes: l });
      for (const message of all) ring.add(message);
      const kept = ring.messages;
      const lengthOf = (messages: typeof all) => messages.reduce((sum, { encoded }) => sum + encoded.frame.length, 0);
      expect(kept).toEqual(all.slice(all.length - kept.length));
      expect(kept.length).toBeLessThanOrEqual(n);
      expect(lengthOf([...kept])).toBeLessThanOrEqual(l);
      const oneMore = all.slice(all.length - kept.length - 1);
      if (oneMore.length > kept.length) expect(oneMore.length > n || lengthOf(oneMore) > l).toBe(true);
      const lost = all.slice(0, all.length - kept.length);
      const dropped = new Map(ring.dropped);
      for (const connection of [0, 1, 2, 3]) {
        expect(dropped.get(connection) ?? 0).toBe(lost.filter((one) => one.connection === connection).length);
      }
    }),
  );
});

test('even the counts of very many connections are not kept forever', () => {
  const ring = new Ring({ maxMessages: 2, maxBytes: 100 });
  for (let connection = 0; connection < 100; connection++) ring.add(message(connection, 'x'));
  expect([...ring.dropped].map(([connection]) => connection)).toEqual([96, 97]);
});
