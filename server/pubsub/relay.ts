import type { Message } from '../connection/handler.ts';

/** Carries published messages to the other servers, and theirs to this one. */
export interface Relay {
  /**
   * Starts to receive what other servers publish on a topic. Never throws, and does not wait.
   *
   * @param onMessage gets each message once; the payload is the receiver's own. Never called for this server's messages
   */
  join(topic: string, onMessage: (message: Message) => void): void;
  /** Stops it. */
  leave(topic: string): void;
  /**
   * Sends a message to the other servers, at most once. If it cannot be sent, it is lost, and the log says so. Never
   * throws, and does not wait.
   *
   * @param message its payload is valid only during the call
   */
  send(topic: string, message: Message): void;
  /** Sends what waits, if that is quick, and ends the connections. */
  close(): Promise<void>;
}
