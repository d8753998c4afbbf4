import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BroadcastEvent } from './events.ts';
import {
  type BroadcastState,
  firstMembers,
  initialBroadcast,
  partsOf,
  presentDelivery,
  reduceBroadcast,
  summarizeBroadcast,
} from './model.ts';
import { simulateMessage } from './simulated-broadcast.ts';

const KEY = () => 0x37fa213d;
const START = initialBroadcast(firstMembers(1), []);
const after = (events: readonly BroadcastEvent[], state: BroadcastState = START) =>
  reduceBroadcast(state, { type: 'happened', events });
const hello = simulateMessage('B', 'Hello', firstMembers(1), KEY);

test('a message is one masked frame in and one form of unmasked frames out, to everybody', () => {
  const state = after(hello);
  const [delivery] = state.deliveries;
  expect(delivery).toMatchObject({ sender: 'B', read: '818537fa213d7f9f4d5158', heard: ['A', 'B', 'C'] });
  expect(delivery?.written.map(({ name, hex }) => `${name} ${hex}`)).toEqual(
    ['A', 'B', 'C'].map((name) => `${name} 810548656c6c6f`),
  );
  expect(summarizeBroadcast(state)).toBe(
    'One masked frame in. 3 unmasked frames out, byte for byte the same: encoded once. 3 of 3 members heard it.',
  );
});

test('the tap and the sockets may be told in any order', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(hello.slice(1), { minLength: hello.length - 1 }), (shuffled) => {
      const [said] = hello;
      const state = after([...(said === undefined ? [] : [said]), ...shuffled]);
      expect(state.deliveries).toHaveLength(1);
      expect(summarizeBroadcast(state)).toBe(summarizeBroadcast(after(hello)));
    }),
  );
});

test('the same text twice is two messages, each heard once by each', () => {
  const twice = [...hello.filter(({ type }) => type === 'said'), ...hello.filter(({ type }) => type === 'said')];
  const state = after([...twice, ...hello.slice(1), ...hello.slice(1)]);
  expect(state.deliveries.map(({ heard, written }) => [heard.length, written.length])).toEqual([
    [3, 3],
    [3, 3],
  ]);
});

test('what nobody here has said came from elsewhere', () => {
  const state = after([
    { type: 'out', name: 'A', payload: '6869', hex: '81026869' },
    { type: 'heard', name: 'A', payload: '6869', text: 'hi' },
  ]);
  const [delivery] = state.deliveries;
  if (delivery === undefined) return expect.unreachable();
  const view = presentDelivery(delivery, state.members);
  expect(view).toMatchObject({ title: 'Another tab or program: hi', read: undefined, heard: 'A', missing: ['B', 'C'] });
  expect(summarizeBroadcast(state)).toBe('One unmasked frame out. 1 of 3 members heard it.');
});

test('the example goes when something is said, not when a member comes', () => {
  const example = initialBroadcast(firstMembers(1), hello);
  const joined = after([{ type: 'joined', member: { name: 'D', server: 0 } }], example);
  expect(joined.deliveries).toHaveLength(1);
  expect(joined.members.map(({ name }) => name)).toEqual(['A', 'B', 'C', 'D']);
  const said = after(simulateMessage('A', 'own', joined.members, KEY), joined);
  expect(said.deliveries.map(({ text }) => text)).toEqual(['own']);
  expect(after([{ type: 'left', name: 'B' }], said).members.map(({ name }) => name)).toEqual(['A', 'C', 'D']);
});

test('text that would change the page’s order of reading is shown as an escape, and a long one is cut', () => {
  const state = after(simulateMessage('A', `\u202e${'x'.repeat(300)}`, firstMembers(1), KEY));
  const [delivery] = state.deliveries;
  const title = delivery && presentDelivery(delivery, state.members).title;
  expect(title).toMatch(/^A: \\u\{202e\}x+…/);
  expect(title?.length).toBeLessThan(80);
});

describe('the bytes of a frame', () => {
  test.each([
    ['810548656c6c6f', ['opcode 81', 'payload-length 05', 'payload-data 48 65 6c 6c 6f']],
    ['818537fa213d7f', ['opcode 81', 'payload-length 85', 'masking-key 37 fa 21 3d', 'payload-data 7f']],
    ['8100', ['opcode 81', 'payload-length 00']],
    [`817e00c8${'61'.repeat(200)}`, ['opcode 81', 'payload-length 7e 00 c8', `payload-data ${'61 '.repeat(20)}…`]],
  ])('%.20s', (hex, parts) => {
    expect(partsOf(hex).map((part) => `${part.field} ${part.hex}`)).toEqual(parts);
  });
});
