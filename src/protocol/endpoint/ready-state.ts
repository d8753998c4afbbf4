/** The state of a connection, from its first byte to the end of TCP. RFC 6455 §4.1, §7.1. */
export type ReadyState = 'connecting' | 'open' | 'closing' | 'ending' | 'closed';

/** An event that changes the ready state. */
export type Transition = 'handshakeDone' | 'closeSent' | 'closeReceived' | 'failed' | 'tcpClosed';

interface ReadyStateInfo {
  readonly meaning: string;
  readonly next: Readonly<Partial<Record<Transition, ReadyState>>>;
}

/**
 * All states of a connection, each with its possible transitions and the states that they lead to. A transition that a
 * state does not list cannot happen in it. RFC 6455 §4.1, §7.1.
 */
export const READY_STATES = {
  connecting: {
    meaning: 'The opening handshake is under way.',
    next: { handshakeDone: 'open', failed: 'ending', tcpClosed: 'closed' },
  },
  open: {
    meaning: 'Messages go both ways.',
    next: { closeSent: 'closing', closeReceived: 'ending', failed: 'ending', tcpClosed: 'closed' },
  },
  closing: {
    meaning: 'This end has sent its close frame and waits for the other.',
    next: { closeReceived: 'ending', failed: 'ending', tcpClosed: 'closed' },
  },
  ending: {
    meaning: 'The peer has sent its close frame, or the connection has failed. Only a close frame can be sent.',
    next: { tcpClosed: 'closed' },
  },
  closed: {
    meaning: 'TCP has ended.',
    next: {},
  },
} as const satisfies Record<ReadyState, ReadyStateInfo>;

/** The state that a transition leads to; undefined if the state has no such transition. */
export function nextReadyState(from: ReadyState, transition: Transition): ReadyState | undefined {
  const next: ReadyStateInfo['next'] = READY_STATES[from].next;
  return next[transition];
}
