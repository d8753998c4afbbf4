import { DEFAULT_HEAD_LIMITS } from '../../src/protocol/handshake/head/head.ts';
import { DEFAULT_LIMITS, type Limits } from '../../src/protocol/limits.ts';
import { DEFAULT_MAX_MEMORY_BYTES } from './memory-budget.ts';

/** What one server takes from all its peers together, and how long it waits for any of them. RFC 6455 §10.4. */
export interface ServerLimits extends Limits {
  /** The longest request head, in bytes. */
  readonly maxHeaderBytes: number;
  /** The most WebSocket connections at a time; one more is answered with 503. */
  readonly maxConnections: number;
  /**
   * The most bytes of one connection that wait for its peer to read them. Above it nothing more is
   * read from that peer until they are gone.
   */
  readonly maxUnsentBytes: number;
  /** As before, for who gets what others send: above it a broadcast goes on without that receiver. */
  readonly maxBroadcastUnsentBytes: number;
  /** The most bytes that all peers together can make the server keep: above it, the one that takes most is cut off. */
  readonly maxMemoryBytes: number;
  /** How long a request head may take to arrive. */
  readonly handshakeTimeoutMs: number;
  /** How long a peer may say nothing. It is pinged after half of it. 0: as long as it likes. */
  readonly idleTimeoutMs: number;
  /** How long the end may take, from the first close frame to the end of TCP. */
  readonly closingTimeoutMs: number;
}

export const DEFAULT_SERVER_LIMITS: ServerLimits = {
  ...DEFAULT_LIMITS,
  maxHeaderBytes: DEFAULT_HEAD_LIMITS.maxHeadBytes,
  maxConnections: 10_000,
  maxUnsentBytes: 1024 * 1024,
  maxBroadcastUnsentBytes: 4 * 1024 * 1024,
  maxMemoryBytes: DEFAULT_MAX_MEMORY_BYTES,
  handshakeTimeoutMs: 10_000,
  idleTimeoutMs: 60_000,
  closingTimeoutMs: 5_000,
};
