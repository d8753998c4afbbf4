import type { Connection, Message } from '../connection/handler.ts';

/** A receiver of published messages. */
export type Subscriber = Pick<Connection, 'bufferedBytes' | 'send' | 'close' | 'cutOff'>;

/** Delivers messages to the subscribers of a topic, in this process or through a broker. */
export interface PubSub {
  subscribe(topic: string, subscriber: Subscriber): void;
  unsubscribe(topic: string, subscriber: Subscriber): void;
  /** @param message its payload is valid only during the call */
  publish(topic: string, message: Message): void;
}
