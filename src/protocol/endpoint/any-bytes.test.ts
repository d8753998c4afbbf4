import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryCuts, cutAt, joined } from '../../../tests/bytes.ts';
import { events, newClient, newServer, openPair, written } from '../../../tests/endpoints.ts';
import { encodeFrame } from '../framing/frame.ts';
import type { EndpointEvent } from './effects.ts';
import { READY_STATES } from './ready-state.ts';

/** Random bytes, frames, and frames with a few bytes changed. */
const frames = fc
  .array(
    fc.record({
      fin: fc.boolean(),
      opcode: fc.oneof(fc.constantFrom(0, 1, 2, 8, 9, 10), fc.nat(15)),
      payload: fc.uint8Array({ maxLength: 130 }),
      maskingKey: fc.option(fc.nat(0xffff_ffff), { nil: undefined }),
    }),
    { maxLength: 5 },
  )
  .map((all) => joined(...all.map(encodeFrame)));
const changed = fc
  .tuple(frames, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }))
  .map(([bytes, changes]) =>
    changes.reduce((all, [at, byte]) => (all.length ? all.with(at % all.length, byte) : all), bytes),
  );
const anyBytes = fc.oneof(fc.uint8Array({ maxLength: 300 }), frames, changed);

const request = written(newClient().connect());
const response = written(newServer().receive(request.slice()));

/** A head with random bytes inserted somewhere, and random bytes after it. */
const brokenHead = (head: Uint8Array) =>
  fc.tuple(fc.nat(), fc.nat(6), fc.uint8Array({ maxLength: 6 }), anyBytes).map(([at, cut, inserted, behind]) => {
    const start = at % (head.length + 1);
    return joined(head.subarray(0, start), inserted, head.subarray(start + cut), behind);
  });

const receivers = {
  'a server before the opening handshake': { make: newServer, bytes: fc.oneof(anyBytes, brokenHead(request)) },
  'a client before the opening handshake': { make: newClient, bytes: fc.oneof(anyBytes, brokenHead(response)) },
  'a server with an open connection': { make: () => openPair().server, bytes: anyBytes },
  'a client with an open connection': { make: () => openPair().client, bytes: anyBytes },
};

describe.each(Object.entries(receivers))('whatever bytes reach %s', (_, { make, bytes }) => {
  test('nothing throws, the ready state stays in the table, and TCP ends it with one close event', () => {
    fc.assert(
      fc.property(bytes, arbitraryCuts, (stream, cuts) => {
        const endpoint = make();
        const told: EndpointEvent[] = [];
        for (const chunk of cutAt(stream, cuts)) {
          told.push(...events(endpoint.receive(chunk)));
          expect(READY_STATES).toHaveProperty(endpoint.readyState);
        }
        expect(told.some(({ type }) => type === 'close')).toBe(false);
        expect(events(endpoint.receiveEnd())).toMatchObject([{ type: 'close' }]);
        expect(endpoint.readyState).toBe('closed');
      }),
      { numRuns: 500 },
    );
  });

  test('the effects do not depend on where the stream is cut', () => {
    fc.assert(
      fc.property(bytes, arbitraryCuts, (stream, cuts) => {
        const [whole, cut] = [make(), make()];
        const effects = [...whole.receive(stream.slice())];
        expect(cutAt(stream, cuts).flatMap((chunk) => [...cut.receive(chunk)])).toEqual(effects);
        expect(cut.readyState).toBe(whole.readyState);
        expect(cut.receiveEnd()).toEqual(whole.receiveEnd());
      }),
      { numRuns: 300 },
    );
  });
});
