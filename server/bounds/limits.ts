import { DEFAULT_HEAD_LIMITS, DEFAULT_LIMITS, type Limits } from '../../src/protocol/index.ts';
import { DEFAULT_MAX_MEMORY_BYTES } from './memory-budget.ts';

/** The limits of one server for its peers, and its timeouts. RFC 6455 §10.4. */
export interface ServerLimits extends Limits {
  /** The longest request head, in bytes. */
  readonly maxHeaderBytes: number;
  /** The limit of open WebSocket connections. Further ones get a 503. */
  readonly maxConnections: number;
  /**
   * The limit of bytes that wait for a slow peer to read them. Above it, the server reads nothing more from that peer
   * until they are sent.
   */
  readonly maxUnsentBytes: number;
  /** The same limit for a receiver of a broadcast. Above it, the server closes that receiver with 1008. */
  readonly maxBroadcastUnsentBytes: number;
  /** The limit of memory for all peers together, in bytes. Above it, the peer that uses most is cut off. */
  readonly maxMemoryBytes: number;
  /** The timeout for the head of a request. */
  readonly handshakeTimeoutMs: number;
  /** How long a peer may be silent. After half of it, the server sends a ping. 0 for no limit. */
  readonly idleTimeoutMs: number;
  /** The timeout from the first close frame to the end of TCP. */
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
