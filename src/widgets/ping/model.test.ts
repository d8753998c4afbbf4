import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawExample } from '../../components/figures/draw-example.ts';
import { SimulatedLab } from '../base/lab-source/simulated-lab.ts';
import { draftOf, initialPing, ordersOf, PINGS_IN_A_ROW, reducePing, summarizePings } from './model.ts';

function after(...orders: string[]) {
  const lab = new SimulatedLab(drawExample());
  return [lab.connect(), ...orders.map((order) => lab.order(order))].reduce(
    (state, events) => reducePing(state, { type: 'happened', events }),
    initialPing([]),
  );
}

describe('a payload', () => {
  test('of 125 bytes fits, and one more is refused with the rule', () => {
    expect(draftOf('a'.repeat(125)).refusal).toBeUndefined();
    expect(draftOf('a'.repeat(126)).refusal).toMatch(/^126 bytes of UTF-8: 1 too many\. .*125.*§5\.5\.$/);
    expect(ordersOf('ping', draftOf('a'.repeat(126)))).toEqual([]);
  });

  test('counts bytes, not characters', () => {
    expect(draftOf('ü'.repeat(63)).refusal).toContain('126 bytes');
  });
});

test('whatever the payload, the pong is masked and carries it', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 125 }), (text) => {
      const { rows } = after(...ordersOf('ping', draftOf(text)));
      expect(rows.map(({ opcodeName, fromClient, payload }) => [opcodeName, fromClient, payload])).toEqual([
        ['ping', false, rows[0]?.payload],
        ['pong', true, rows[0]?.payload],
      ]);
      expect(Number.parseInt(rows[1]?.hex.slice(2, 4) ?? '', 16) & 0x80).toBe(0x80);
    }),
    { numRuns: 30 },
  );
});

test('a pong has the time since its ping; JavaScript is told of nothing', () => {
  const state = after(...ordersOf('ping', draftOf('Hi')));
  expect(state.rows[1]?.roundTripMs).toBeGreaterThan(0);
  expect(summarizePings(state)).toMatch(
    /^1 ping from the server, 1 pong from the browser\. Round trip: \d+\.\d ms\. JavaScript heard nothing\.$/,
  );
});

test('many pings in a row are numbered, and each has its answer', () => {
  const state = after(...ordersOf('many', draftOf('')));
  expect(state.rows).toHaveLength(2 * PINGS_IN_A_ROW);
  expect(state.rows.filter(({ roundTripMs }) => roundTripMs !== undefined)).toHaveLength(PINGS_IN_A_ROW);
  expect(state.waiting).toEqual([]);
});

test('the answer to the latest ping answers those before it', () => {
  const events = new SimulatedLab(drawExample());
  const all = [...events.connect(), ...events.order('ping 31'), ...events.order('ping 32')];
  const withoutFirstPong = all.filter(
    (event) =>
      !(
        event.type === 'wire' &&
        event.message.type === 'frame' &&
        event.message.direction === 'in' &&
        event.message.payload.hex === '31'
      ),
  );
  expect(reducePing(initialPing([]), { type: 'happened', events: withoutFirstPong }).waiting).toEqual([]);
});

test('a pong that nobody asked for is answered by nothing', () => {
  const state = after(...ordersOf('pong', draftOf('x')));
  expect(state.rows.map(({ opcodeName }) => opcodeName)).toEqual(['pong']);
  expect(summarizePings(state)).toContain('0 pings from the server, 0 pongs from the browser');
});

test('the example goes when something of the reader’s own happens, and a second click closes a row', () => {
  const lab = new SimulatedLab(drawExample());
  const example = initialPing([...lab.connect(), ...lab.order('ping 61')]);
  expect(example.rows).toHaveLength(2);
  const state = reducePing(example, { type: 'happened', events: lab.order('ping 62') });
  expect(state.rows.map(({ payload }) => payload)).toEqual(['b', 'b']);
  const opened = reducePing(state, { type: 'open', row: 1 });
  expect(opened.opened).toBe(1);
  expect(reducePing(opened, { type: 'open', row: 1 }).opened).toBeUndefined();
  expect(reducePing(opened, { type: 'clear' }).rows).toEqual([]);
});
