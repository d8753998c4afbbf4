import type { BorrowedBytes } from '../../bytes/memory/memory.ts';
import type { MessageOpcode } from '../framing/opcode.ts';
import type { RequestHead, ResponseHead } from '../handshake/head/head.ts';
import type { Refusal } from '../handshake/head/refusal.ts';
import type { AcceptedRequest } from '../handshake/request/check-request.ts';
import type { Violation } from '../violation.ts';

/** One thing that an endpoint's owner has to do; they come in the order in which to do them. */
export type Effect = WriteEffect | EventEffect | CloseTcpEffect;

/** Send these bytes. Do not change them until they are sent; then call `done` on the sender's memory, if it has one. */
export interface WriteEffect {
  readonly type: 'write';
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Report this event to the program. */
export interface EventEffect {
  readonly type: 'event';
  readonly event: EndpointEvent;
}

/** End TCP, once everything written before has been sent. RFC 6455 §7.1.1. */
export interface CloseTcpEffect {
  readonly type: 'closeTcp';
}

/** An event that a connection reports to its program. */
export type EndpointEvent = OpenEvent | MessageEvent | PingEvent | PongEvent | CloseEvent;

/** The opening handshake is done. RFC 6455 §4. */
export interface OpenEvent {
  readonly type: 'open';
  readonly request: RequestHead;
  /** The values that a server's checks read from the request; undefined for a client. RFC 6455 §4.2.1. */
  readonly accepted: AcceptedRequest | undefined;
  readonly response: ResponseHead;
  /** The subprotocol that the server chose, if any. */
  readonly subprotocol: string | undefined;
}

/** A whole message has arrived. RFC 6455 §6.2. */
export interface MessageEvent {
  readonly type: 'message';
  readonly opcode: MessageOpcode;
  /** Valid UTF-8 in a text message. */
  readonly payload: BorrowedBytes;
}

/** A ping has arrived; its pong is already written. RFC 6455 §5.5.2. */
export interface PingEvent {
  readonly type: 'ping';
  readonly payload: BorrowedBytes;
}

/** A pong has arrived, as the answer to a ping or unsolicited. RFC 6455 §5.5.3. */
export interface PongEvent {
  readonly type: 'pong';
  readonly payload: BorrowedBytes;
}

/** TCP is gone: the last event of every connection. RFC 6455 §7.1.4 to §7.1.6. */
export interface CloseEvent {
  readonly type: 'close';
  /** The status code in the peer's close frame; 1005 if it had none, 1006 if no close frame arrived. */
  readonly closeCode: number;
  readonly reason: string;
  /** Whether each side has sent a close frame. */
  readonly clean: boolean;
  /** The rule that the peer broke, if that ended the connection. */
  readonly violation: Violation | undefined;
  /** Why the opening handshake failed, if it did. */
  readonly refusal: Refusal | undefined;
}
