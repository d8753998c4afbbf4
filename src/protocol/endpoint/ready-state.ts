/** Where a connection stands in its life. RFC 6455 §4.1, §7.1. */
export type ReadyState = 'connecting' | 'open' | 'closing' | 'ending' | 'closed';

/** What moves it on. */
export type Transition = 'handshakeDone' | 'closeSent' | 'closeReceived' | 'failed' | 'tcpClosed';

interface ReadyStateInfo {
  readonly meaning: string;
  readonly next: Readonly<Partial<Record<Transition, ReadyState>>>;
}

/**
 * The whole life of a connection: in each state, what can happen and where it leads. A transition
 * that a state does not name cannot happen there. RFC 6455 §4.1, §7.1.
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
    meaning:
      'The close frame of the peer has arrived, or the connection has failed. Only a close frame can still go out.',
    next: { tcpClosed: 'closed' },
  },
  closed: {
    meaning: 'TCP has ended.',
    next: {},
  },
} as const satisfies Record<ReadyState, ReadyStateInfo>;

/** Where a transition leads; undefined where the state has no such transition. */
export function nextReadyState(from: ReadyState, transition: Transition): ReadyState | undefined {
  const next: ReadyStateInfo['next'] = READY_STATES[from].next;
  return next[transition];
}
