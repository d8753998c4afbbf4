import { setImmediate as endOfTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ConnectionObserver, type Direction, type WireMessage } from '../../src/inspector/index.ts';
import { encodeText } from '../../src/text/utf8.ts';
import { MemoryBudget } from '../bounds/memory-budget.ts';
import { Turns } from '../bounds/turns.ts';
import { maskedText } from '../testing/raw-peer.ts';
import { Observation } from './observation.ts';

const CONNECTION = { connection: 1, path: '/echo', remote: 'here:1' };
const CLOSE = { closeCode: 1000, reason: '', clean: true };
const REQUEST = encodeText('GET /echo HTTP/1.1\r\n\r\n');
const RESPONSE = encodeText('HTTP/1.1 101 Switching Protocols\r\n\r\n');

interface Chunk {
  readonly direction: Direction;
  readonly bytes: Uint8Array;
}

/** What is told of a connection whose chunks come in one turn, of which little is explained at once. */
async function observe(chunks: readonly Chunk[], maxWaitingBytes?: number) {
  const told: WireMessage[] = [];
  const budget = new MemoryBudget();
  const services = { budget, turns: new Turns(5), ...(maxWaitingBytes !== undefined && { maxWaitingBytes }) };
  let left = false;
  const audience = {
    watching: true,
    tell: (_connection: number, messages: readonly WireMessage[]) => void told.push(...messages),
    leave: () => {
      left = true;
    },
  };
  const observation = new Observation(audience, services, 0, CONNECTION);
  observation.open([{ bytes: REQUEST, timeMs: 0 }]);
  for (const { direction, bytes } of chunks) observation.chunk(direction, bytes);
  observation.close(CLOSE);
  for (let turn = 0; !left && turn < 10_000; turn++) await endOfTurn();
  return { told, budget, observation };
}

/** The same, explained at once. */
function expected(chunks: readonly Chunk[]): WireMessage[] {
  const observer = new ConnectionObserver(CONNECTION);
  return [
    ...observer.open(0),
    ...observer.chunk('in', REQUEST, 0),
    ...chunks.flatMap(({ direction, bytes }) => observer.chunk(direction, bytes, 0)),
    ...observer.close(0, CLOSE),
    { type: 'ending', connection: 1, cause: '', sentence: '' },
  ];
}

const withoutTime = (messages: readonly WireMessage[]) =>
  messages.map((message) =>
    // The causes have tests of their own.
    message.type === 'ending'
      ? { type: 'ending', connection: message.connection, cause: '', sentence: '' }
      : { ...message, ...('timeMs' in message && { timeMs: 0 }) },
  );

const arbitraryChunks = fc
  .array(fc.record({ direction: fc.constantFrom<Direction>('in', 'out'), frames: fc.nat(300), cut: fc.nat(5) }), {
    maxLength: 8,
  })
  .map((chunks) => [
    { direction: 'out' as const, bytes: RESPONSE },
    ...chunks.map(({ direction, frames, cut }) => {
      const frame = direction === 'in' ? maskedText('Hello') : Uint8Array.of(0x81, 2, 0x48, 0x69);
      const all = Buffer.concat(Array(frames).fill(frame));
      return { direction, bytes: new Uint8Array(all.subarray(0, Math.max(all.length - cut, 0))) };
    }),
  ]);

test('the explanations over many turns are the same as all at once', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryChunks, async (chunks) => {
      const { told, budget } = await observe(chunks);
      expect(withoutTime(told)).toEqual(expected(chunks));
      expect(budget.heldBytes).toBe(0);
    }),
    { numRuns: 30 },
  );
});

test('messages without room are counted, and nothing else is missing', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryChunks, fc.integer({ min: 0, max: 3000 }), async (chunks, maxWaitingBytes) => {
      const { told } = await observe(chunks, maxWaitingBytes);
      const dropped = told.reduce((sum, message) => sum + (message.type === 'dropped' ? message.messages : 0), 0);
      const whole = told.filter(({ type }) => type !== 'dropped').length;
      expect(whole + dropped).toBe(expected(chunks).length);
    }),
    { numRuns: 30 },
  );
});

test('if the memory is needed, waiting messages are counted, too', async () => {
  const chunks = [
    { direction: 'out' as const, bytes: RESPONSE },
    { direction: 'in' as const, bytes: new Uint8Array(Buffer.concat(Array(3000).fill(maskedText('Hello')))) },
  ];
  const told: WireMessage[] = [];
  const budget = new MemoryBudget(20_000);
  const audience = {
    watching: true,
    tell: (_: number, all: readonly WireMessage[]) => void told.push(...all),
    leave() {},
  };
  const observation = new Observation(audience, { budget, turns: new Turns(5) }, 0, CONNECTION);
  observation.open([{ bytes: REQUEST, timeMs: 0 }]);
  for (const { direction, bytes } of chunks) observation.chunk(direction, bytes);
  expect(budget.heldBytes).toBe(0);
  observation.close(CLOSE);
  const dropped = told.find(({ type }) => type === 'dropped');
  expect(dropped).toMatchObject({ type: 'dropped', connection: 1 });
  expect(told.length - 1 + (dropped?.type === 'dropped' ? dropped.messages : 0)).toBe(expected(chunks).length);
});
