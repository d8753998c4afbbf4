import { expect, test } from 'vitest';
import { nextReadyState, READY_STATES, type ReadyState, type Transition } from './ready-state.ts';

const STATES = Object.keys(READY_STATES) as ReadyState[];
const TRANSITIONS: Transition[] = ['handshakeDone', 'closeSent', 'closeReceived', 'failed', 'tcpClosed'];

/** The states that can follow, one step on. */
const following = (state: ReadyState) => Object.values<ReadyState>(READY_STATES[state].next);

test('every transition leads to a state that the table has', () => {
  for (const state of STATES) for (const next of following(state)) expect(STATES).toContain(next);
});

test('every transition of the table is a known one', () => {
  for (const state of STATES) {
    for (const transition of Object.keys(READY_STATES[state].next)) expect(TRANSITIONS).toContain(transition);
  }
});

test('the function uses the table, and allows no transition that a state does not list', () => {
  for (const state of STATES) {
    const named = new Map<string, ReadyState>(Object.entries(READY_STATES[state].next));
    for (const transition of TRANSITIONS) expect(nextReadyState(state, transition)).toBe(named.get(transition));
  }
});

test('closed is reached from every state, because TCP can end at any time', () => {
  for (const state of STATES.filter((each) => each !== 'closed')) {
    expect(nextReadyState(state, 'tcpClosed')).toBe('closed');
  }
});

test('a connection never goes back, and nothing follows closed', () => {
  for (const [place, state] of STATES.entries()) {
    for (const next of following(state)) expect(STATES.indexOf(next)).toBeGreaterThan(place);
  }
  expect(following('closed')).toEqual([]);
});

test('every state is reached from the first', () => {
  const reached = new Set<ReadyState>(['connecting']);
  for (const state of reached) for (const next of following(state)) reached.add(next);
  expect([...reached].sort()).toEqual([...STATES].sort());
});

test('each state has its own sentence', () => {
  const meanings = STATES.map((state) => READY_STATES[state].meaning);
  expect(new Set(meanings).size).toBe(STATES.length);
  for (const meaning of meanings) expect(meaning).toMatch(/^[A-Z].*\.$/);
});
