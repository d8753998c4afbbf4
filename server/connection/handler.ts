import type { FrameDump } from '../../src/inspector/frame/frame-dump.ts';
import type { EndpointEvent, MessageEvent } from '../../src/protocol/endpoint/effects.ts';
import type { MessageOpcode } from '../../src/protocol/framing/opcode.ts';

/** What a server does with the connections of one path. */
export interface Handler {
  /**
   * Called for each event of each connection, in order: `open` is the first, `close` the last.
   *
   * A payload is borrowed: it is good until dispatch returns. Copy what is to be kept.
   */
  dispatch(event: HandlerEvent, connection: Connection): void;
}

/** What happens on a connection. */
export type HandlerEvent = Exclude<EndpointEvent, MessageEvent> | ReceivedMessage;

/** A whole message has arrived. RFC 6455 §6.2. */
export interface ReceivedMessage extends MessageEvent {
  /** The frames that carried the message, if the path's row in the routes asks for them. */
  readonly frames?: readonly FrameDump[];
}

/** A message to send. RFC 6455 §5.6. */
export interface Message {
  readonly opcode: MessageOpcode;
  /** UTF-8 for a text message. Not to be written to any more: a long one is sent from where it lies. */
  readonly payload: Uint8Array;
  /** The message as one unmasked frame, where it is encoded already: then these bytes are sent. */
  readonly frame?: Uint8Array<ArrayBuffer>;
}

/** One connection, as a handler sees it: no socket. */
export interface Connection {
  /** Counts up from 1; unique while the server runs. */
  readonly id: number;
  /** How many bytes wait to be sent, because the peer is slow to read them. */
  readonly bufferedBytes: number;
  /** Sends a message; once the closing handshake has begun, does nothing. RFC 6455 §6.1. */
  send(message: Message): void;
  /** Starts the closing handshake. RFC 6455 §7.1.2. */
  close(statusCode?: number, reason?: string): void;
  /**
   * Ends the connection without waiting for the peer, so that the memory it takes is free. The peer gets the close frame if
   * it reads. Logs the reason.
   */
  cutOff(statusCode: number, reason: string): void;
}
