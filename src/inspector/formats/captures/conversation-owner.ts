import type { TrafficEvent } from '../../traffic/traffic.ts';
import type { TlsKeys } from './tls/tls-session.ts';

/** What a conversation needs from whoever reads the capture. */
export interface ConversationOwner {
  emit(event: TrafficEvent): void;
  /** The number of the next WebSocket connection. */
  nextConnection(): number;
  /** Without keys, TLS is not read. */
  readonly keys?: TlsKeys | undefined;
}
