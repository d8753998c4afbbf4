import type { Side } from '../../../lab/loopback.ts';
import { nextReadyState, READY_STATES, type ReadyState } from '../../../protocol/endpoint/ready-state.ts';
import type { Moment } from './moment.ts';

/*
 * A moment has two stops: it was sent, and it has arrived. Stop 0 is before the first; stop 2i + 1 is where moment i
 * is on its way, and stop 2i + 2 where it is there. So the two ends can be seen to differ.
 */

/** Where both ends stand; an end that does not know of the connection yet stands nowhere. */
export type Lives = Readonly<Record<Side, ReadyState | undefined>>;

export function lastStop(moments: readonly Moment[]): number {
  return moments.length * 2;
}

/** The moment that a stop belongs to, counted from 0; -1 for the stop before the first. */
export function momentAt(stop: number): number {
  return Math.ceil(stop / 2) - 1;
}

/** The stop at which a moment has arrived. */
export function arrivalOf(moment: number): number {
  return moment * 2 + 2;
}

/** Where both ends stand at a stop. RFC 6455 §4.1, §7.1. */
export function livesAt(moments: readonly Moment[], stop: number): Lives {
  let lives: Lives = { client: undefined, server: undefined };
  for (const [index, { from, onSender, onReceiver }] of moments.entries()) {
    const to = from === 'client' ? 'server' : 'client';
    if (arrivalOf(index) - 1 <= stop) lives = { ...lives, [from]: moveOn(lives[from], onSender) };
    if (arrivalOf(index) <= stop) lives = { ...lives, [to]: moveOn(lives[to], onReceiver) };
  }
  return lives;
}

function moveOn(state: ReadyState | undefined, transition: Moment['onSender']): ReadyState | undefined {
  if (transition === 'begin') return 'connecting';
  if (transition === undefined || state === undefined) return state;
  return nextReadyState(state, transition) ?? state;
}

/** `WebSocket.readyState`, which has four values where the protocol has five states. WHATWG WebSockets. */
const SCRIPT_STATES: Readonly<Record<ReadyState, string>> = {
  connecting: '0, CONNECTING',
  open: '1, OPEN',
  closing: '2, CLOSING',
  ending: '2, CLOSING',
  closed: '3, CLOSED',
};

/** What there is to say of an end's state. */
export interface LifeNote {
  readonly state: string;
  readonly meaning: string;
  /** What JavaScript reads; of the client only. */
  readonly script: string | undefined;
}

export function describeLife(side: Side, state: ReadyState | undefined): LifeNote {
  if (state === undefined) {
    const meaning = side === 'client' ? 'Nobody has asked for a connection.' : 'It knows of no connection.';
    return { state: 'none', meaning, script: undefined };
  }
  const script = side === 'client' ? SCRIPT_STATES[state] : undefined;
  return { state, meaning: READY_STATES[state].meaning, script };
}
