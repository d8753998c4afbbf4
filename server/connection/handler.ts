import type { FrameDump } from '../../src/inspector/frame/frame-dump.ts';
import type { EndpointEvent, MessageEvent } from '../../src/protocol/endpoint/effects.ts';
import type { MessageEncoder } from '../../src/protocol/extensions/extension.ts';
import type { MessageOpcode } from '../../src/protocol/framing/opcode.ts';

/** Handles the events of all connections of one path. */
export interface Handler {
  /**
   * Called for each event of each connection, in order: `open` is the first, `close` the last.
   *
   * A payload is borrowed: it is valid until dispatch returns. Copy the bytes that you keep.
   */
  dispatch(event: HandlerEvent, connection: Connection): void;
}

/** An event on a connection. */
export type HandlerEvent = Exclude<EndpointEvent, MessageEvent> | ReceivedMessage;

/** A complete message has arrived. RFC 6455 §6.2. */
export interface ReceivedMessage extends MessageEvent {
  /** The frames that carried the message, if the path's row in the routes asks for them. */
  readonly frames?: readonly FrameDump[];
}

/** A message to send. RFC 6455 §5.6. */
export interface Message {
  readonly opcode: MessageOpcode;
  /** UTF-8 for a text message. Do not change it afterwards: a long one is sent without a copy. */
  readonly payload: Uint8Array;
}

/** A message for many connections: it is encoded once, not once for each. */
export interface SharedMessage extends Message {
  /** The message as one unmasked frame. */
  readonly frame: Uint8Array<ArrayBuffer>;
  /** The same, as an extension changes it. */
  frameBy(encoder: MessageEncoder): Uint8Array<ArrayBuffer>;
}

/** One connection as a handler sees it, without its socket. */
export interface Connection {
  /** Connections are numbered from 1; a number is unique while the server runs. */
  readonly id: number;
  /** How many bytes wait to be sent, because the peer is slow to read them. */
  readonly bufferedBytes: number;
  /** Sends a message. After the closing handshake has begun, does nothing. RFC 6455 §6.1. */
  send(message: Message | SharedMessage): void;
  /** Starts the closing handshake. RFC 6455 §7.1.2. */
  close(statusCode?: number, reason?: string): void;
  /**
   * Ends the connection without waiting for the peer, so that its memory is freed. The peer gets the close frame if it
   * reads. Logs the reason.
   */
  cutOff(statusCode: number, reason: string): void;
}
