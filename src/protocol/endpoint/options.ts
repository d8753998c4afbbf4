import type { ResponseHead } from '../handshake/head/head.ts';
import type { ClientRequest } from '../handshake/request/request.ts';
import type { Limits } from '../limits.ts';
import type { ReceiverOptions } from '../messages/receiver.ts';
import type { Sender } from './sender.ts';

/** What a platform may do better than the core does by itself. */
type PlatformOptions = Pick<ReceiverOptions, 'memory' | 'isUtf8'>;

/** What the server's end of a connection needs to know. */
export interface ServerOptions extends PlatformOptions {
  readonly role: 'server';
  /** The subprotocols that this server speaks; the client's order decides among them. */
  readonly subprotocols?: readonly string[];
  readonly limits?: Partial<Limits>;
  /** In place of the core's own, and to the same result: a platform may have a SHA-1 that is faster. RFC 6455 §4.2.2. */
  readonly computeAccept?: (key: string) => string;
  /** Changes the response that accepts a request, just before it is sent: for a server that breaks rules on purpose. */
  readonly respond?: (right: ResponseHead) => ResponseHead;
  /** One that all connections share, which a server's can: it masks nothing. */
  readonly sender?: Sender;
}

/** What the client's end of a connection needs to know. */
export interface ClientOptions extends PlatformOptions {
  readonly role: 'client';
  readonly request: ClientRequest;
  /**
   * A fresh, unpredictable 32-bit number for every frame. RFC 6455 §5.3: randomness is the
   * caller's, so that this code runs the same way each time.
   */
  readonly nextMaskingKey: () => number;
  readonly limits?: Partial<Limits>;
}
