import type { BorrowedBytes } from '../../bytes/memory/memory.ts';
import { type MessageOpcode, OPCODE } from '../framing/opcode.ts';
import type { RequestHead, ResponseHead } from '../handshake/head/head.ts';
import type { Refusal } from '../handshake/head/refusal.ts';
import type { AcceptedRequest } from '../handshake/request/check-request.ts';
import type { AssembledMessage } from '../messages/assembler.ts';
import type { Violation } from '../violation.ts';

/** One thing that an endpoint's owner has to do; they come in the order in which to do them. */
export type Effect = WriteEffect | EventEffect | CloseTcpEffect;

/** Send these bytes. Nobody writes to them before they are sent; then say `done` to the sender's memory, if it has one. */
export interface WriteEffect {
  readonly type: 'write';
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Tell the program. */
export interface EventEffect {
  readonly type: 'event';
  readonly event: EndpointEvent;
}

/** End TCP, once everything written before has been sent. RFC 6455 §7.1.1. */
export interface CloseTcpEffect {
  readonly type: 'closeTcp';
}

/** What a program learns of its connection. */
export type EndpointEvent = OpenEvent | MessageEvent | PingEvent | PongEvent | CloseEvent;

/** The opening handshake is done. RFC 6455 §4. */
export interface OpenEvent {
  readonly type: 'open';
  readonly request: RequestHead;
  /** What a server's checks read in the request; undefined for a client. RFC 6455 §4.2.1. */
  readonly accepted: AcceptedRequest | undefined;
  readonly response: ResponseHead;
  /** The one that the server chose, if any. */
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

/** A pong has arrived, asked for or not. RFC 6455 §5.5.3. */
export interface PongEvent {
  readonly type: 'pong';
  readonly payload: BorrowedBytes;
}

/** TCP is gone: the last event of every connection. RFC 6455 §7.1.4 to §7.1.6. */
export interface CloseEvent {
  readonly type: 'close';
  /** The code in the peer's close frame; 1005 where it had none, 1006 where no close frame came. */
  readonly closeCode: number;
  readonly reason: string;
  /** Whether a close frame went each way. */
  readonly clean: boolean;
  /** The rule that the peer broke, where that is what ended the connection. */
  readonly violation: Violation | undefined;
  /** Why the opening handshake did not succeed, where it did not. */
  readonly refusal: Refusal | undefined;
}

/** What a program is told of a message, a ping or a pong. */
export function eventOf({ opcode, payload }: AssembledMessage): MessageEvent | PingEvent | PongEvent {
  if (opcode === OPCODE.ping) return { type: 'ping', payload };
  if (opcode === OPCODE.pong) return { type: 'pong', payload };
  return { type: 'message', opcode: opcode as MessageOpcode, payload };
}
