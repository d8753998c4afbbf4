import type { ClientExtensions, ServerExtensions } from '../extensions/negotiation.ts';
import type { ResponseHead } from '../handshake/head/head.ts';
import type { ClientRequest } from '../handshake/request/request.ts';
import type { Limits } from '../limits.ts';
import type { ReceiverOptions } from '../messages/receiver.ts';
import type { Sender } from './sender.ts';

/** Parts of the core that a platform can replace with better ones. */
type PlatformOptions = Pick<ReceiverOptions, 'memory' | 'isUtf8'>;

/** The options of the server's end of a connection. */
export interface ServerOptions extends PlatformOptions {
  readonly role: 'server';
  /** The subprotocols that this server speaks; the client's order decides among them. */
  readonly subprotocols?: readonly string[];
  /** The extensions that this server accepts. RFC 6455 §9.1. Without this option it declines them all. */
  readonly extensions?: ServerExtensions | undefined;
  readonly limits?: Partial<Limits>;
  /** Replaces the core's own function and gives the same result: a platform may have a faster SHA-1. RFC 6455 §4.2.2. */
  readonly computeAccept?: (key: string) => string;
  /** Changes the response that accepts a request, just before it is sent: for a server that breaks rules on purpose. */
  readonly respond?: (right: ResponseHead) => ResponseHead;
  /** One sender for all connections. A server can share it, because a server does not mask. */
  readonly sender?: Sender;
}

/** The options of the client's end of a connection. */
export interface ClientOptions extends PlatformOptions {
  readonly role: 'client';
  readonly request: ClientRequest;
  /**
   * Returns a fresh, unpredictable 32-bit number for every frame. RFC 6455 §5.3. The caller provides the randomness, so
   * that this code runs the same way each time.
   */
  readonly nextMaskingKey: () => number;
  /** The extensions that this client offers. RFC 6455 §9.1. Without this option it offers none. */
  readonly extensions?: ClientExtensions | undefined;
  readonly limits?: Partial<Limits>;
}
