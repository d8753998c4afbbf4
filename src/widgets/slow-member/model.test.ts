import { expect, test } from 'vitest';
import { LAB_MEMBER, MAX_ROOM_UNSENT_BYTES, parseRoomState, type RoomState } from '../../companion/lab/members.ts';
import {
  INITIAL_SLOW,
  isSlowClosed,
  MAX_MESSAGES,
  MESSAGE_BYTES,
  reduceSlow,
  type SlowState,
  summarizeSlow,
} from './model.ts';
import { SimulatedRoom, SYSTEM_BYTES } from './simulated-room.ts';

function send(state: SlowState, room: SimulatedRoom, count: number): SlowState {
  let now = state;
  for (let i = 0; i < count; i++) {
    room.send(MESSAGE_BYTES);
    for (const action of [{ type: 'sent' }, { type: 'received' }, { type: 'room', room: room.state }] as const)
      now = reduceSlow(now, action);
  }
  return now;
}

test('while all read, nothing waits and nobody is closed', () => {
  const state = send(INITIAL_SLOW, new SimulatedRoom(), MAX_MESSAGES);
  expect(isSlowClosed(state)).toBe(false);
  expect(summarizeSlow(state)).toBe('Everybody reads, nothing waits. B has received 400 messages of 400.');
});

test('the system keeps the first bytes of one that has stopped, then the server does, and then it closes with 1008', () => {
  const room = new SimulatedRoom();
  room.stopReading();
  const stopped = reduceSlow(INITIAL_SLOW, { type: 'reading', stopped: true });
  const before = Math.floor(SYSTEM_BYTES / MESSAGE_BYTES);
  const quiet = send(stopped, room, before);
  expect(summarizeSlow(quiet)).toContain('nothing waits in the server yet: the system keeps the bytes of C');
  const growing = send(quiet, room, 4);
  expect(growing.members.find(({ name }) => name === 'C')?.unsentBytes).toBeGreaterThan(0);
  expect(summarizeSlow(growing)).toMatch(/^The system takes no more for C: [\d,]+ bytes wait in the server/);
  const closed = send(growing, room, MAX_MESSAGES - before - 4);
  expect(isSlowClosed(closed)).toBe(true);
  expect(closed.mostUnsent).toBeGreaterThan(MAX_ROOM_UNSENT_BYTES);
  expect(closed.mostUnsent).toBeLessThanOrEqual(MAX_ROOM_UNSENT_BYTES + MESSAGE_BYTES);
  expect(summarizeSlow(closed)).toContain('closed C with 1008: more than 524288 bytes are unread');
  expect(summarizeSlow(closed)).toContain('B has received 400 messages of 400.');
});

test('one that reads again in time goes on', () => {
  const room = new SimulatedRoom();
  room.stopReading();
  const waiting = send(INITIAL_SLOW, room, Math.ceil(SYSTEM_BYTES / MESSAGE_BYTES) + 2);
  room.read();
  const state = send(waiting, room, 10);
  expect(state.members.find(({ name }) => name === 'C')).toMatchObject({ unsentBytes: 0, closed: undefined });
});

test('the companion’s own member is C, and stays in the list when it is gone', () => {
  const room = (...members: RoomState['members']): RoomState => ({ type: 'members', maxUnsentBytes: 10, members });
  const closed = { statusCode: 1008, reason: 'more than 10 bytes are unread' };
  const first = reduceSlow(INITIAL_SLOW, {
    type: 'room',
    room: room({ name: 'A', unsentBytes: 0 }, { name: LAB_MEMBER, unsentBytes: 20, closed }),
  });
  expect(first.members.at(-1)).toEqual({
    name: 'C',
    unsentBytes: 20,
    closed: '1008: more than 10 bytes are unread',
    gone: false,
  });
  const gone = reduceSlow(first, { type: 'room', room: room({ name: 'A', unsentBytes: 0 }) });
  expect(gone.members.at(-1)).toMatchObject({ unsentBytes: 0, gone: true });
  expect(summarizeSlow(gone)).toContain('its memory is free');
  expect(reduceSlow(gone, { type: 'begin' })).toEqual(INITIAL_SLOW);
});

test.each(['', '[]', 'null', '{}', '{"type":"members"}', '{"type":"members","maxUnsentBytes":1,"members":[1]}'])(
  'a message that says nothing of a room is ignored: %s',
  (text) => {
    expect(parseRoomState(text)).toBeUndefined();
  },
);
