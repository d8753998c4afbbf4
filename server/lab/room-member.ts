import type { Connection, Message, SharedMessage } from '../connection/handler.ts';
import type { Subscriber } from '../pubsub/pubsub.ts';

/** A connection in a room. It remembers why the server closed it. */
export class RoomMember implements Subscriber {
  readonly name: string;
  /** Why the server closed it, if it did. */
  closed: { readonly statusCode: number | undefined; readonly reason: string } | undefined;
  readonly #connection: Connection;

  constructor(name: string, connection: Connection) {
    this.name = name;
    this.#connection = connection;
  }

  get bufferedBytes(): number {
    return this.#connection.bufferedBytes;
  }

  send(message: Message | SharedMessage): void {
    this.#connection.send(message);
  }

  close(statusCode?: number, reason = ''): void {
    this.closed = { statusCode, reason };
    this.#connection.close(statusCode, reason);
  }

  cutOff(statusCode: number, reason: string): void {
    this.closed = { statusCode, reason };
    this.#connection.cutOff(statusCode, reason);
  }
}
